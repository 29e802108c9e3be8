import { formatMegabytes } from '../components/format';
import type { StatusService } from '../services/status-service';

/** One thing that this device has or lacks, and what follows from it. */
export interface ReadinessCheck {
  readonly name: string;
  readonly works: boolean;
  readonly consequence: string;
}

/** What works here, and what it costs where it does not. */
export function checkReadiness({ status, graphics, wasmSimd }: StatusService): readonly ReadinessCheck[] {
  const { isOfflineReady, isPersisted, usedBytes } = status.value;
  return [
    {
      name: 'Works offline',
      works: isOfflineReady,
      consequence: isOfflineReady
        ? 'The whole app is kept on this device.'
        : 'The app is not kept yet. It needs the network at its next start.',
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
        : 'The page is not isolated, so threads may not share memory: training uses one.',
    },
  ];
}

const SIMD_WORDS: Readonly<Record<StatusService['wasmSimd'], string>> = {
  relaxed:
    'WebAssembly has SIMD with fused multiply-add: training runs at full speed without a graphics device.',
  plain: 'WebAssembly has SIMD without fused multiply-add: training runs at about half speed.',
  none: 'This browser has no WebAssembly SIMD. Training is slow without a graphics device.',
};

function wordGraphics(graphics: StatusService['graphics']): string {
  if (!graphics) return 'There is no WebGL. Training runs on the processor.';
  const { name, isSoftware } = graphics;
  if (isSoftware) return `WebGL is computed in software (${name}). Training runs on the processor.`;
  return `WebGL runs on ${name}.`;
}
