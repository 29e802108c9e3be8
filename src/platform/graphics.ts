/** What WebGL runs on. */
export interface Graphics {
  /** In the browser's words. */
  readonly name: string;
  /** It is computed on the processor: everything works, slowly. */
  readonly isSoftware: boolean;
}

let answer: { readonly graphics: Graphics | undefined } | undefined;

/** What WebGL runs on, on a page and in a worker; undefined where there is none. Asked for once. */
export function describeGraphics(): Graphics | undefined {
  answer ??= { graphics: askForGraphics() };
  return answer.graphics;
}

function askForGraphics(): Graphics | undefined {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return undefined;
  // Plain RENDERER is the browser's own name for it, the same everywhere.
  const details = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(context.getParameter(details?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  // A context that nobody uses still counts against the browser's limit.
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return { name, isSoftware: /swiftshader|llvmpipe|software|basic render/i.test(name) };
}
