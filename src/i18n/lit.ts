/** Lit, with templates that speak the chosen language: pages and components take it from here. */
export * from 'lit';
export { html } from './html';
export { svg } from './svg';
