import type { KeptFile } from '../../src/protocol/sw-protocol';
import type { KeptFiles } from './kept-files';

/** What is remembered of versions: the one that answers, and the one before it. */
interface Generations {
  readonly current: readonly KeptFile[];
  readonly previous: readonly KeptFile[];
}

const NONE: Generations = { current: [], previous: [] };

/**
 * Which files the last two versions are made of. A page of the version before stays open until it is
 * reloaded, and loads its code as it goes: what that version kept is dropped with the next update.
 */
export class GenerationLog {
  private readonly cacheName: string;
  private readonly key: string;
  private known: Promise<Generations> | undefined;

  constructor(
    scope: string,
    private readonly kept: KeptFiles,
  ) {
    this.cacheName = `inkling-versions ${scope}`;
    this.key = new URL('kept/versions', scope).href;
  }

  /** Makes these files the version that answers, and drops what neither it nor the one before is made of. */
  async begin(files: readonly KeptFile[]): Promise<void> {
    this.known = this.advance(files);
    const { current, previous } = await this.known;
    await this.kept.dropAllBut([...current, ...previous]);
  }

  /** The file that another version had at this address; undefined where none had. */
  async findFormer(path: string): Promise<KeptFile | undefined> {
    const { current, previous } = await (this.known ?? this.read());
    // Browsers send requests of open pages here even before this version begins: `current` is then the one before.
    return [...previous, ...current].find((file) => file.path === path);
  }

  private async advance(files: readonly KeptFile[]): Promise<Generations> {
    const { current, previous } = await this.read();
    const isSame = buildOf(current) === buildOf(files);
    const next = { current: files, previous: isSame ? previous : current };
    await (await caches.open(this.cacheName)).put(this.key, Response.json(next));
    return next;
  }

  private async read(): Promise<Generations> {
    const stored = await (await caches.open(this.cacheName)).match(this.key);
    return stored ? ((await stored.json()) as Generations) : NONE;
  }
}

/** Names a build by all that it is made of. */
export function buildOf(files: readonly KeptFile[]): string {
  let hash = 0x811c9dc5;
  for (const { path, sha256 } of files) {
    for (const character of `${path} ${sha256}\n`) {
      hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
    }
  }
  return hash.toString(16).padStart(8, '0');
}
