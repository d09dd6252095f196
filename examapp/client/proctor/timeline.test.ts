import { describe, expect, it } from "vitest";
import { keyName } from "./keys.ts";
import { age } from "./poll.ts";
import { absences, runs, ticks, type Line } from "./timeline.ts";

const sights = (...rows: [number, number][]): Line["sights"] => rows.map(([at, faces]) => [at, faces, 0, null, null]);

const reach = { hold: 4, silence: 15 };

describe("runs", () => {
  it("joins neighbours that show the same", () => {
    expect(runs(sights([0, 1], [2, 1], [4, 0], [6, 0]), (each) => each[1], reach)).toEqual([
      { from: 0, to: 4, value: 1 },
      { from: 4, to: 10, value: 0 },
    ]);
  });

  it("lets a frame speak for four seconds only, where a silence follows", () => {
    expect(runs(sights([0, 1], [60, 1]), (each) => each[1], reach)).toEqual([
      { from: 0, to: 4, value: 1 },
      { from: 60, to: 64, value: 1 },
    ]);
  });

  it("joins frames that come slowly but are no silence", () => {
    expect(runs(sights([0, 1], [6, 1], [12, 1]), (each) => each[1], reach)).toEqual([{ from: 0, to: 16, value: 1 }]);
  });

  it("never reaches into a pause", () => {
    expect(runs(sights([0, 1], [10, 1]), (each) => each[1], reach, [3, 30])).toEqual([
      { from: 0, to: 3, value: 1 },
      { from: 10, to: 14, value: 1 },
    ]);
  });
});

describe("absences", () => {
  it("ends with the event that ends it, or with the sitting", () => {
    const events: Line["events"] = [
      ["page.hidden", 10],
      ["item.shown", 12],
      ["page.visible", 15],
      ["camera.lost", 80],
    ];
    expect(absences(events, 100)).toEqual([
      { kind: "page.hidden", from: 10, to: 15 },
      { kind: "camera.lost", from: 80, to: 100 },
    ]);
  });
});

describe("ticks", () => {
  it("fall on round minutes of the clock", () => {
    const began = Date.UTC(2026, 10, 23, 3, 0, 20);
    const found = ticks(began, 0, 1500, 760);
    expect(found.map((at) => (began / 1000 + at) % 300)).toEqual(found.map(() => 0));
    expect(found.length).toBeGreaterThan(2);
  });
});

describe("age", () => {
  it("counts seconds and never below zero", () => {
    expect(age(10_000, 13_200, "{n} s ago", "none")).toBe("3 s ago");
    expect(age(10_000, 9_000, "{n} s ago", "none")).toBe("0 s ago");
    expect(age(null, 9_000, "{n} s ago", "none")).toBe("none");
  });
});

describe("keyName", () => {
  it("takes letters without their case and names the space bar", () => {
    expect(keyName({ key: "Z" })).toBe("z");
    expect(keyName({ key: " " })).toBe("space");
    expect(keyName({ key: "ArrowLeft" })).toBe("ArrowLeft");
  });
});
