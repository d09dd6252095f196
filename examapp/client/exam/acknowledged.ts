import type { Acknowledgement, AttemptView } from "./contract.ts";
import type { WaitingEvent } from "./storage.ts";

/**
 * What the server has acknowledged on this page. A view of the sitting may have been on its way while an answer was
 * acknowledged: it would show that answer as never given, though the server has it.
 */
export class Acknowledged {
  private readonly newest = new Map<string, number>();
  private readonly seen: [event: WaitingEvent, ack: Acknowledgement][] = [];

  /** How many there are; what a view asked for now may lack begins here. */
  get count(): number {
    return this.seen.length;
  }

  /** Take one in. False when a newer one of the same thing came before: batches overtake each other. */
  note(event: WaitingEvent, ack: Acknowledgement): boolean {
    const thing = thingOf(event);
    if (thing === null || event.sequence < (this.newest.get(thing) ?? 0)) return false;
    this.newest.set(thing, event.sequence);
    this.seen.push([event, ack]);
    return true;
  }

  /** Bring a view that was asked for when `from` were acknowledged up to date. */
  applyTo(view: AttemptView, from: number): void {
    for (const [event, ack] of this.seen.slice(from)) apply(view, event, ack);
  }
}

/** An answer and a mark of one item are two things. */
function thingOf(event: WaitingEvent): string | null {
  if (!event.item_id) return null;
  const what = event.kind === "mark" || event.kind === "unmark" ? "mark" : "answer";
  return `${event.part} ${what} ${event.item_id}`;
}

/** Write one acknowledged event into a view of its part. */
export function apply(view: AttemptView, event: WaitingEvent, ack: Acknowledgement): void {
  const item = event.item_id;
  if (!item || event.part !== view.part || ack.status === "superseded") return;
  if (event.kind === "mark" && !view.marks.includes(item)) view.marks.push(item);
  if (event.kind === "unmark") view.marks = view.marks.filter((each) => each !== item);
  if (event.kind === "clear") delete view.answers[item];
  if (event.kind === "answer") {
    view.answers[item] = { value: event.value ?? null, received_at: ack.received_at, late: ack.status === "late" };
  }
}
