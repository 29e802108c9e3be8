/** The part of Plotly that is used; its cartesian bundle comes without types. */
declare module 'plotly.js-cartesian-dist-min' {
  export interface PlotlyPointEvent {
    readonly points: readonly { readonly customdata?: number }[];
  }
  export interface PlotlyHTMLElement extends HTMLElement {
    on(event: string, handler: (event: PlotlyPointEvent) => void): void;
  }
  export function newPlot(
    root: HTMLElement,
    data: readonly object[],
    layout: object,
    config: object,
  ): Promise<PlotlyHTMLElement>;
  export function react(
    root: HTMLElement,
    data: readonly object[],
    layout: object,
    config: object,
  ): Promise<PlotlyHTMLElement>;
  export function purge(root: HTMLElement): void;
  const Plotly: { newPlot: typeof newPlot; react: typeof react; purge: typeof purge };
  export default Plotly;
}
