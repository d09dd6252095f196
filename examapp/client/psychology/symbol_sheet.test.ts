import { describe, expect, it } from "vitest";
import { SYMBOL_NAMES } from "./glyphs.ts";
import type { SymbolsSetup } from "./setup.ts";
import { answeredRows, PRACTICE_KEY, PRACTICE_ROWS, resumeAt } from "./symbol_sheet.ts";

const setup: SymbolsSetup = {
  seconds_per_column: 60,
  columns: [1, 2, 3].map((column) => ({
    key: ["a", "b", "c", "d", "e"],
    rows: [1, 2, 3, 4, 5, 6].map((row) => ({ id: `c${column}r${row}`, shown: ["a", "b", "c", "d"] })),
  })),
};
const rows = (...given: [string, number][]): Map<string, number> => new Map(given);

describe("where a sheet goes on", () => {
  it("at its start when nothing was answered", () => {
    expect(resumeAt(setup, rows(), null)).toEqual({ column: 0, row: 0, elapsed: 0 });
  });

  it("behind the last answer of the column begun last, with its time used up", () => {
    const answered = rows(["c1r1", 900], ["c1r6", 9_000], ["c2r1", 1_100], ["c2r2", 21_400]);
    expect(resumeAt(setup, answered, null)).toEqual({ column: 1, row: 2, elapsed: 21_400 });
  });

  it("with the time this device noted where that is more", () => {
    expect(resumeAt(setup, rows(["c1r1", 900]), { column: 0, elapsed: 40_000 })).toEqual({
      column: 0,
      row: 1,
      elapsed: 40_000,
    });
    expect(resumeAt(setup, rows(["c1r1", 9_000]), { column: 0, elapsed: 5_000 }).elapsed).toBe(9_000);
  });

  it("in a column that was looked at without an answer: looking uses up time too", () => {
    expect(resumeAt(setup, rows(["c1r6", 900]), { column: 1, elapsed: 33_000 })).toEqual({
      column: 1,
      row: 0,
      elapsed: 33_000,
    });
  });

  it("in the next column when this one is worked through or its time is over", () => {
    expect(resumeAt(setup, rows(["c1r6", 30_000]), null)).toEqual({ column: 1, row: 0, elapsed: 0 });
    expect(resumeAt(setup, rows(["c1r2", 59_400]), null)).toEqual({ column: 1, row: 0, elapsed: 0 });
    expect(resumeAt(setup, rows(), { column: 1, elapsed: 0 })).toEqual({ column: 1, row: 0, elapsed: 0 });
  });

  it("past the last column when all is over", () => {
    expect(resumeAt(setup, rows(["c3r6", 50_000]), null).column).toBe(3);
    expect(resumeAt(setup, rows(), { column: 3, elapsed: 0 }).column).toBe(3);
  });

  it("from what the server has, and over it what still waits on the device", () => {
    const saved = { c1r1: { value: { symbol: "a", t_ms: 800 }, received_at: "", late: false } };
    const waiting = [{ kind: "answer", item_id: "c1r2", value: { symbol: "b", t_ms: 2_000 } }];
    expect(answeredRows(saved, waiting)).toEqual(rows(["c1r1", 800], ["c1r2", 2_000]));
  });
});

describe("the practice", () => {
  it("leaves out one symbol of the key in each row, and names it", () => {
    for (const { shown, missing } of PRACTICE_ROWS) {
      expect([...shown, missing].sort()).toEqual([...PRACTICE_KEY].sort());
    }
  });

  it("uses symbols that can be drawn", () => {
    expect(PRACTICE_KEY.every((name) => SYMBOL_NAMES.includes(name))).toBe(true);
  });
});
