import type { Region } from "../contract.ts";

export const WHOLE = 1000;
/** As far from a small region a finger may land and still mean it: half of a comfortable target, in pixels. */
const REACH = 24;

export interface Point {
  x: number;
  y: number;
}

/** A picture as shown, in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** What encloses a region, in pixels of the picture as shown. */
export function bounds(region: Region, size: Size): { left: number; top: number; right: number; bottom: number } {
  const [x, y] = [(each: number) => (each * size.width) / WHOLE, (each: number) => (each * size.height) / WHOLE];
  const c = region.coords;
  if (region.shape === "rect") return { left: x(c[0]!), top: y(c[1]!), right: x(c[2]!), bottom: y(c[3]!) };
  if (region.shape === "circle") {
    const radius = x(c[2]!);
    return { left: x(c[0]!) - radius, top: y(c[1]!) - radius, right: x(c[0]!) + radius, bottom: y(c[1]!) + radius };
  }
  const [xs, ys] = [c.filter((_, i) => i % 2 === 0), c.filter((_, i) => i % 2 === 1)];
  return { left: x(Math.min(...xs)), top: y(Math.min(...ys)), right: x(Math.max(...xs)), bottom: y(Math.max(...ys)) };
}

/**
 * Which region a press means: the smallest that holds the point, else the nearest within a finger's reach, else none (-1).
 * `point` and `size` in pixels.
 */
export function regionAt(regions: readonly Region[], point: Point, size: Size): number {
  const all = regions.map((region, index) => ({ index, box: bounds(region, size), region }));
  const area = ({ box }: (typeof all)[number]): number => (box.right - box.left) * (box.bottom - box.top);
  const holding = all.filter(({ region }) => holds(region, point, size)).sort((a, b) => area(a) - area(b))[0];
  if (holding) return holding.index;
  const near = all
    .map(({ index, box }) => ({ index, away: distance(box, point) }))
    .filter(({ away }) => away <= REACH)
    .sort((a, b) => a.away - b.away)[0];
  return near?.index ?? -1;
}

function holds(region: Region, point: Point, size: Size): boolean {
  const box = bounds(region, size);
  if (distance(box, point) > 0) return false;
  if (region.shape === "rect") return true;
  if (region.shape === "circle") {
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    return Math.hypot(point.x - x, point.y - y) <= (box.right - box.left) / 2;
  }
  return inPolygon(corners(region, size), point);
}

function distance(box: ReturnType<typeof bounds>, point: Point): number {
  const x = Math.max(box.left - point.x, 0, point.x - box.right);
  const y = Math.max(box.top - point.y, 0, point.y - box.bottom);
  return Math.hypot(x, y);
}

function corners(region: Region, size: Size): Point[] {
  const found: Point[] = [];
  for (let i = 0; i + 1 < region.coords.length; i += 2) {
    found.push({ x: (region.coords[i]! * size.width) / WHOLE, y: (region.coords[i + 1]! * size.height) / WHOLE });
  }
  return found;
}

function inPolygon(polygon: readonly Point[], point: Point): boolean {
  let inside = false;
  polygon.forEach((a, i) => {
    const b = polygon[(i + 1) % polygon.length]!;
    if (a.y > point.y !== b.y > point.y && point.x < a.x + ((point.y - a.y) * (b.x - a.x)) / (b.y - a.y)) inside = !inside;
  });
  return inside;
}
