/** What of a request tells who asks. */
export type Asking = Pick<Request, 'mode' | 'destination' | 'referrer'> & {
  readonly headers: Pick<Headers, 'get'>;
};

/**
 * Whether a request to the API comes from another site than `own`, an origin, or is a visit. A form of another site can
 * make the browser navigate here; its scripts cannot ask at all, unless a browser has a fault.
 */
export function isForeign({ mode, destination, referrer, headers }: Asking, own: string): boolean {
  if (mode === 'navigate' || destination !== '') return true;
  if ((headers.get('origin') ?? own) !== own) return true;
  return referrer.startsWith('http') && new URL(referrer).origin !== own;
}
