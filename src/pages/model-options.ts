import { formatAccuracy } from '../components/format';
import type { ModelOption } from '../components/model-picker';
import { SHIPPED_MODEL, versionName } from '../domain/ids';
import { accuracyOf } from '../domain/metrics';
import type { ModelCatalogue } from '../services/model-service';

/** The models that can answer, with how well they read. */
export function modelOptions({ shipped, versions }: ModelCatalogue): readonly ModelOption[] {
  const own = versions.map(({ id, validation }) => ({
    id,
    label: `${versionName(id)}, ${formatAccuracy(accuracyOf(validation))}`,
  }));
  const card = shipped ? `, ${formatAccuracy(accuracyOf(shipped.test))}` : '';
  return [{ id: SHIPPED_MODEL, label: `Shipped${card}` }, ...own];
}
