declare const __SECURITY_HEADERS__: Readonly<Record<string, string>>;

/**
 * A copy of a response with the headers that isolate and lock down the app: hosts that only serve
 * files, such as GitHub Pages, cannot set them.
 */
export function withSecurityHeaders(response: Response): Response {
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(__SECURITY_HEADERS__)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
