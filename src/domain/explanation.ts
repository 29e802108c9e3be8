/** What can be said about why a network answers as it does, as plain data. */
import type { GradCam } from './grad-cam';
import type { Layer, Shape } from './architecture';

/** Where the digit's ink speaks for the answer and against it. */
export interface Evidence {
  readonly digit: number;
  readonly rival: number;
  /** What the digit's lead over the rival loses when a patch covers each place, in logits: [28, 28]. */
  readonly covering: Float32Array<ArrayBuffer>;
  /** Undefined where the network has no convolution. */
  readonly looking?: GradCam;
}

/** What one layer made of the digit. */
export interface LayerPicture {
  readonly name: string;
  readonly kind: Layer['kind'];
  /** [rows, columns, maps] or [units]. */
  readonly shape: Shape;
  readonly values: Float32Array<ArrayBuffer>;
}

/** The first convolution's filters: what each of its maps looks for. */
export interface FilterPictures {
  /** [side, side, count]. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly side: number;
  readonly count: number;
}

/** All layers of a network, on one digit. */
export interface LayerPictures {
  readonly layers: readonly LayerPicture[];
  /** Undefined where the first layer is no convolution. */
  readonly filters?: FilterPictures;
}

/** A stored sample that the network sees as nearly the same. */
export interface AlikeSample {
  readonly label: number;
  /** 0: the same to the network; from about 0.5 on they have little in common. At most 2. */
  readonly distance: number;
  /** Its place among the set's samples to train with, from 0. */
  readonly place: number;
  /** [28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** The samples nearest to a digit, the nearest first, and how many were compared. */
export interface Alike {
  readonly samples: readonly AlikeSample[];
  readonly compared: number;
}

/** A small change that makes a digit read as another one. */
export interface Change {
  readonly target: number;
  /** [28, 28] bytes; undefined where none was found. */
  readonly after?: Uint8Array<ArrayBuffer>;
  /** The share of the target after the change, 0 … 1. */
  readonly probability?: number;
}
