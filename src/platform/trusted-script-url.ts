/**
 * The app's one Trusted Types policy: script URLs of the app's own origin pass, all else throws. It is
 * needed wherever a URL becomes code: workers and the service worker.
 */
const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypePolicyFactory };
const policy = trustedTypes?.createPolicy('inkling', { createScriptURL: requireOwnOrigin });

function requireOwnOrigin(url: string): string {
  const absolute = new URL(url, location.href);
  if (absolute.origin === location.origin) return absolute.href;
  throw new TypeError(`Code is loaded from ${location.origin} alone, not from ${absolute.origin}.`);
}

/**
 * Vouches for a script URL of the app's own origin; throws a TypeError for any other. What it returns
 * passes for a string, because the platform's types do not name trusted URLs everywhere.
 */
export function trustedScriptUrl(url: string): string {
  return (policy ? policy.createScriptURL(url) : requireOwnOrigin(url)) as unknown as string;
}
