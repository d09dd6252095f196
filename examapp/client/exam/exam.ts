import type { Acknowledgement, AttemptView, Item } from "./contract.ts";
import type { WaitingEvent } from "./storage.ts";

/** What became of the latest answer to an item. Only `saved` was said by the server. */
export type SaveState =
  | { kind: "none" }
  | { kind: "sending"; since: number }
  | { kind: "saved" | "late" | "superseded"; at: string }
  | { kind: "refused"; message: string };

export interface Answered {
  /** Option ids: the one chosen, all that were ticked, or a whole order. */
  value: readonly string[] | null;
  save: SaveState;
  /** The event that carries this answer, once it is written. */
  uuid: string | null;
}

const NONE: Answered = { value: null, save: { kind: "none" }, uuid: null };

/** The answer sheet as this page shows it: what the server has, and over it what still waits here. */
export class Exam {
  items: Item[];
  index = 0;
  private readonly answers = new Map<string, Answered>();
  private readonly marks = new Set<string>();

  constructor(view: Pick<AttemptView, "items" | "answers" | "marks">, waiting: readonly WaitingEvent[]) {
    this.items = view.items ?? [];
    for (const [item, saved] of Object.entries(view.answers)) {
      const value = chosen(saved.value);
      this.answers.set(item, {
        value,
        save: { kind: saved.late ? "late" : "saved", at: saved.received_at },
        uuid: null,
      });
    }
    for (const item of view.marks) this.marks.add(item);
    for (const event of waiting) this.replay(event);
    const open = this.items.findIndex((item) => !this.isAnswered(item.item_id));
    this.index = Math.max(0, open);
  }

  /** The same items in another language: places, answers and marks stay. */
  translate(items: Item[]): void {
    this.items = items;
  }

  get item(): Item {
    return this.items[this.index]!;
  }

  answer(item: string): Answered {
    return this.answers.get(item) ?? NONE;
  }

  isAnswered(item: string): boolean {
    return this.answer(item).value !== null;
  }

  isMarked(item: string): boolean {
    return this.marks.has(item);
  }

  unanswered(): number[] {
    return this.items.flatMap((item, index) => (this.isAnswered(item.item_id) ? [] : [index]));
  }

  marked(): number[] {
    return this.items.flatMap((item, index) => (this.isMarked(item.item_id) ? [index] : []));
  }

  /**
   * The applicant chose: shown at once, saved only when the server says so. The caller tells the returned answer which
   * event carries it; an earlier tap's event then finds its own, replaced answer, and can't pass for this one.
   */
  choose(item: string, value: readonly string[] | null, now: number): Answered {
    const fresh: Answered = { value, save: { kind: "sending", since: now }, uuid: null };
    this.answers.set(item, fresh);
    return fresh;
  }

  mark(item: string, on: boolean): void {
    if (on) this.marks.add(item);
    else this.marks.delete(item);
  }

  acknowledged(event: WaitingEvent, ack: Acknowledgement): void {
    const standing = event.item_id ? this.answers.get(event.item_id) : undefined;
    if (!standing || standing.uuid !== event.uuid) return;
    standing.save = { kind: ack.status, at: ack.received_at };
  }

  refused(event: WaitingEvent, message: string): void {
    const standing = event.item_id ? this.answers.get(event.item_id) : undefined;
    if (standing?.uuid === event.uuid) standing.save = { kind: "refused", message };
  }

  private replay(event: WaitingEvent): void {
    if (!event.item_id) return;
    if (event.kind === "mark" || event.kind === "unmark") this.mark(event.item_id, event.kind === "mark");
    if (event.kind !== "answer" && event.kind !== "clear") return;
    const value = event.kind === "answer" ? chosen(event.value ?? null) : null;
    this.answers.set(event.item_id, { value, save: { kind: "sending", since: 0 }, uuid: event.uuid });
  }
}

function chosen(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const ids = value.filter((each): each is string => typeof each === "string");
  return ids.length > 0 ? ids : null;
}
