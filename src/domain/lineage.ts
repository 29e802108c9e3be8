/** Which model came of which: a forest, whose roots were trained from scratch or brought in. */
import { SHIPPED_MODEL, versionName, type ModelVersionId } from './ids';
import { LESSON_RECIPE } from './lesson';
import type { ModelCard, ModelVersion } from './model-version';

/** How a model came to be. */
export type Descent =
  /** It came with the app. */
  | 'shipped'
  /** Trained here, from random weights. */
  | 'scratch'
  /** Trained here, on from its parent. */
  | 'fine-tuned'
  /** Its parent, taught what it had misread. */
  | 'taught'
  /** Brought in as a file: the same weights as its parent. */
  | 'copy'
  /** Brought in as a file that says that its parent was trained on elsewhere. */
  | 'elsewhere'
  /** Brought in as a file that says nothing of a parent. */
  | 'imported'
  /** Named by a child, and no longer here. */
  | 'gone';

/** A model in the forest. */
export interface LineageNode {
  readonly key: string;
  readonly title: string;
  readonly descent: Descent;
  /** Undefined for a model that is gone. */
  readonly version?: ModelVersion;
  /** The key of the model that it came of, where that is known. */
  readonly parent?: string;
}

/** Where a model stands: roots in column 0, each child one further right; no two in a place. */
export interface PlacedNode extends LineageNode {
  readonly column: number;
  readonly row: number;
}

/** The forest, laid out: what is related, and what stands alone. */
export interface Lineage {
  /** From top to bottom, then from left to right. */
  readonly placed: readonly PlacedNode[];
  readonly alone: readonly LineageNode[];
  readonly rows: number;
  readonly columns: number;
}

const SHIPPED_KEY = 'shipped';
const keyOf = (id: ModelVersionId) => (id === SHIPPED_MODEL ? SHIPPED_KEY : `v${id}`);

/** Finds out which model came of which, and lays them out: the oldest at the top. */
export function traceLineage(versions: readonly ModelVersion[], shipped: ModelCard | undefined): Lineage {
  const known = versions.toSorted((a, b) => a.id - b.id);
  const nodes = new Map<string, LineageNode>();
  if (shipped) {
    const version = { ...shipped, id: SHIPPED_MODEL };
    nodes.set(SHIPPED_KEY, { key: SHIPPED_KEY, title: 'Shipped', descent: 'shipped', version });
  }
  for (const version of known) {
    const { parent, descent } = findParent(version, known, shipped);
    if (parent && !nodes.has(parent.key)) nodes.set(parent.key, parent);
    const key = keyOf(version.id);
    const title = version.name ?? versionName(version.id);
    nodes.set(key, { key, title, descent, version, ...(parent ? { parent: parent.key } : {}) });
  }
  return layOut([...nodes.values()]);
}

interface Found {
  readonly descent: Descent;
  readonly parent?: LineageNode;
}

/** A parent is older than its child, so that no circle can come of what files say. */
function findParent(
  version: ModelVersion,
  known: readonly ModelVersion[],
  shipped: ModelCard | undefined,
): Found {
  const { id, config, origin, weightsHash } = version;
  if (config?.startFrom) {
    const descent = config.recipe.id === LESSON_RECIPE ? 'taught' : 'fine-tuned';
    return { descent, parent: startingNode(config.startFrom, known, shipped) };
  }
  if (config) return { descent: 'scratch' };
  const olderWith = (hash: string) => {
    if (shipped?.weightsHash === hash) return stub(SHIPPED_MODEL);
    const older = known.find((other) => other.id < id && other.weightsHash === hash);
    return older && stub(older.id);
  };
  const named = origin && olderWith(origin.weightsHash);
  if (named) return { descent: origin.kind === 'copy' ? 'copy' : 'elsewhere', parent: named };
  const same = olderWith(weightsHash);
  return same ? { descent: 'copy', parent: same } : { descent: 'imported' };
}

/** The model that a run went on from; where its number names another one by now, or none, one that is gone. */
function startingNode(
  { versionId, weightsHash }: { readonly versionId: ModelVersionId; readonly weightsHash: string },
  known: readonly ModelVersion[],
  shipped: ModelCard | undefined,
): LineageNode {
  const isShipped = versionId === SHIPPED_MODEL;
  const isHere = isShipped
    ? shipped === undefined || shipped.weightsHash === weightsHash
    : known.some(({ id }) => id === versionId);
  if (isHere && !(isShipped && !shipped)) return stub(versionId);
  const title = isShipped ? 'Earlier shipped' : versionName(versionId);
  return { key: `${keyOf(versionId)}-${isShipped ? weightsHash : 'gone'}`, title, descent: 'gone' };
}

/** Names a node that is there, or will be. */
function stub(id: ModelVersionId): LineageNode {
  return { key: keyOf(id), title: '', descent: 'gone' };
}

/** A child stands right of its parent: the first one in the same row, the others below all that came of it. */
function layOut(nodes: readonly LineageNode[]): Lineage {
  const children = new Map<string, LineageNode[]>();
  for (const node of nodes) {
    if (node.parent === undefined) continue;
    children.set(node.parent, [...(children.get(node.parent) ?? []), node]);
  }
  const placed: PlacedNode[] = [];
  let rows = 0;
  const place = (node: LineageNode, column: number): void => {
    const row = rows;
    placed.push({ ...node, column, row });
    const own = children.get(node.key) ?? [];
    own.forEach((child) => place(child, column + 1));
    if (own.length === 0) rows += 1;
  };
  const roots = nodes.filter(({ parent }) => parent === undefined);
  for (const root of roots) if (children.has(root.key)) place(root, 0);
  return {
    placed,
    alone: roots.filter(({ key }) => !children.has(key)),
    rows,
    columns: Math.max(0, ...placed.map(({ column }) => column + 1)),
  };
}
