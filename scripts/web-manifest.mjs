/** What tells the system how the installed app looks and what it opens. Every address is relative to it. */

const icon = (src, sizes, type, purpose) => ({ src: `icons/${src}`, sizes, type, purpose });
const shortcut = (name, description, route) => ({
  name,
  description,
  url: `./#/${route}`,
  icons: [icon('icon-192.png', '192x192', 'image/png', 'any')],
});
const screenshot = (name, sizes, form_factor, label) => ({
  src: `screenshots/${name}.png`,
  sizes,
  type: 'image/png',
  form_factor,
  label,
});

/** What can be shared with the app, or opened with it. The page asks before it does anything with them. */
const OPENED = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
  'application/zip': ['.zip'],
  'application/octet-stream': ['.safetensors'],
  'text/csv': ['.csv'],
};

/** The web app manifest. */
export const WEB_MANIFEST = {
  id: './',
  name: 'Inkling',
  short_name: 'Inkling',
  description: 'The whole life of a machine-learning model, on handwritten digits, on your own device.',
  lang: 'en',
  dir: 'ltr',
  start_url: './',
  scope: './',
  display: 'standalone',
  display_override: ['standalone', 'minimal-ui'],
  background_color: '#F2F4F3',
  theme_color: '#161F38',
  categories: ['education', 'developer'],
  prefer_related_applications: false,
  // A second start would be a second trainer.
  launch_handler: { client_mode: 'focus-existing' },
  icons: [
    icon('icon-192.png', '192x192', 'image/png', 'any'),
    icon('icon-512.png', '512x512', 'image/png', 'any'),
    icon('icon-maskable-192.png', '192x192', 'image/png', 'maskable'),
    icon('icon-maskable-512.png', '512x512', 'image/png', 'maskable'),
    icon('icon-monochrome-512.png', '512x512', 'image/png', 'monochrome'),
    icon('icon.svg', 'any', 'image/svg+xml', 'any'),
    icon('icon-monochrome.svg', 'any', 'image/svg+xml', 'monochrome'),
  ],
  screenshots: [
    screenshot('draw-wide', '1280x800', 'wide', 'A drawn 4, and how sure the network is of each digit'),
    screenshot('train-wide', '1280x800', 'wide', 'Setting up a training'),
    screenshot('draw-narrow', '390x844', 'narrow', 'A drawn 4 on a phone'),
    screenshot('about-narrow', '390x844', 'narrow', 'What works on this device'),
  ],
  shortcuts: [
    shortcut('Draw', 'Write a digit and have it read', 'draw'),
    shortcut('Data', 'Bring digits in', 'data'),
    shortcut('Train', 'Train a network of your own', 'train'),
    shortcut('Models', 'Choose the model that answers', 'models'),
  ],
  share_target: {
    action: './share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: {
      files: [{ name: 'files', accept: [...Object.keys(OPENED), ...Object.values(OPENED).flat()] }],
    },
  },
  file_handlers: [{ action: './', accept: OPENED, launch_type: 'single-client' }],
};
