import { formatAccuracy } from '../components/format';
import type { ModelOption } from '../components/model-picker';
import { SHIPPED_MODEL, versionName } from '../domain/ids';
import { accuracyOf } from '../domain/metrics';
import { asIs } from '../i18n/as-is';
import type { ModelCatalogue } from '../services/model-service';

/** The models that can answer, with how well they read. */
export function modelOptions({ shipped, versions }: ModelCatalogue): readonly ModelOption[] {
  const own = versions.map(({ id, name, validation }) => ({
    id,
    label: [
      versionName(id),
      ...(name ? [asIs(name)] : []),
      ...(validation.total > 0 ? [formatAccuracy(accuracyOf(validation))] : []),
    ].join(', '),
  }));
  const card = shipped ? `, ${formatAccuracy(accuracyOf(shipped.test))}` : '';
  return [{ id: SHIPPED_MODEL, label: `Shipped${card}` }, ...own];
}
