/**
 * Several digits in one drawing or picture: which ink belongs to which digit, in reading order. It would
 * rather leave two digits together than cut one apart: a 4 with a gap, a 5 whose bar flies off.
 */
import { findInkPieces, keepPieces, type InkPiece, type InkPieces } from './ink-pieces';
import { inkBounds, inkToPixels } from './preprocess';
import type { Box, GreyImage } from './raster';

/** One digit of a drawing or picture. */
export interface DigitCrop {
  /** Where it lies, in pixels of the ink. */
  readonly box: Box;
  /** What the network reads: [28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** So wide that it may be two digits that touch. */
  readonly isTouching: boolean;
}

/** The digits that were found in an image of ink, in reading order, and the size of that image in pixels. */
export interface FoundDigits {
  readonly width: number;
  readonly height: number;
  readonly digits: readonly DigitCrop[];
}

/** Ink from this strength on holds a stroke together. */
const STROKE_INK = 96;
/** Images with a shorter side than this, such as MNIST's own, hold one digit. */
const SMALLEST_LINE = 56;
/** More than these are a texture or a scribble, and read as one. */
const MOST_DIGITS = 16;
/** Smaller than this in both directions, in parts of the tallest piece's height, it is dust. */
const DUST = 0.1;
/** Shorter than this, in parts of the tallest, a piece is no digit of its own. */
const WHOLE = 0.4;
/** One of two neighbours that is shorter than this, in parts of the other one, may be a part of it. */
const PART = 0.75;
/** Wider than this, in parts of its height, a piece may be two digits that touch. */
const TOUCHING = 1.5;

/**
 * The digits of an image of ink (0 paper … 255 ink), from left to right, row by row. A single digit takes
 * in all of the ink. Empty where there is no ink.
 */
export function segmentDigits(ink: GreyImage): FoundDigits {
  return { width: ink.width, height: ink.height, digits: cropDigits(ink) };
}

function cropDigits(ink: GreyImage): readonly DigitCrop[] {
  if (Math.min(ink.width, ink.height) < SMALLEST_LINE) return wholeOf(ink);
  const found = findInkPieces(ink, STROKE_INK);
  const groups = groupPieces(found.pieces);
  if (groups.length < 2 || groups.length > MOST_DIGITS) return wholeOf(ink, groups[0]);
  return sortForReading(groups).flatMap((group) => cropGroup(ink, found, group));
}

/** Pieces that make up one digit, and the box around them. */
interface Group extends Box {
  readonly pieces: readonly InkPiece[];
}

/** All of the ink as one digit. */
function wholeOf(ink: GreyImage, group?: Group): readonly DigitCrop[] {
  const pixels = inkToPixels(ink);
  const box = group ?? inkBounds(ink, STROKE_INK) ?? inkBounds(ink, 1);
  if (!pixels || !box) return [];
  return [{ box: boxOf(box), pixels, isTouching: isWide(box) }];
}

function cropGroup(ink: GreyImage, found: InkPieces, group: Group): readonly DigitCrop[] {
  const pixels = inkToPixels(keepPieces(ink, found, group.pieces, 2));
  return pixels ? [{ box: boxOf(group), pixels, isTouching: isWide(group) }] : [];
}

function boxOf({ left, top, right, bottom }: Box): Box {
  return { left, top, right, bottom };
}

function isWide(box: Box): boolean {
  return widthOf(box) > TOUCHING * heightOf(box) && heightOf(box) > 0.15 * box.bottom;
}

function widthOf({ left, right }: Box): number {
  return right - left;
}

function heightOf({ top, bottom }: Box): number {
  return bottom - top;
}

/** Puts pieces together until no two belong to one digit; what is too small for one goes to its neighbour. */
function groupPieces(pieces: readonly InkPiece[]): readonly Group[] {
  const tallest = pieces.reduce((most, piece) => Math.max(most, heightOf(piece)), 0);
  const isDust = (piece: Box) => Math.max(widthOf(piece), heightOf(piece)) < DUST * tallest;
  let groups: readonly Group[] = pieces
    .filter((piece) => !isDust(piece))
    .map((piece) => ({ ...boxOf(piece), pieces: [piece] }));
  if (groups.length > 4 * MOST_DIGITS) return groups;
  for (;;) {
    const pair = findPair(groups, tallest) ?? findLeftover(groups, tallest);
    if (!pair) return groups;
    groups = [...groups.filter((group) => !pair.includes(group)), join(...pair)];
  }
}

