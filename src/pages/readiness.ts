import { formatMegabytes } from '../components/format';
import type { AppStatus } from '../services/status-service';

/** One thing that this device has or lacks, and what follows from it. */
export interface ReadinessCheck {
  readonly name: string;
  readonly works: boolean;
  readonly consequence: string;
}

/** What works here, and what it costs where it does not. */
export async function checkReadiness(status: AppStatus): Promise<readonly ReadinessCheck[]> {
  const graphics = describeGraphics();
  return [
    {
      name: 'Works offline',
      works: status.isOfflineReady,
      consequence: status.isOfflineReady
        ? 'The whole app is kept on this device.'
        : 'The app is not kept yet. It needs the network at its next start.',
    },
    {
      name: 'Data is kept',
      works: status.isPersisted,
      consequence: `${formatMegabytes(status.usedBytes ?? 0)} are used. ${
        status.isPersisted
          ? 'The browser promised to keep it.'
          : 'The browser may clear it when space runs short.'
      }`,
    },
    {
      name: 'Graphics device for training',
      works: graphics !== undefined && !isSoftware(graphics),
      consequence: wordGraphics(graphics),
    },
    {
      name: 'Threads',
      works: crossOriginIsolated,
      consequence: crossOriginIsolated
        ? 'The page is isolated, so workers may share memory.'
        : 'The host sends no isolation headers. Everything works; sharing memory between threads does not.',
    },
  ];
}

function wordGraphics(graphics: string | undefined): string {
  if (graphics === undefined) return 'There is no WebGL. Training runs on the CPU, slowly.';
  if (isSoftware(graphics)) return 'WebGL is computed in software here. Training works, slowly.';
  return `WebGL runs on ${graphics}.`;
}

function isSoftware(graphics: string): boolean {
  return /swiftshader|llvmpipe|software|basic render/i.test(graphics);
}

/** What WebGL runs on, in the browser's words; undefined where there is none. Asked for once. */
function describeGraphics(): string | undefined {
  graphicsName ??= { name: askForGraphics() };
  return graphicsName.name;
}

let graphicsName: { readonly name: string | undefined } | undefined;

function askForGraphics(): string | undefined {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return undefined;
  // Plain RENDERER is the browser's own name for it, the same everywhere.
  const details = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(context.getParameter(details?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  // A context that nobody uses still counts against the browser's limit.
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return name;
}
