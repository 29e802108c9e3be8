/**
 * The headers that every answer of a deployed Inkling should carry. One list, three users: the preview
 * server, the service worker (for hosts that cannot set headers), and the build's `_headers` file.
 */

/** SHA-256 of the empty string: the style element that Plotly fills through the CSSOM. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
/** SHA-256 of the style attribute with which Plotly tests how images are rendered. */
const PLOTLY_PROBE_STYLE = "'sha256-AR/cKIZjWPcPmBUPDA6oti9XBiTbJvz0Cro2J1VzzS8='";

/**
 * The one other host that load tests of this build may ask, such as http://127.0.0.1:5000: opened by whoever
 * builds with INKLING_STRESS_HOST, closed otherwise. Throws for what is not an address.
 */
export const STRESS_HOST = process.env.INKLING_STRESS_HOST
  ? new URL(process.env.INKLING_STRESS_HOST).origin
  : '';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  `connect-src 'self' ${STRESS_HOST}`.trim(),
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "manifest-src 'self'",
  `style-src 'self' ${EMPTY_STYLE}`,
  `style-src-attr 'unsafe-hashes' ${PLOTLY_PROBE_STYLE} ${EMPTY_STYLE}`,
  "object-src 'none'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types inkling lit-html',
].join('; ');

/** They make the page cross-origin isolated, which threads in WebAssembly need. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Nothing of these is used, so nobody can, whatever gets into the page. */
const DENIED_FEATURES = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

/** What is used, by the app itself and by nobody in it. */
const OWN_FEATURES = ['clipboard-write', 'cross-origin-isolated', 'screen-wake-lock'];

const PERMISSIONS_POLICY = [
  ...DENIED_FEATURES.map((feature) => `${feature}=()`),
  ...OWN_FEATURES.map((feature) => `${feature}=(self)`),
].join(', ');

/** All of them. */
export const SECURITY_HEADERS = {
  ...ISOLATION_HEADERS,
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Permissions-Policy': PERMISSIONS_POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
