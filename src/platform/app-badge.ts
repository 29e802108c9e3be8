/** Puts a number on the icon of the installed app; without one, takes it away. */
export function showBadge(count: number | undefined): void {
  if (!('setAppBadge' in navigator)) return;
  const showing = count === undefined ? navigator.clearAppBadge() : navigator.setAppBadge(count);
  // Refused where the app is not installed or its badge is turned off: nobody misses it.
  showing.catch(() => undefined);
}
