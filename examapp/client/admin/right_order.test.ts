import { describe, expect, it } from "vitest";
import { settled } from "./right_order.ts";

describe("a right order", () => {
  it("keeps what was written and puts new options last", () => {
    expect(settled("c, a", ["a", "b", "c"])).toEqual(["c", "a", "b"]);
  });

  it("forgets options that are gone, and doubles", () => {
    expect(settled("b; b | x  a", ["a", "b"])).toEqual(["b", "a"]);
    expect(settled("", ["a", "b"])).toEqual(["a", "b"]);
  });
});
