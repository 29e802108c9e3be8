import { abortedError } from '../domain/errors';
import type { ModelVersionId } from '../domain/ids';
import { CLASS_COUNT, IMAGE_PIXELS } from '../domain/sample';
import type { RecognitionService } from '../services/recognition-service';
import { refuse, refuseForNow } from './refusal';

/** Images that wait at most; more are told to come again. */
const MOST_WAITING = 1000;
/** Images in one pass of the network at most. */
const MOST_IN_PASS = 64;
/** Passes under way at most: while one is computed, the next is on its way. */
const MOST_PASSES = 2;
/** The longest that an image waits for its turn, in milliseconds. */
const PATIENCE_MS = 30_000;

/** What was read in one image. */
export interface Reading {
  readonly digit: number;
  readonly probabilities: readonly number[];
  readonly isDigit: boolean;
}

/** Who asks, and whether somebody still waits for the answer. */
export interface Asker {
  readonly client: string;
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly versionId: ModelVersionId;
  readonly pixels: Uint8Array;
  readonly since: number;
  readonly asker: Asker;
  readonly resolve: (reading: Reading) => void;
  readonly reject: (error: unknown) => void;
  readonly onAbort: () => void;
}

/**
 * Predictions that wait for the network: a bounded number, each client in its turn, as many in one pass as
 * there are. Each image has exactly one ending.
 */
export class PredictionQueue {
  /** By client, the one whose turn it is first. */
  private readonly lines = new Map<string, Waiting[]>();
  private waiting = 0;
  private passes = 0;

  constructor(
    private readonly recognition: Pick<RecognitionService, 'recognizeMany'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Images that wait for their turn. */
  get length(): number {
    return this.waiting;
  }

  /**
   * Reads an image, [28, 28] bytes. Rejects with a Refusal: 429 where too many wait, 503 where its turn did
   * not come; with `aborted` where it was called off.
   */
  ask(versionId: ModelVersionId, pixels: Uint8Array, asker: Asker): Promise<Reading> {
    if (this.waiting >= MOST_WAITING) return Promise.reject(full());
    if (asker.signal.aborted) return Promise.reject(abortedError());
    return new Promise((resolve, reject) => {
      const image: Waiting = {
        versionId,
        pixels,
        since: this.now(),
        asker,
        resolve,
        reject,
        onAbort: () => this.drop(image),
      };
      asker.signal.addEventListener('abort', image.onAbort, { once: true });
      this.push(image);
      this.pump();
    });
  }

  private push(image: Waiting): void {
    const { client } = image.asker;
    const line = this.lines.get(client);
    if (line) line.push(image);
    else this.lines.set(client, [image]);
    this.waiting += 1;
  }

  private pump(): void {
    while (this.passes < MOST_PASSES && this.waiting > 0) {
      const images = this.take();
      if (images.length > 0) void this.read(images);
    }
  }

  /** The next pass: one image of each client in turn, all for the same version. */
  private take(): readonly Waiting[] {
    const images: Waiting[] = [];
    let skipped = 0;
    while (images.length < MOST_IN_PASS && skipped < this.lines.size) {
      const [client, line] = this.lines.entries().next().value!;
      // To the end: the other clients come first.
      this.lines.delete(client);
      const isOther = images.length > 0 && line[0]!.versionId !== images[0]!.versionId;
      const image = isOther ? undefined : line.shift();
      if (line.length > 0) this.lines.set(client, line);
      skipped = image ? 0 : skipped + 1;
      if (!image) continue;
      this.leave(image);
      if (this.now() - image.since > PATIENCE_MS) image.reject(tooLate());
      else images.push(image);
    }
    return images;
  }

  private leave({ asker, onAbort }: Waiting): void {
    this.waiting -= 1;
    asker.signal.removeEventListener('abort', onAbort);
  }

  /** Nobody waits for it any more: its place is free at once. */
  private drop(image: Waiting): void {
    const { client } = image.asker;
    const rest = (this.lines.get(client) ?? []).filter((other) => other !== image);
    if (rest.length > 0) this.lines.set(client, rest);
    else this.lines.delete(client);
    this.leave(image);
    image.reject(abortedError());
  }

  private async read(images: readonly Waiting[]): Promise<void> {
    this.passes += 1;
    const pixels = new Uint8Array(images.length * IMAGE_PIXELS);
    images.forEach((image, index) => pixels.set(image.pixels, index * IMAGE_PIXELS));
    try {
      const { digits, probabilities, areDigits } = await this.recognition.recognizeMany(
        images[0]!.versionId,
        pixels,
      );
      images.forEach(({ resolve }, index) =>
        resolve({
          digit: digits[index]!,
          probabilities: Array.from(probabilities.subarray(index * CLASS_COUNT, (index + 1) * CLASS_COUNT)),
          isDigit: areDigits[index] === 1,
        }),
      );
    } catch (error) {
      for (const { reject } of images) reject(error);
    } finally {
      this.passes -= 1;
      this.pump();
    }
  }
}

function full(): Error {
  return refuseForNow(`${MOST_WAITING} images wait already.`, 'QUEUE_FULL', 1);
}

function tooLate(): Error {
  return refuse(`The turn of this image did not come within ${PATIENCE_MS / 1000} s.`, 'DEADLINE', 503);
}
