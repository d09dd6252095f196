import type { SavedAnswer } from "../exam/contract.ts";
import type { WaitingEvent } from "../exam/storage.ts";
import { numberIn, type SymbolsSetup } from "./setup.ts";

/** Where to go on: row `row` of `column` (both from 0), of whose time `elapsed` ms are used up. */
export interface SymbolPlace {
  column: number;
  row: number;
  elapsed: number;
}

/** With less than this left, a column is over: nobody could look at a row and answer it. */
const TOO_LITTLE_MS = 1_500;
/** Faster than this nobody can see which symbol is missing: a second touch of the same tap, not an answer. */
export const SEES_NOTHING_MS = 150;

/**
 * Where a sheet goes on after a reload: in the column that was begun last, behind its last answer, with the time that
 * was used up by then. A column's clock counts only while its rows are on the screen, so `kept` (what this device
 * noted each second) and the last answer's `t_ms` are both honest; the later one counts.
 */
export function resumeAt(
  setup: SymbolsSetup,
  answered: ReadonlyMap<string, number>,
  kept: { column: number; elapsed: number } | null,
): SymbolPlace {
  const begun = setup.columns.findLastIndex((column) => column.rows.some((row) => answered.has(row.id)));
  const column = Math.max(begun, kept?.column ?? -1);
  if (column < 0) return { column: 0, row: 0, elapsed: 0 };
  if (column >= setup.columns.length) return { column: setup.columns.length, row: 0, elapsed: 0 };
  const rows = setup.columns[column]!.rows;
  const row = rows.findLastIndex((each) => answered.has(each.id)) + 1;
  const times = rows.map((each) => answered.get(each.id) ?? 0);
  const elapsed = Math.max(...times, 0, kept?.column === column ? kept.elapsed : 0);
  const over = row >= rows.length || elapsed > setup.seconds_per_column * 1000 - TOO_LITTLE_MS;
  return over ? { column: column + 1, row: 0, elapsed: 0 } : { column, row, elapsed };
}

/** Row id → ms since its column's onset, of what the server has and of what still waits here. */
export function answeredRows(
  saved: Record<string, SavedAnswer>,
  waiting: readonly Pick<WaitingEvent, "kind" | "item_id" | "value">[],
): Map<string, number> {
  const found = new Map<string, number>();
  for (const [id, answer] of Object.entries(saved)) found.set(id, numberIn(answer.value, "t_ms") ?? 0);
  for (const event of waiting) {
    if (event.kind === "answer" && event.item_id) found.set(event.item_id, numberIn(event.value, "t_ms") ?? 0);
  }
  return found;
}

/** Four rows to try, always the same; each is worked until it is right, and none of it is sent. */
export const PRACTICE_KEY = ["circle", "triangle", "star", "square", "wave"];
export const PRACTICE_ROWS = [
  { shown: ["star", "circle", "wave", "square"], missing: "triangle" },
  { shown: ["triangle", "square", "circle", "star"], missing: "wave" },
  { shown: ["wave", "star", "triangle", "square"], missing: "circle" },
  { shown: ["square", "wave", "circle", "triangle"], missing: "star" },
];
