/** Says that this visit has been reloaded once for isolation: a host that forbids it is not asked again. */
const TRIED_KEY = 'inkling-isolation-tried';

/**
 * True where reloading may isolate the page, which threads need: the host set no headers, the service worker
 * does, and it has not been tried in this visit.
 */
export function mayBecomeIsolated(): boolean {
  return isSecureContext && !crossOriginIsolated && sessionStorage.getItem(TRIED_KEY) === null;
}

/** Reloads the page once, through the service worker, which adds the headers. */
export function reloadForIsolation(): void {
  sessionStorage.setItem(TRIED_KEY, '1');
  location.reload();
}

/** True once a person has clicked, tapped or typed on this page: from then on it is not reloaded unasked. */
export function wasTouched(): boolean {
  return navigator.userActivation?.hasBeenActive ?? true;
}