type Pair = readonly [Group, Group];

function findPair(groups: readonly Group[], tallest: number): Pair | undefined {
  for (const [index, first] of groups.entries()) {
    const second = groups.slice(index + 1).find((other) => belongTogether(first, other, tallest));
    if (second) return [first, second];
  }
  return undefined;
}

/** A group too short for a digit, and the one that it lies nearest to. */
function findLeftover(groups: readonly Group[], tallest: number): Pair | undefined {
  const leftover = groups.find((group) => heightOf(group) < WHOLE * tallest);
  if (!leftover) return undefined;
  const others = groups.filter((group) => group !== leftover);
  const [nearest] = others.toSorted((a, b) => distance(a, leftover) - distance(b, leftover));
  return nearest && [leftover, nearest];
}

function join(first: Group, second: Group): Group {
  return { ...around(first, second), pieces: [...first.pieces, ...second.pieces] };
}

function around(first: Box, second: Box): Box {
  return {
    left: Math.min(first.left, second.left),
    top: Math.min(first.top, second.top),
    right: Math.max(first.right, second.right),
    bottom: Math.max(first.bottom, second.bottom),
  };
}

/** The room between two boxes along x; negative where they overlap. */
function gapAcross(first: Box, second: Box): number {
  return Math.max(first.left, second.left) - Math.min(first.right, second.right);
}

/** The room between two boxes along y; negative where they overlap. */
function gapDown(first: Box, second: Box): number {
  return Math.max(first.top, second.top) - Math.min(first.bottom, second.bottom);
}

function distance(first: Box, second: Box): number {
  return Math.hypot(Math.max(0, gapAcross(first, second)), Math.max(0, gapDown(first, second)));
}

/** Whether two groups are parts of one digit. `tallest` is the height of the tallest piece. */
function belongTogether(first: Group, second: Group, tallest: number): boolean {
  const overlap = -gapAcross(first, second);
  const isStacked = overlap >= 0.4 * Math.min(widthOf(first), widthOf(second));
  return isStacked ? isOneColumn(first, second, tallest) : isOneWide(first, second, tallest);
}

/** One above the other: the two rings of an 8, the bar of a 5; but two lines of digits have room between. */
function isOneColumn(first: Box, second: Box, tallest: number): boolean {
  const shorter = Math.min(heightOf(first), heightOf(second));
  return gapDown(first, second) <= (shorter >= PART * tallest ? 0.2 : 0.45) * tallest;
}

/** Side by side: the corner and the stem of a 4, or a line that the pen let go of for a moment. */
function isOneWide(first: Box, second: Box, tallest: number): boolean {
  const gap = gapAcross(first, second);
  if (gapDown(first, second) > 0.3 * tallest) return false;
  const [shorter, taller] = [heightOf(first), heightOf(second)].toSorted((a, b) => a - b) as [number, number];
  if (shorter < WHOLE * tallest) return gap <= 0.35 * tallest;
  const whole = around(first, second);
  const isNarrow = widthOf(whole) <= 0.85 * heightOf(whole);
  if (shorter <= PART * taller) return gap <= 0.15 * tallest && isNarrow;
  return gap <= 0.05 * tallest && isNarrow;
}

/** Row by row, each from left to right. A group is in a row when it shares half of its height with it. */
function sortForReading(groups: readonly Group[]): readonly Group[] {
  const rows: Group[][] = [];
  for (const group of groups.toSorted((a, b) => a.top - b.top)) {
    const row = rows.find((others) =>
      others.some((other) => -gapDown(other, group) >= 0.5 * Math.min(heightOf(other), heightOf(group))),
    );
    if (row) row.push(group);
    else rows.push([group]);
  }
  return rows.flatMap((row) => row.toSorted((a, b) => a.left - b.left));
}
