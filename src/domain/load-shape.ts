/** How many users there are at what time: stages, as Locust's load shapes have them. */

/** A stage of a load: it goes towards its number of users, and then stays there until its end. */
export interface LoadStage {
  /** When it ends, in seconds since the test began. */
  readonly duration: number;
  readonly users: number;
  /** Users that are started (or stopped) a second. */
  readonly spawnRate: number;
}

/** Names of the shapes that are ready to use. */
export type ShapeName = 'steps' | 'spike' | 'double-wave' | 'ramp-down';

/** The most that a field takes. */
export const LOAD_LIMITS = { users: 10_000, spawnRate: 100_000, duration: 86_400, stages: 30 } as const;

/** A load of a single stage: the form with users, ramp up and run time. */
export function singleStage(users: number, spawnRate: number, runTime: number): readonly LoadStage[] {
  return [{ duration: runTime, users, spawnRate }];
}

/** A ready shape for this many users at its highest, of this many seconds: four at least. */
export function readyShape(name: ShapeName, users: number, seconds: number): readonly LoadStage[] {
  let before = 0;
  return shareOut(name, users, seconds).map((stage) => {
    before = Math.max(stage.duration, before + 1);
    return { ...stage, duration: before };
  });
}

function shareOut(name: ShapeName, users: number, seconds: number): readonly LoadStage[] {
  // A wave of few users in a short time still needs whole ones.
  const stage = (share: number, part: number, rampShare: number): LoadStage => ({
    duration: Math.max(1, Math.round(seconds * share)),
    users: Math.max(part === 0 ? 0 : 1, Math.round(users * part)),
    spawnRate: roundRate(users / Math.max(1, seconds * rampShare)),
  });
  switch (name) {
    case 'steps':
      return [1, 2, 3, 4].map((step) => stage(step / 4, step / 4, 0.2));
    case 'spike':
      return [stage(0.4, 0.1, 0.05), stage(0.6, 1, 0.05), stage(1, 0.1, 0.05)];
    case 'double-wave':
      return [stage(0.3, 1, 0.2), stage(0.5, 0.2, 0.2), stage(0.8, 1, 0.2), stage(1, 0, 0.2)];
    case 'ramp-down':
      return [stage(0.2, 1, 0.05), stage(1, 0, 0.8)];
  }
}

function roundRate(rate: number): number {
  return Math.max(0.1, Number(rate.toPrecision(2)));
}

/** When the last stage ends, in seconds. */
export function shapeDuration(stages: readonly LoadStage[]): number {
  return stages.at(-1)?.duration ?? 0;
}

/** The stage at a time, or undefined after the last. */
export function stageAt(stages: readonly LoadStage[], seconds: number): LoadStage | undefined {
  return stages.find(({ duration }) => seconds < duration);
}

/** The highest number of users of all stages. */
export function mostUsers(stages: readonly LoadStage[]): number {
  return Math.max(0, ...stages.map(({ users }) => users));
}

/** A corner of the planned line. */
export interface PlannedPoint {
  readonly seconds: number;
  readonly users: number;
}

/** A stage as it is drawn: where it begins, where its ramp ends, where it ends. */
export interface PlannedStage {
  readonly from: PlannedPoint;
  readonly ramped: PlannedPoint;
  readonly to: PlannedPoint;
}

/** The planned line, stage by stage. A ramp that its stage has no time for is cut off there. */
export function plannedStages(stages: readonly LoadStage[]): readonly PlannedStage[] {
  let from: PlannedPoint = { seconds: 0, users: 0 };
  return stages.map(({ duration, users, spawnRate }) => {
    const length = Math.max(0, duration - from.seconds);
    const needed = Math.abs(users - from.users) / spawnRate;
    const share = needed > length ? length / needed : 1;
    const ramped = {
      seconds: from.seconds + Math.min(needed, length),
      users: from.users + (users - from.users) * share,
    };
    const stage = { from, ramped, to: { seconds: Math.max(duration, from.seconds), users: ramped.users } };
    from = stage.to;
    return stage;
  });
}

/** How many users are planned at a time. */
export function plannedUsers(stages: readonly LoadStage[], seconds: number): number {
  const stage = plannedStages(stages).find(({ to }) => seconds < to.seconds);
  if (!stage) return 0;
  const { from, ramped } = stage;
  if (seconds >= ramped.seconds) return ramped.users;
  const share = (seconds - from.seconds) / (ramped.seconds - from.seconds);
  return from.users + (ramped.users - from.users) * share;
}

/** What is wrong with stages, by stage; undefined where nothing is. */
export function checkStages(stages: readonly LoadStage[]): string | undefined {
  if (stages.length === 0) return 'Add a stage.';
  if (stages.length > LOAD_LIMITS.stages) return `Use at most ${LOAD_LIMITS.stages} stages.`;
  let before = 0;
  for (const [at, { duration, users, spawnRate }] of stages.entries()) {
    const name = `Stage ${at + 1}`;
    if (!isWithin(users, 0, LOAD_LIMITS.users) || !Number.isInteger(users))
      return `${name}: use a whole number of users from 0 to 10,000.`;
    if (!isWithin(spawnRate, 0.01, LOAD_LIMITS.spawnRate))
      return `${name}: use a ramp up from 0.01 to 100,000 users a second.`;
    if (!isWithin(duration, 0, LOAD_LIMITS.duration) || duration <= before)
      return `${name}: end it after ${before} s, and within a day.`;
    before = duration;
  }
  return undefined;
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

const RUN_TIME = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/;

/** Seconds of a run time as Locust writes them: 20, 20s, 3m, 2h, 1h20m, 3h30m10s. Undefined where it is none. */
export function parseRunTime(text: string): number | undefined {
  const [, hours = '0', minutes = '0', seconds = '0'] = RUN_TIME.exec(text.trim()) ?? [];
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return total > 0 && total <= LOAD_LIMITS.duration ? total : undefined;
}

/** A run time as Locust writes it. */
export function formatRunTime(total: number): string {
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const text = [hours && `${hours}h`, minutes && `${minutes}m`, seconds && `${seconds}s`].filter(Boolean);
  return text.join('') || '0s';
}

/** The same stages up to a time, in seconds, and one from then to the end with another number of users. */
export function changeStages(
  stages: readonly LoadStage[],
  seconds: number,
  { users, spawnRate }: Pick<LoadStage, 'users' | 'spawnRate'>,
): readonly LoadStage[] {
  const past = stages.filter(({ duration }) => duration <= seconds);
  const current = stageAt(stages, seconds);
  // A stage without a length would be none.
  const cut =
    current && seconds > (past.at(-1)?.duration ?? 0)
      ? [{ ...current, users: Math.round(plannedUsers(stages, seconds)), duration: seconds }]
      : [];
  const last = { duration: Math.max(shapeDuration(stages), seconds + 1), users, spawnRate };
  return [...past, ...cut, last];
}
