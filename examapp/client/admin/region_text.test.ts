import { describe, expect, it } from "vitest";
import { dragged, regionFrom, wordsOf } from "./region_text.ts";

describe("a region in words", () => {
  it("is read back as it was written", () => {
    for (const words of ["rect 100 200 400 600", "circle 500 500 90", "poly 0 0 1000 0 500 900"]) {
      expect(wordsOf(regionFrom(words)!)).toBe(words);
    }
  });

  it("is none while it is half typed or lies outside", () => {
    for (const words of ["", "rect 1 2 3", "circle 1 2 3 4", "poly 1 2 3 4", "rect 1 2 3 1001", "rect a b c d", "star 1 2 3"]) {
      expect(regionFrom(words)).toBeNull();
    }
  });
});

describe("a region drawn by hand", () => {
  it("is the same box whichever corner the hand began at, and stays within the picture", () => {
    const [a, b] = [{ x: 200.4, y: 300 }, { x: 700, y: 1400 }];
    expect(dragged("rect", a, b, 1)).toEqual({ shape: "rect", coords: [200, 300, 700, 1000] });
    expect(dragged("rect", { x: 700, y: 1000 }, a, 1)).toEqual({ shape: "rect", coords: [200, 300, 700, 1000] });
  });

  it("is a circle whose radius counts in widths", () => {
    expect(dragged("circle", { x: 500, y: 500 }, { x: 600, y: 500 }, 0.5).coords).toEqual([500, 500, 100]);
    expect(dragged("circle", { x: 500, y: 500 }, { x: 500, y: 700 }, 0.5).coords).toEqual([500, 500, 100]);
  });
});
