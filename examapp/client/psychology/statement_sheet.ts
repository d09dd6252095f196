import type { SavedAnswer } from "../exam/contract.ts";
import type { WaitingEvent } from "../exam/storage.ts";
import { numberIn, type StatementsSetup } from "./setup.ts";
import { Stopwatch } from "./stopwatch.ts";

export interface StatementAnswer {
  choice: number;
  rt_ms: number;
}

/** The agreement scale as this page shows it: where one is, what was chosen, and how long each statement was looked at. */
export class StatementSheet {
  cursor = 0;
  private readonly choices = new Map<string, number>();
  private readonly watches = new Map<string, Stopwatch>();
  private setup: StatementsSetup;

  constructor(
    setup: StatementsSetup,
    saved: Record<string, SavedAnswer>,
    waiting: readonly Pick<WaitingEvent, "kind" | "item_id" | "value">[],
  ) {
    this.setup = setup;
    for (const [id, answer] of Object.entries(saved)) this.keep(id, answer.value);
    for (const event of waiting) if (event.kind === "answer" && event.item_id) this.keep(event.item_id, event.value);
    const open = this.open();
    this.cursor = open[0] ?? this.length;
  }

  get length(): number {
    return this.setup.statements.length;
  }

  get scale(): readonly string[] {
    return this.setup.scale;
  }

  get done(): number {
    return this.length - this.open().length;
  }

  /** Past the last statement: everything was seen. */
  get atEnd(): boolean {
    return this.cursor >= this.length;
  }

  get statement(): { id: string; text: string } {
    return this.setup.statements[this.cursor]!;
  }

  get choice(): number | null {
    return this.choices.get(this.statement.id) ?? null;
  }

  /** Places without an answer, in order. */
  open(): number[] {
    return this.setup.statements.flatMap((each, index) => (this.choices.has(each.id) ? [] : [index]));
  }

  /** The same statements in another language. */
  translate(setup: StatementsSetup): void {
    this.setup = setup;
  }

  look(now: number): void {
    if (!this.atEnd) this.watch().run(now);
  }

  lookAway(now: number): void {
    if (!this.atEnd) this.watch().pause(now);
  }

  /** Choose 1-5 at `now`: the answer for the wire. Time counts over all the moments this statement was on the screen. */
  choose(choice: number, now: number): StatementAnswer {
    this.choices.set(this.statement.id, choice);
    return { choice, rt_ms: Math.round(this.watch().read(now)) };
  }

  move(to: number, now: number): void {
    this.lookAway(now);
    this.cursor = Math.min(Math.max(0, to), this.length);
  }

  private watch(): Stopwatch {
    const { id } = this.statement;
    const known = this.watches.get(id) ?? new Stopwatch();
    this.watches.set(id, known);
    return known;
  }

  private keep(id: string, value: unknown): void {
    const choice = numberIn(value, "choice");
    const before = numberIn(value, "rt_ms");
    if (choice === null) return;
    this.choices.set(id, choice);
    this.watches.set(id, new Stopwatch(before ?? 0));
  }
}
