import { concatenateBytes } from '../../src/domain/bytes';
import type { RunId } from '../../src/domain/ids';
import type { OptimizerState } from '../../src/domain/optimizer';
import type { Weights } from '../../src/domain/weights';
import { sha256 } from '../../src/platform/sha256';
import type { Checkpoint, CheckpointRepository } from '../../src/storage/checkpoint-repository';

/** The large half of a checkpoint. */
interface NetworkState {
  readonly weights: Weights;
  readonly optimizer: OptimizerState;
  readonly best?: { readonly weights: Weights };
}

/** Where a run goes on: nowhere yet, or at the newest of its checkpoints that is whole. */
export interface Standing {
  readonly checkpoint?: Checkpoint;
  /** The newest was damaged, or is missing: what came after the one before it is trained again. */
  readonly isNewestDamaged: boolean;
}

/** SHA-256 over all numbers of a network and its optimizer, and over their names. */
export function hashState({ weights, optimizer, best }: NetworkState): Promise<string> {
  const { firstMoments, secondMoments } = optimizer;
  const parts = [weights, firstMoments, secondMoments, ...(best ? [best.weights] : [])].map((part) =>
    Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  const names = parts.map((entries) => entries.map(([name, { length }]) => [name, length]));
  const header = new TextEncoder().encode(JSON.stringify([optimizer.steps, names]));
  const bytes = parts
    .flat()
    .map(([, array]) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return sha256(concatenateBytes(header, ...bytes));
}

/** Reads where a run stands. A checkpoint whose numbers are not those that were saved is passed over. */
export async function findStanding(runId: RunId, repository: CheckpointRepository): Promise<Standing> {
  const { head, checkpoints } = await repository.load(runId);
  for (const checkpoint of checkpoints) {
    if (!(await isWhole(checkpoint))) continue;
    return { checkpoint, isNewestDamaged: checkpoint.serial !== head?.serial };
  }
  return { isNewestDamaged: head !== undefined };
}

/** One without a hash is from before there were any: it is trusted, and the next that is saved has one. */
async function isWhole(checkpoint: Checkpoint): Promise<boolean> {
  return checkpoint.sha256 === undefined || checkpoint.sha256 === (await hashState(checkpoint));
}
