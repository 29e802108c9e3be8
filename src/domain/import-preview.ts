import type { PreprocessSteps } from './preprocess';
import type { GreyImage } from './raster';
import { areaSample, resample, type AxisSample } from './resample';

/** Previews that an import keeps. */
const MOST_PREVIEWS = 6;
/** Larger step pictures are made smaller for a preview, in pixels of their longer side. */
const PREVIEW_SIDE = 160;

/** A picture of an import, step by step, so that a person can see how it was read. */
export interface ImportPreview extends PreprocessSteps {
  /** Safe to show. */
  readonly name: string;
  readonly label: number;
}

/** Picks the pictures to show: the first of each digit, then the others that came first. */
export class PreviewPicker {
  private readonly firsts = new Map<number, ImportPreview>();
  private readonly others: ImportPreview[] = [];

  /** Takes a picture, or lets it go. `name` must be safe to show. */
  offer(name: string, label: number, steps: PreprocessSteps): void {
    if (this.firsts.size >= MOST_PREVIEWS) return;
    const preview = { name, label, ...steps };
    if (!this.firsts.has(label)) this.firsts.set(label, preview);
    else if (this.others.length < MOST_PREVIEWS) this.others.push(preview);
  }

  /** Six previews, or as many as there are. */
  picked(): readonly ImportPreview[] {
    return [...this.firsts.values(), ...this.others].slice(0, MOST_PREVIEWS);
  }
}

/** The same steps, their pictures no larger than a preview has use for. */
export function shrinkSteps({ grey, photograph, ink, pixels }: PreprocessSteps): PreprocessSteps {
  return {
    grey: shrink(grey),
    photograph: photograph && {
      contrast: shrink(photograph.contrast),
      light: shrink(photograph.light),
      evened: shrink(photograph.evened),
      lines: photograph.lines && shrink(photograph.lines),
      ink: shrink(photograph.ink),
    },
    ink: shrink(ink),
    pixels,
  };
}

function shrink(image: GreyImage): GreyImage {
  const cell = Math.max(image.width, image.height) / PREVIEW_SIDE;
  return cell <= 1 ? image : resample(image, axis(image.width, cell), axis(image.height, cell));
}

function axis(length: number, cell: number): readonly AxisSample[] {
  const count = Math.max(1, Math.round(length / cell));
  const step = length / count;
  return Array.from({ length: count }, (_, index) => areaSample(index * step, (index + 1) * step, length));
}
