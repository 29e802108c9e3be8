/** Plotly, as a file of its own: whoever can do without it loads nothing for its sake, not even how it is unwrapped. */
export { default } from 'plotly.js-cartesian-dist-min';
