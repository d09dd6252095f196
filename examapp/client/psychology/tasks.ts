import type { AttemptView, Json } from "../exam/contract.ts";
import { tryStorage } from "../exam/device.ts";
import type { WaitingEvent } from "../exam/storage.ts";
import { breakPlugin } from "./break_plugin.ts";
import { tenth } from "./device_timing.ts";
import { reactionPlugin } from "./reaction_plugin.ts";
import type { PsychologyPart, ReactionSetup, StatementsSetup, SymbolsSetup } from "./setup.ts";
import { statementPlugin } from "./statement_plugin.ts";
import { StatementSheet } from "./statement_sheet.ts";
import { symbolColumnPlugin } from "./symbol_plugin.ts";
import { symbolPracticePlugin } from "./symbol_practice_plugin.ts";
import { answeredRows, PRACTICE_KEY, PRACTICE_ROWS, resumeAt, type SymbolPlace } from "./symbol_sheet.ts";
import { runTimeline, type TaskRoom, type TimelineNode } from "./task_room.ts";

export interface Running {
  /** Resolves to whether the part came to its own end (false: its time was over, or it went on elsewhere). */
  done: Promise<boolean>;
  /** The set-up in another language. */
  translate(setup: Json | undefined): void;
}

/** Begin or go on with a part on `stage`, from what the server has and what still waits on this device. */
export function runPart(
  part: PsychologyPart,
  stage: HTMLElement,
  view: AttemptView,
  waiting: readonly WaitingEvent[],
  room: TaskRoom,
): Running {
  const unchanged = (): void => undefined;
  switch (part) {
    case "statements":
      return statements(stage, view, waiting, room);
    case "missing_symbol":
      return { done: missingSymbol(stage, view, waiting, room), translate: unchanged };
    case "choice_reaction":
      return { done: choiceReaction(stage, view, waiting, room), translate: unchanged };
  }
}

function statements(
  stage: HTMLElement,
  view: AttemptView,
  waiting: readonly WaitingEvent[],
  room: TaskRoom,
): Running {
  const sheet = new StatementSheet(view.setup as unknown as StatementsSetup, view.answers, waiting);
  const Statement = statementPlugin(room, sheet);
  const one = { type: Statement, position: () => sheet.cursor };
  const pages = { timeline: [one], loop_function: () => !sheet.atEnd };
  return {
    done: askUntilDone(stage, sheet, pages, room),
    translate: (setup) => setup && sheet.translate(setup as unknown as StatementsSetup),
  };
}

/** Once through; then what was left open is offered again, and the end is the applicant's own word. */
async function askUntilDone(
  stage: HTMLElement,
  sheet: StatementSheet,
  pages: TimelineNode,
  room: TaskRoom,
): Promise<boolean> {
  const Break = breakPlugin(room);
  for (;;) {
    if (!sheet.atEnd && !(await runTimeline(stage, [pages], room))) return false;
    const open = sheet.open();
    if (open.length === 0) return true;
    const gaps = { n: open.length };
    const ask = { type: Break, title: "statements_open", text: "statements_open_text", button: "statements_look", gaps };
    if (!(await runTimeline(stage, [ask], room))) return false;
    sheet.move(open[0]!, performance.now());
  }
}

async function missingSymbol(
  stage: HTMLElement,
  view: AttemptView,
  waiting: readonly WaitingEvent[],
  room: TaskRoom,
): Promise<boolean> {
  const setup = view.setup as unknown as SymbolsSetup;
  const notes = new ColumnNotes(view.attempt.id);
  const answered = answeredRows(view.answers, waiting);
  const kept = notes.read();
  const start = resumeAt(setup, answered, kept);
  const fresh = answered.size === 0 && kept === null;
  const timeline = [...(fresh ? practiceRows(room) : []), ...columns(setup, start, fresh, notes, room)];
  // A sheet whose every column is over already needs no engine.
  const done = timeline.length === 0 || (await runTimeline(stage, timeline, room));
  if (done) notes.forget();
  return done;
}

