import { LOAD_LIMITS, plannedStages, type LoadStage } from '../domain/load-shape';

/** A corner of the line of a load: where a stage's ramp ends, or where the stage does. */
export type HandleKind = 'ramp' | 'end';

/**
 * The stages after a corner was moved: the end of a ramp decides how many are started a second, the end of a
 * stage how long it is; both how many users it has. Stages that follow keep their lengths.
 */
export function moveHandle(
  stages: readonly LoadStage[],
  at: number,
  kind: HandleKind,
  to: { readonly seconds: number; readonly users: number },
): readonly LoadStage[] {
  const { from } = plannedStages(stages)[at]!;
  const stage = stages[at]!;
  const users = clamp(Math.round(to.users), 0, LOAD_LIMITS.users);
  if (kind === 'ramp') {
    const ramp = clamp(to.seconds - from.seconds, 0.1, stage.duration - from.seconds);
    const spawnRate = clamp(roundRate(Math.abs(users - from.users) / ramp), 0.01, LOAD_LIMITS.spawnRate);
    return stages.map((one, index) => (index === at ? { ...one, users, spawnRate } : one));
  }
  const duration = clamp(Math.round(to.seconds), Math.floor(from.seconds) + 1, LOAD_LIMITS.duration);
  const shift = duration - stage.duration;
  return stages.map((one, index) => {
    if (index < at) return one;
    return index === at ? { ...one, users, duration } : { ...one, duration: one.duration + shift };
  });
}

function roundRate(rate: number): number {
  return Number(rate.toPrecision(2));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
