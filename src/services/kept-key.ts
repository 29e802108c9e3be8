/** The key in localStorage of the mark that something of one's own is kept on this device. */
export const KEPT_KEY = 'inkling-kept';
