import { describe, expect, it } from "vitest";
import { isOrderOf, movedBy, movedTo, placeUnder } from "./order.ts";

const ORDER = ["a", "b", "c", "d"];

describe("an order", () => {
  it("moves one by a step and keeps the others in their order", () => {
    expect(movedBy(ORDER, "c", -1)).toEqual(["a", "c", "b", "d"]);
    expect(movedBy(ORDER, "b", 1)).toEqual(["a", "c", "b", "d"]);
  });

  it("stops at both ends", () => {
    expect(movedBy(ORDER, "a", -1)).toEqual(ORDER);
    expect(movedBy(ORDER, "d", 1)).toEqual(ORDER);
    expect(movedTo(ORDER, "b", 99)).toEqual(["a", "c", "d", "b"]);
  });

  it("never loses, doubles or invents an option", () => {
    for (const id of [...ORDER, "stranger"]) {
      for (let place = -2; place < 7; place += 1) expect([...movedTo(ORDER, id, place)].sort()).toEqual(ORDER);
    }
  });

  it("is an answer only when it holds every option", () => {
    expect(isOrderOf(["b", "a"], ["a", "b"])).toBe(true);
    expect(isOrderOf(["b"], ["a", "b"])).toBe(false);
    expect(isOrderOf(["b", "x"], ["a", "b"])).toBe(false);
    expect(isOrderOf(null, ["a", "b"])).toBe(false);
  });
});

describe("a row under the finger", () => {
  const rows = [0, 60, 120, 220].map((top, index) => ({ top, height: index === 2 ? 90 : 50 }));

  it("stays until its edge passes a neighbour's middle", () => {
    expect(placeUnder(rows, 0, 34)).toBe(0);
    expect(placeUnder(rows, 0, 36)).toBe(1);
    expect(placeUnder(rows, 3, -54)).toBe(3);
    expect(placeUnder(rows, 3, -56)).toBe(2);
  });

  it("reaches both ends, however far the finger goes", () => {
    expect(placeUnder(rows, 1, 900)).toBe(3);
    expect(placeUnder(rows, 2, -900)).toBe(0);
  });
});
