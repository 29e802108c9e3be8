/** Number of a training run, counted from 1 on each device: "Run 12". */
export type RunId = number & { readonly __kind: 'RunId' };
/** Number of a model version, counted from 1 on each device: "v7". 0 is the model that comes with the app. */
export type ModelVersionId = number & { readonly __kind: 'ModelVersionId' };

/** The model that comes with the app. */
export const SHIPPED_MODEL = 0 as ModelVersionId;

/** What a person calls a run. */
export function runName(id: RunId): string {
  return `Run ${id}`;
}

/** What a person calls a model version. */
export function versionName(id: ModelVersionId): string {
  return id === SHIPPED_MODEL ? 'the shipped model' : `v${id}`;
}
