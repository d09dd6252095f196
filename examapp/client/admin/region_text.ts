import { WHOLE, type Point } from "../exam/answers/regions.ts";
import type { Region } from "../exam/contract.ts";

export type Shape = Region["shape"];
const NUMBERS: Record<Shape, (count: number) => boolean> = {
  rect: (count) => count === 4,
  circle: (count) => count === 3,
  poly: (count) => count >= 6 && count % 2 === 0,
};

/** A region as its field holds it, "rect 100 200 400 600"; null where the words make none yet. */
export function regionFrom(words: string): Region | null {
  const [shape = "", ...rest] = words.trim().split(/\s+/);
  if (!(shape in NUMBERS) || !rest.every((each) => /^\d{1,4}$/.test(each))) return null;
  const coords = rest.map(Number);
  if (!NUMBERS[shape as Shape](coords.length) || coords.some((each) => each > WHOLE)) return null;
  return { shape: shape as Shape, coords };
}

export function wordsOf({ shape, coords }: Region): string {
  return [shape, ...coords].join(" ");
}

/**
 * The region that a drag makes, in thousandths: a box between its ends, or a circle around where it began. `proportion` is
 * the picture's height over its width: a circle's radius counts in widths.
 */
export function dragged(shape: "rect" | "circle", from: Point, to: Point, proportion: number): Region {
  const end = { x: within(to.x), y: within(to.y) };
  if (shape === "rect") {
    const coords = [Math.min(from.x, end.x), Math.min(from.y, end.y), Math.max(from.x, end.x), Math.max(from.y, end.y)];
    return { shape, coords: coords.map(within) };
  }
  const radius = Math.hypot(end.x - from.x, (end.y - from.y) * proportion);
  return { shape, coords: [within(from.x), within(from.y), Math.max(1, within(radius))] };
}

export function within(value: number): number {
  return Math.min(WHOLE, Math.max(0, Math.round(value)));
}
