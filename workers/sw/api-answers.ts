/** An answer of the service worker itself: why a request was not sent on, or came to nothing. */
export function refuse(status: number, error: string, code: string): Response {
  const headers: Record<string, string> = { 'Cache-Control': 'no-store' };
  if (status === 503) headers['Retry-After'] = '2';
  return Response.json({ error, code }, { status, headers });
}
