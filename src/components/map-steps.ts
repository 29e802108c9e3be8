import type { MapBounds, MapPoint } from './chart-map';

/** A place on a map, in shares of its width and height from the upper left corner. */
export interface MapPlace {
  readonly right: number;
  readonly down: number;
}

/** Where a point lies. */
export function placeOnMap({ x, y }: MapPoint, bounds: MapBounds): MapPlace {
  return {
    right: (x - bounds.x[0]) / (bounds.x[1] - bounds.x[0]),
    down: (bounds.y[1] - y) / (bounds.y[1] - bounds.y[0]),
  };
}

const DIRECTIONS: Readonly<Record<string, MapPlace>> = {
  ArrowLeft: { right: -1, down: 0 },
  ArrowRight: { right: 1, down: 0 },
  ArrowUp: { right: 0, down: -1 },
  ArrowDown: { right: 0, down: 1 },
};

/**
 * The number of the point that an arrow leads to: the nearest within 45 degrees of its direction, or the
 * same point where there is none. Undefined for other keys.
 */
export function pointAfterKey(
  key: string,
  from: number,
  points: readonly MapPoint[],
  bounds: MapBounds,
): number | undefined {
  const direction = DIRECTIONS[key];
  const start = points[from];
  if (!direction || !start) return undefined;
  const here = placeOnMap(start, bounds);
  let [nearest, least] = [from, Infinity];
  points.forEach((point, number) => {
    const there = placeOnMap(point, bounds);
    const distance = distanceAlong(there.right - here.right, there.down - here.down, direction);
    if (distance < least) [nearest, least] = [number, distance];
  });
  return nearest;
}

/** How far it is, or Infinity for what lies elsewhere. */
function distanceAlong(right: number, down: number, direction: MapPlace): number {
  const ahead = right * direction.right + down * direction.down;
  const aside = right * direction.down - down * direction.right;
  return ahead > 0 && Math.abs(aside) <= ahead ? Math.hypot(ahead, aside) : Infinity;
}
