import type { Architecture } from '../../src/domain/architecture';
import { placeCount, planNodes, tapCount } from '../../workers/engines/simd/nodes';

/** Multiplications and additions of an image's matrix products: forward, and in a step of training. */
export function countFlops(architecture: Architecture): { readonly forward: number; readonly step: number } {
  let forward = 0;
  let step = 0;
  for (const [index, node] of planNodes(architecture).entries()) {
    if (node.kind !== 'product') continue;
    const flops = 2 * placeCount(node.geometry) * tapCount(node.geometry) * node.geometry.outputs;
    forward += flops;
    // The first layer has no input whose gradient anybody needs.
    step += index === 1 ? 2 * flops : 3 * flops;
  }
  return { forward, step };
}
