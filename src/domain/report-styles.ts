/** How a report looks: on screen by day and by night, and on paper. It brings all of it along. */
export const REPORT_STYLES = `
:root { color-scheme: light dark; --paper: #fdfefd; --ink: #161f38; --ink-2: #434e66; --rule: #cdd5d7;
  --c1: #2a3887; --c2: #8a2003; --hit: #e3e9f6; --miss: #fae8e7; --red: #ae2530; }
@media (prefers-color-scheme: dark) { :root { --paper: #1a2124; --ink: #edf0eb; --ink-2: #bcc5c6;
  --rule: #333d42; --c1: #5c86ea; --c2: #f7866a; --hit: #1e2c48; --miss: #3b2121; --red: #ff9a90; } img { filter: none !important; } }
* { box-sizing: border-box; }
body { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; background: var(--paper);
  color: var(--ink); font: 14px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums lining-nums; }
h1, h2, .figure { font-family: "Century Schoolbook", Charter, "Noto Serif", Georgia, serif; font-weight: 400; }
h1 { margin: 0; font-size: 32px; }
h2 { margin: 40px 0 8px; font-size: 19px; }
p { margin: 0 0 8px; color: var(--ink-2); overflow-wrap: anywhere; }
dl { display: flex; flex-wrap: wrap; gap: 12px 40px; margin: 24px 0 0; }
dt { color: var(--ink-2); font-size: 13px; }
dd { margin: 0; }
.figure { font-size: 32px; line-height: 1.2; }
.charts, .digits { display: grid; gap: 24px; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); }
.digits { grid-template-columns: repeat(auto-fill, minmax(80px, 1fr)); gap: 12px; }
figure { margin: 0; }
figcaption { color: var(--ink-2); font-size: 12px; }
.wrong { color: var(--red); }
svg { width: 100%; }
svg text { fill: var(--ink-2); font-size: 12px; }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
.grid { stroke: var(--rule); }
.training, .validation { fill: none; stroke: var(--c1); stroke-width: 2; }
.validation { stroke: var(--c2); stroke-dasharray: 7 5; }
.mark { fill: var(--c2); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: 5px 16px 5px 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { min-width: 9em; }
.numbers th, .numbers td { padding: 5px 10px; text-align: right; min-width: 0; white-space: nowrap; overflow-wrap: normal; }
.right { background: var(--hit); }
.mistake { background: var(--miss); }
img { width: 100%; max-width: 84px; image-rendering: pixelated; filter: invert(1); border: 1px solid #323a3d; }
@media print { body { padding: 0; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
`;
