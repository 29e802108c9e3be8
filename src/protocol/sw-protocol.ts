import type { ErrorRecord } from '../domain/errors';

/** What is kept of the app on its own: the shell is all that opens it, the others are fetched after it. */
export type KeptPartName = 'shell' | 'model' | 'tensorflow' | 'charts' | 'mnist';

/** A file of the app, as the build wrote it. */
export interface KeptFile {
  /** Its address, relative to the app's. */
  readonly path: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly byteLength: number;
  readonly part: KeptPartName;
}

/** A request with this header is answered when the file is whole, checked and kept, and not before. */
export const KEEP_HEADER = 'X-Inkling-Keep';

/** How much of a part is kept. */
export interface KeptPart {
  readonly name: KeptPartName;
  readonly files: number;
  readonly keptFiles: number;
  readonly bytes: number;
  readonly keptBytes: number;
}

/** What is kept of the version that answers. */
export interface KeptReport {
  /** Names the build: it changes with any of its files. */
  readonly build: string;
  readonly parts: readonly KeptPart[];
  /** Addresses of the files that are not kept, the smallest parts first. */
  readonly missing: readonly string[];
}

/** What a page asks of the service worker; it answers on the port that came with the question. */
export type ToServiceWorker =
  /** Tells what is kept. `isDeep` reads every file and holds it against its hash; what is damaged is dropped. */
  | { readonly kind: 'report'; readonly isDeep: boolean }
  /** Lets the version that waits take over, unless somebody trains or reads data. */
  | { readonly kind: 'take-over' };

/** What comes on the port of a question. */
export type FromAnswerPort<Answer> = { readonly answer: Answer } | { readonly error: ErrorRecord };

/** The answer to `take-over`. */
export type TakeOverAnswer = { readonly isTaken: boolean };

/** What the service worker tells all pages by itself. */
export type FromServiceWorker = { readonly kind: 'kept' };
