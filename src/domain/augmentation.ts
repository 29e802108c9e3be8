/** How much training images are varied. Each value is the most; what happens is drawn evenly up to it. */
export interface Augmentation {
  /** Whole pixels, along each axis. */
  readonly shift: number;
  /** Degrees, either way. */
  readonly rotation: number;
  /** Share by which the size changes, up or down, along each axis. */
  readonly scale: number;
  /** Share of the height by which the top leans, either way. */
  readonly shear: number;
  /** How far strokes grow or shrink: 1 is a whole pixel on each side. */
  readonly thickness: number;
  /** How far points of a 4 × 4 grid are pulled, in pixels; what lies between them follows smoothly. */
  readonly elastic: number;
  /** How often each pixel is mixed with its neighbours. Three images of four stay as sharp as they are. */
  readonly blur?: number;
  /** How often contrast is doubled, about the middle grey. Three images of four stay as they are. */
  readonly contrast?: number;
}

/** Images as they are. */
export const NO_AUGMENTATION: Augmentation = {
  shift: 0,
  rotation: 0,
  scale: 0,
  shear: 0,
  thickness: 0,
  elastic: 0,
};
