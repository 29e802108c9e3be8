import { formatMegabytes } from '../components/format';
import { asIs } from '../i18n/as-is';
import type { StatusService } from '../services/status-service';

/** One thing that this device has or lacks, and what follows from it. */
export interface ReadinessCheck {
  readonly name: string;
  readonly works: boolean;
  readonly consequence: string;
}

/** What works here, and what it costs where it does not. */
export function checkReadiness({ status, graphics, wasmSimd }: StatusService): readonly ReadinessCheck[] {
  const { isOfflineReady, isPersisted, usedBytes, missingHeaders } = status.value;
  // Where a window may not keep data there is no container at all.
  const hasWorker = Boolean(navigator.serviceWorker?.controller);
  return [
    {
      name: 'Works offline',
      works: isOfflineReady,
      consequence: isOfflineReady
        ? 'The whole app is kept on this device.'
        : 'Not all of it is kept yet: see Offline, below, which fetches the rest.',
    },
    {
      name: 'Service worker',
      works: hasWorker,
      consequence: hasWorker
        ? 'It keeps Inkling’s files, each checked against the hash that it was built with.'
        : // As long as what follows it in a moment: nothing below it moves.
          'None answers yet: reload once. It needs https, and a window that may keep data.',
    },
    {
      name: 'Headers',
      works: missingHeaders?.length === 0,
      consequence: wordHeaders(missingHeaders),
    },
    {
      name: 'Data is kept',
      works: isPersisted,
      consequence: `${formatMegabytes(usedBytes ?? 0)} are used. ${
        isPersisted ? 'The browser promised to keep it.' : 'The browser may clear it when space runs short.'
      }`,
    },
    {
      name: 'Graphics device for training',
      works: graphics !== undefined && !graphics.isSoftware,
      consequence: wordGraphics(graphics),
    },
    {
      name: 'Fast kernels',
      works: wasmSimd !== 'none',
      consequence: SIMD_WORDS[wasmSimd],
    },
    {
      name: 'Threads',
      works: crossOriginIsolated,
      consequence: crossOriginIsolated
        ? `Training uses up to ${navigator.hardwareConcurrency} threads at once.`
        : `The page is not isolated, so threads may not share memory: training uses one. ${wordIsolation()}`,
    },
  ];
}

const SIMD_WORDS: Readonly<Record<StatusService['wasmSimd'], string>> = {
  relaxed:
    'WebAssembly has SIMD with fused multiply-add: training runs at full speed without a graphics device.',
  plain: 'WebAssembly has SIMD without fused multiply-add: training runs at about half speed.',
  none: 'This browser has no WebAssembly SIMD. Training is slow without a graphics device.',
};

function wordHeaders(missing: readonly string[] | undefined): string {
  if (!missing) return 'Nobody answered when they were asked for.';
  if (missing.length === 0) {
    return 'The security policy is in force: code and data come from Inkling’s own place alone.';
  }
  return `${missing.join(', ')}: the host does not set them. Reload once, and the service worker adds them; whoever runs the host finds them in docs/deploy.`;
}

function wordIsolation(): string {
  if (!isSecureContext) return 'It needs an address that begins with https.';
  return 'Reload once; if that changes nothing, the host or the browser forbids it.';
}

function wordGraphics(graphics: StatusService['graphics']): string {
  if (!graphics) return 'There is no WebGL. Training runs on the processor.';
  const { isSoftware } = graphics;
  const name = asIs(graphics.name);
  if (isSoftware) return `WebGL is computed in software (${name}). Training runs on the processor.`;
  return `WebGL runs on ${name}.`;
}
