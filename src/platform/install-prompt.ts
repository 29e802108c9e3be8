/** Chromium's offer to install the app; other browsers have a menu for it. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/** How this browser installs an app. */
export type InstallWay = 'ios' | 'mac-safari' | 'android-firefox' | 'firefox' | 'menu';

/** Tells when the browser offers to install the app, and when it has. It has to listen from the start. */
export function watchInstallPrompt(
  onOffer: (install: () => Promise<boolean>) => void,
  onInstalled: () => void,
): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    // Otherwise some browsers show a bar of their own, over the pad.
    event.preventDefault();
    onOffer(async () => (await (event as InstallPromptEvent).prompt()).outcome === 'accepted');
  });
  window.addEventListener('appinstalled', onInstalled);
}

/** True where the app runs in a window of its own. */
export function isInOwnWindow(): boolean {
  return matchMedia('(display-mode: standalone), (display-mode: window-controls-overlay)').matches;
}

/** Which menu to look into, where the browser offers nothing by itself. */
export function installWay({ userAgent, maxTouchPoints } = navigator): InstallWay {
  const isApple = /iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
  if (isApple) return 'ios';
  if (/Firefox\//.test(userAgent)) return /Android/.test(userAgent) ? 'android-firefox' : 'firefox';
  if (/Safari\//.test(userAgent) && !/Chrom|Edg/.test(userAgent)) return 'mac-safari';
  return 'menu';
}
