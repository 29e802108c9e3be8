/** What every answer of a host of Inkling should carry; what is missing, the service worker adds. */
const EXPECTED = [
  'Content-Security-Policy',
  'Cross-Origin-Embedder-Policy',
  'Cross-Origin-Opener-Policy',
  'Permissions-Policy',
  'X-Content-Type-Options',
];

/** The headers that the app's page lacks as it would be loaded now; undefined where nobody answers. */
export async function findMissingHeaders(): Promise<readonly string[] | undefined> {
  try {
    const { headers } = await fetch(new URL('.', document.baseURI), { cache: 'no-cache' });
    return EXPECTED.filter((name) => !headers.has(name));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
