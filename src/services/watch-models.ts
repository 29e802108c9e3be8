import { fromErrorRecord } from '../domain/errors';
import { SHIPPED_MODEL } from '../domain/ids';
import type { Services } from './services';

/**
 * Watches the models of one's own: tells whenever there is one more, the first of which a training brings, and
 * lets the shipped model answer in place of one that is damaged. It is no part of the first paint.
 */
export function watchModels({ models, notices, recognition, onKept }: Services): void {
  const { catalogue } = models;
  let known = Infinity;
  const count = () => {
    const { isLoaded, versions } = catalogue.value;
    if (versions.length > known) onKept();
    if (isLoaded) known = versions.length;
  };
  const replaceDamaged = () => {
    const { value } = recognition.readiness;
    if (value.state !== 'failed' || value.error.reason !== 'MODEL_DAMAGED') return;
    void models.chooseChampion(SHIPPED_MODEL).finally(() => notices.fail(fromErrorRecord(value.error)));
  };
  catalogue.subscribe(count);
  recognition.readiness.subscribe(replaceDamaged);
  count();
  replaceDamaged();
}
