import { describe, expect, it } from "vitest";
import { Acknowledged } from "./acknowledged.ts";
import type { Acknowledgement, AttemptView } from "./contract.ts";
import type { WaitingEvent } from "./storage.ts";

const AT = "2026-11-23T03:41:07.000Z";
const SAVED: Acknowledgement = { uuid: "u", status: "saved", sequence: 1, received_at: AT };

function view(answers: Record<string, string> = {}): AttemptView {
  const saved = Object.entries(answers).map(([item, value]) => [item, { value: [value], received_at: AT, late: false }]);
  return { part: "theory", answers: Object.fromEntries(saved), marks: [] } as unknown as AttemptView;
}

function event(sequence: number, item_id: string, value: string | null, kind = value ? "answer" : "clear"): WaitingEvent {
  const value_ = value ? { value: [value] } : {};
  return { sequence, uuid: `u${sequence}`, attempt: "a", epoch: 1, part: "theory", kind, item_id, client_time_ms: 0, ...value_ };
}

function values(of: AttemptView): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of.answers).map(([item, answer]) => [item, answer.value]));
}

describe("a view that was on its way while answers were acknowledged", () => {
  it("shows them all the same", () => {
    const acks = new Acknowledged();
    acks.note(event(1, "q1", "a"), SAVED);
    const from = acks.count;
    acks.note(event(2, "q2", "b"), SAVED);
    acks.note(event(3, "q3", null), SAVED);
    acks.note({ ...event(4, "q2", null), kind: "mark" }, SAVED);
    const late = view({ q1: "c", q3: "a" });
    acks.applyTo(late, from);
    // What was acknowledged before it was asked for is the server's to tell: another device may have changed it.
    expect(values(late)).toEqual({ q1: ["c"], q2: ["b"] });
    expect(late.marks).toEqual(["q2"]);
  });

  it("is not set back by an older answer that is acknowledged after a newer one", () => {
    const acks = new Acknowledged();
    expect(acks.note(event(6, "q1", "b"), SAVED)).toBe(true);
    expect(acks.note(event(5, "q1", "a"), SAVED)).toBe(false);
    const late = view();
    acks.applyTo(late, 0);
    expect(values(late)).toEqual({ q1: ["b"] });
  });

  it("takes over no answer of a device that was replaced, and none of another part", () => {
    const acks = new Acknowledged();
    acks.note(event(1, "q1", "a"), { ...SAVED, status: "superseded" });
    acks.note({ ...event(2, "q2", "a"), part: "statements" }, SAVED);
    const late = view();
    acks.applyTo(late, 0);
    expect(values(late)).toEqual({});
  });
});
