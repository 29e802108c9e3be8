import { sampleCount, type Dataset } from '../../domain/dataset';
import type { DatasetAnswer } from '../../protocol/api-contract';
import type { CatalogueService } from '../../services/catalogue-service';
import { json, type ApiAnswer } from '../call';

/** `GET datasets`: the sets on this device. */
export async function listDatasets(catalogue: CatalogueService): Promise<ApiAnswer> {
  await catalogue.load();
  return json({ datasets: catalogue.catalogue.value.sets.map(toAnswer) });
}

function toAnswer(set: Dataset): DatasetAnswer {
  const { name, title, counts } = set;
  return {
    name,
    title,
    train: sampleCount(set, 'train'),
    test: sampleCount(set, 'test'),
    counts: counts.train,
  };
}
