/** Photographs of digits on paper, made by computation: what a camera does to what lies before it. */
import { createRandom, type Random } from '../../src/domain/random';
import type { GreyImage, Raster } from '../../src/domain/raster';

/** Red, green and blue, 0 black … 1 white. */
type Light = readonly [number, number, number];

/** What is photographed, and how. All lengths are in parts of the picture's width. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** The digits, each with the place of its middle and the side of its 28 × 28 field. */
  readonly digits: readonly { readonly ink: GreyImage; readonly x: number; readonly y: number }[];
  readonly digitSide: number;
  readonly inkColour: Light;
  readonly paper: Light;
  /** Lines on the paper: none, across, or both ways; how far apart. */
  readonly ruling: 'plain' | 'ruled' | 'squared';
  readonly lineSpacing: number;
  readonly lineColour: Light;
  /** The page turned, in radians, and how much smaller its far side is. */
  readonly turn: number;
  readonly perspective: number;
  /** How much darker the light is at its darkest, and whether something throws a sharp shadow. */
  readonly falloff: number;
  readonly shadow: number;
  /** How far the lens blurs, in pixels, and how much the sensor's grain is, in grey levels. */
  readonly blur: number;
  readonly grain: number;
  readonly seed: number;
}

/** A scene as somebody may come upon it; the seed chooses. */
export function randomScene(seed: number, digits: Scene['digits'], digitSide: number): Scene {
  const random = createRandom(seed);
  const inks: readonly Light[] = [
    [0.1, 0.12, 0.3],
    [0.12, 0.12, 0.12],
    [0.7, 0.1, 0.12],
    [0.1, 0.25, 0.7],
    [0.1, 0.45, 0.2],
    [0.35, 0.35, 0.36],
  ];
  return {
    width: 640,
    height: 480,
    digits,
    digitSide,
    inkColour: random.pick(inks),
    paper: random.pick([
      [0.95, 0.94, 0.9],
      [0.9, 0.9, 0.92],
      [0.96, 0.9, 0.78],
    ] as const),
    ruling: random.pick(['plain', 'ruled', 'squared'] as const),
    lineSpacing: random.uniform(0.045, 0.09),
    lineColour: random.pick([
      [0.55, 0.65, 0.85],
      [0.7, 0.7, 0.72],
      [0.75, 0.55, 0.55],
    ] as const),
    turn: random.uniform(-0.1, 0.1),
    perspective: random.uniform(-0.15, 0.15),
    falloff: random.uniform(0.1, 0.5),
    shadow: random.next() < 0.5 ? 0 : random.uniform(0.1, 0.4),
    blur: random.uniform(0, 1.6),
    grain: random.uniform(1, 5),
    seed,
  };
}

/** Takes the picture. */
export function photograph(scene: Scene): Raster {
  const { width, height } = scene;
  const random = createRandom(scene.seed + 1);
  const lightAt = createLight(scene, random);
  const planes = [0, 1, 2].map(() => new Float32Array(width * height));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = toPage(scene, x / width - 0.5, (y - height / 2) / width);
      const ink = inkAt(scene, u, v);
      const onLine = lineAt(scene, u, v);
      const light = lightAt(x / width, y / height);
      for (let channel = 0; channel < 3; channel++) {
        const paper = scene.paper[channel]! * (1 - onLine * (1 - scene.lineColour[channel]!));
        const seen = paper * (1 - ink * (1 - scene.inkColour[channel]!));
        planes[channel]![y * width + x] = 255 * light * seen;
      }
    }
  }
  return develop(scene, planes, random);
}

/** Where on the page a place of the picture lies: turned, and seen from an angle. */
function toPage({ turn, perspective }: Scene, x: number, y: number): readonly [number, number] {
  const depth = 1 + perspective * 2 * y;
  const [px, py] = [x / depth, y / depth];
  return [px * Math.cos(turn) - py * Math.sin(turn), px * Math.sin(turn) + py * Math.cos(turn)];
}

/** How much ink covers a place of the page, 0 … 1: linear between the pixels of the digits. */
function inkAt({ digits, digitSide }: Scene, u: number, v: number): number {
  let most = 0;
  for (const { ink, x, y } of digits) {
    const column = ((u - x) / digitSide + 0.5) * ink.width - 0.5;
    const row = ((v - y) / digitSide + 0.5) * ink.height - 0.5;
    if (column < 0 || row < 0 || column >= ink.width - 1 || row >= ink.height - 1) continue;
    const at = Math.floor(row) * ink.width + Math.floor(column);
    const [dx, dy] = [column % 1, row % 1];
    const above = ink.data[at]! * (1 - dx) + ink.data[at + 1]! * dx;
    const below = ink.data[at + ink.width]! * (1 - dx) + ink.data[at + ink.width + 1]! * dx;
    most = Math.max(most, (above * (1 - dy) + below * dy) / 255);
  }
  return most;
}

/** How much of a line covers a place of the page, 0 … 1. */
function lineAt({ ruling, lineSpacing }: Scene, u: number, v: number): number {
  const cover = (at: number) => {
    const off = Math.abs(at / lineSpacing - Math.round(at / lineSpacing)) * lineSpacing;
    return Math.max(0, Math.min(1, 1.4 - off * 640));
  };
  if (ruling === 'plain') return 0;
  return ruling === 'ruled' ? cover(v) : Math.max(cover(u), cover(v));
}

/** Light that falls off from one side, and a shadow with an edge; arguments are 0 … 1. */
function createLight({ falloff, shadow }: Scene, random: Random): (x: number, y: number) => number {
  const angle = random.uniform(0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const edge = random.uniform(-0.3, 0.3);
  const softness = random.uniform(0.01, 0.1);
  const tilt = random.uniform(0, 2 * Math.PI);
  return (x, y) => {
    const along = (x - 0.5) * dx + (y - 0.5) * dy;
    const across = (x - 0.5) * Math.cos(tilt) + (y - 0.5) * Math.sin(tilt);
    const inShadow = Math.min(1, Math.max(0, (across - edge) / softness));
    return (1 - falloff * (along / 1.4 + 0.5)) * (1 - shadow * inShadow);
  };
}

/** Lens and sensor: blur, grain, whole numbers. */
function develop({ width, height, blur, grain }: Scene, planes: Float32Array[], random: Random): Raster {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const blurred = planes.map((plane) => blurPlane(blurPlane(plane, width, 1, blur), width, width, blur));
  for (let at = 0; at < width * height; at++) {
    const common = random.normal(grain);
    for (let channel = 0; channel < 3; channel++) {
      data[at * 4 + channel] = blurred[channel]![at]! + common + random.normal(grain / 2);
    }
  }
  return { width, height, data };
}

/** A Gaussian along one direction; `step` leads from a pixel to the next one. */
function blurPlane(plane: Float32Array, width: number, step: number, deviation: number): Float32Array {
  if (deviation < 0.2) return plane;
  const reach = Math.ceil(2 * deviation);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * deviation ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const height = plane.length / width;
  const [along, limit] = step === 1 ? [1, width] : [width, height];
  const blurred = new Float32Array(plane.length);
  for (let at = 0; at < plane.length; at++) {
    const place = step === 1 ? at % width : Math.floor(at / width);
    let sum = 0;
    for (let k = -reach; k <= reach; k++) {
      const other = Math.min(limit - 1, Math.max(0, place + k));
      sum += weights[k + reach]! * plane[at + (other - place) * along]!;
    }
    blurred[at] = sum / total;
  }
  return blurred;
}
