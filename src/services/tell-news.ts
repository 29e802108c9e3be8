/** What is told from whatever page. It is no part of the first paint. */
import { runName, versionName } from '../domain/ids';
import type { GateVerdict } from '../domain/promotion-gate';
import type { Run } from '../domain/run';
import { blockedByOtherTab } from '../storage/explain-failure';
import type { Waiting } from '../storage/open-database';
import type { ModelService } from './model-service';
import type { NoticeService } from './notice-service';

/** Says what the gate said of a new model. */
export function tellVerdict(
  { candidate, champion, promoted }: GateVerdict,
  notices: NoticeService,
  models: ModelService,
) {
  const name = versionName(candidate.versionId);
  const undo = () => void models.chooseChampion(champion.versionId);
  if (promoted) notices.showUndoable(`${name} answers on Draw now.`, undo);
  else notices.show(`${name} is kept as a candidate.`, { label: 'See why', href: '#/models' });
}

/** Says of a run that its tab was closed or crashed under it; Train itself shows it. */
export function tellCutOff({ id, cursor, config }: Run, notices: NoticeService) {
  if (location.hash.startsWith('#/train')) return;
  const text = `${runName(id)} was cut off in epoch ${cursor.epoch + 1} of ${config.recipe.epochs}.`;
  notices.show(text, { label: 'Go on', href: '#/train' });
}

/** Says that another tab does not let go of the database, until it does. */
export function tellWaiting(waitsTo: Waiting, notices: NoticeService): void {
  if (waitsTo) notices.fail(blockedByOtherTab(waitsTo));
  else if (notices.failure.value?.reason === 'DATABASE_BLOCKED') notices.clearFailure();
}