function practiceRows(room: TaskRoom): TimelineNode[] {
  const Practice = symbolPracticePlugin(room);
  const total = PRACTICE_ROWS.length;
  return PRACTICE_ROWS.map((row, index) => ({
    type: Practice,
    key: PRACTICE_KEY,
    shown: row.shown,
    missing: row.missing,
    number: index + 1,
    total,
  }));
}

function columns(
  setup: SymbolsSetup,
  start: SymbolPlace,
  fresh: boolean,
  notes: ColumnNotes,
  room: TaskRoom,
): TimelineNode[] {
  const Break = breakPlugin(room);
  const Column = symbolColumnPlugin(room, (column, elapsed) => notes.write(column, elapsed));
  const total = setup.columns.length;
  return setup.columns.slice(start.column).flatMap(({ key, rows }, index) => {
    const column = start.column + index;
    const here = index === 0;
    const gaps = { n: column, next: column + 1, total, seconds: setup.seconds_per_column };
    const first = { type: Break, title: "column_first", text: "column_first_text", button: "column_begin", gaps };
    const rest = { type: Break, title: "column_done", text: "column_done_text", button: "column_next", gaps };
    const run = {
      type: Column,
      column,
      columns: total,
      key,
      rows,
      first_row: here ? start.row : 0,
      elapsed_ms: here ? start.elapsed : 0,
      limit_ms: setup.seconds_per_column * 1000,
    };
    // Going on after a reload was just asked for by a button of its own.
    if (here && !fresh) return [run];
    return [column === 0 ? first : rest, run];
  });
}

/** How far the clock of the running column has come, kept on this device: a reload gives no time back. */
class ColumnNotes {
  private readonly key: string;

  constructor(attempt: string) {
    this.key = `simexam.column.${attempt}`;
  }

  read(): { column: number; elapsed: number } | null {
    try {
      const found: unknown = JSON.parse(tryStorage("localStorage")?.getItem(this.key) ?? "null");
      const { column, elapsed } = (found ?? {}) as Record<string, unknown>;
      return typeof column === "number" && typeof elapsed === "number" ? { column, elapsed } : null;
    } catch {
      return null;
    }
  }

  write(column: number, elapsed: number): void {
    try {
      tryStorage("localStorage")?.setItem(this.key, JSON.stringify({ column, elapsed: Math.round(elapsed) }));
    } catch {
      // Then the last answer's time has to do.
    }
  }

  forget(): void {
    tryStorage("localStorage")?.removeItem(this.key);
  }
}

async function choiceReaction(
  stage: HTMLElement,
  view: AttemptView,
  waiting: readonly WaitingEvent[],
  room: TaskRoom,
): Promise<boolean> {
  const setup = view.setup as unknown as ReactionSetup;
  const answered = answeredRows(view.answers, waiting);
  const left = setup.trials.filter((trial) => !answered.has(trial.id));
  const device = (): void => room.answer("device", { delay_ms: tenth(room.timing.delayMs) });
  const practice = left.filter((trial) => trial.practice);
  const scored = left.filter((trial) => !trial.practice);
  const gaps = { n: setup.trials.filter((trial) => !trial.practice).length };
  const counts = { type: breakPlugin(room), title: "now_it_counts", text: "now_it_counts_text", button: "begin", gaps };
  const trials = trialsOf(setup, room);
  const timeline = [
    ...practice.map(trials),
    ...(practice.length > 0 && scored.length > 0 ? [counts] : []),
    ...scored.map(trials),
  ];
  const done = timeline.length === 0 || (await runTimeline(stage, timeline, room));
  if (done) device();
  return done;
}

function trialsOf(setup: ReactionSetup, room: TaskRoom): (trial: ReactionSetup["trials"][number]) => TimelineNode {
  const Reaction = reactionPlugin(room);
  const responses = [...new Set(Object.values(setup.mapping))];
  return (trial) => {
    const kind = setup.trials.filter((each) => each.practice === trial.practice);
    return {
      type: Reaction,
      item: trial.id,
      stimulus: trial.stimulus,
      right: setup.mapping[trial.stimulus],
      responses,
      foreperiod_ms: trial.foreperiod_ms,
      timeout_ms: setup.timeout_ms,
      practice: trial.practice,
      number: kind.indexOf(trial) + 1,
      total: kind.length,
    };
  };
}
