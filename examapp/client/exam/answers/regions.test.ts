import { describe, expect, it } from "vitest";
import type { Region } from "../contract.ts";
import { bounds, regionAt } from "./regions.ts";

const PHONE = { width: 300, height: 150 };
const rect = (...coords: number[]): Region => ({ shape: "rect", coords });
const circle = (...coords: number[]): Region => ({ shape: "circle", coords });

describe("a press on the picture", () => {
  it("means the region that holds it", () => {
    const regions = [rect(0, 0, 400, 1000), rect(600, 0, 1000, 1000)];
    expect(regionAt(regions, { x: 30, y: 75 }, PHONE)).toBe(0);
    expect(regionAt(regions, { x: 290, y: 5 }, PHONE)).toBe(1);
  });

  it("means the smaller one where two overlap", () => {
    const regions = [rect(0, 0, 1000, 1000), rect(400, 400, 500, 600)];
    expect(regionAt(regions, { x: 135, y: 75 }, PHONE)).toBe(1);
  });

  it("means a small one near the finger, and nothing far from all", () => {
    const regions = [rect(0, 0, 60, 60), rect(900, 900, 1000, 1000)];
    expect(regionAt(regions, { x: 36, y: 12 }, PHONE)).toBe(0);
    expect(regionAt(regions, { x: 150, y: 75 }, PHONE)).toBe(-1);
  });

  it("keeps a circle round on a wide picture", () => {
    const region = circle(500, 500, 100);
    expect(bounds(region, PHONE)).toEqual({ left: 120, top: 45, right: 180, bottom: 105 });
    const far = rect(0, 0, 1000, 60);
    expect(regionAt([region, far], { x: 150, y: 100 }, PHONE)).toBe(0);
  });

  it("follows a polygon's edge, not its box", () => {
    const triangle: Region = { shape: "poly", coords: [0, 0, 1000, 0, 0, 1000] };
    const corner = rect(700, 700, 1000, 1000);
    expect(regionAt([triangle, corner], { x: 90, y: 45 }, PHONE)).toBe(0);
    expect(regionAt([triangle, corner], { x: 240, y: 130 }, PHONE)).toBe(1);
  });
});
