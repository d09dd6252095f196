import { describe, expect, it } from "vitest";
import { ReactionRun } from "./reaction_run.ts";

const FRAME = 1000 / 60;
const spec = { foreperiodMs: 600, timeoutMs: 3000, frameMs: FRAME };

/** Frames from `from` until `run` does something; returns what it did and when. */
function frames(run: ReactionRun, from: number, most = 1000): { what: string; at: number } {
  for (let n = 0; n < most; n += 1) {
    const at = from + n * FRAME;
    const what = run.frame(at);
    if (what) return { what, at };
  }
  throw new Error("nothing happened");
}

function shown(run: ReactionRun, from = 1000): number {
  const { at } = frames(run, from);
  run.frame(at + FRAME);
  return at + FRAME;
}

describe("one arrow", () => {
  it("comes at the frame nearest to the end of its wait", () => {
    const { what, at } = frames(new ReactionRun(spec), 1000);
    expect(what).toBe("show");
    expect(Math.abs(at - 1600)).toBeLessThanOrEqual(FRAME / 2 + 0.001);
  });

  it("counts from the frame after the one that drew it, by the event's own time", () => {
    const run = new ReactionRun(spec);
    const onset = shown(run);
    expect(run.press(onset + 432.1)).toEqual({ kind: "answer", rt: expect.closeTo(432.1, 6) });
    expect(run.press(onset + 500)).toEqual({ kind: "nothing" });
    expect(run.frame(onset + 5000)).toBeNull();
  });

  it("ends without an answer at the time-out, and a later press changes nothing", () => {
    const run = new ReactionRun(spec);
    const onset = shown(run);
    expect(run.frame(onset + 2999)).toBeNull();
    expect(run.frame(onset + 3000)).toBe("timeout");
    expect(run.press(onset + 3001)).toEqual({ kind: "nothing" });
  });

  it("a press after the time-out is no answer, even before the frame that notices it", () => {
    const run = new ReactionRun(spec);
    const onset = shown(run);
    expect(run.press(onset + 3001)).toEqual({ kind: "nothing" });
    expect(run.frame(onset + 3010)).toBe("timeout");
  });
});

describe("too early", () => {
  it("begins the wait anew, so that guessing gains nothing", () => {
    const run = new ReactionRun(spec);
    run.frame(1000);
    expect(run.press(1500)).toEqual({ kind: "early" });
    const { at } = frames(run, 1516);
    expect(at).toBeGreaterThanOrEqual(1516 + 600 - FRAME);
  });

  it("comes to an end: the third early press is passed over", () => {
    const run = new ReactionRun(spec);
    for (const at of [1000, 1100]) {
      run.frame(at);
      expect(run.press(at + 50)).toEqual({ kind: "early" });
    }
    run.frame(1200);
    expect(run.press(1250)).toEqual({ kind: "nothing" });
    expect(frames(run, 1217).at).toBeLessThan(1200 + 600 + FRAME);
  });

  it("a press in the very frame of the arrow is an answer of no time: an anticipation", () => {
    const run = new ReactionRun(spec);
    const { at } = frames(run, 1000);
    expect(run.press(at + 3)).toEqual({ kind: "answer", rt: 0 });
  });
});

describe("an interruption", () => {
  it("before the arrow: it comes later, after a whole wait", () => {
    const run = new ReactionRun(spec);
    run.frame(1000);
    expect(run.interrupt()).toBe("again");
    expect(frames(run, 60_000).at).toBeGreaterThan(60_000 + 590);
  });

  it("after the arrow: nobody is shown the same arrow twice", () => {
    const run = new ReactionRun(spec);
    const onset = shown(run);
    expect(run.interrupt()).toBe("lapse");
    expect(run.press(onset + 400)).toEqual({ kind: "nothing" });
    expect(run.frame(onset + 416)).toBeNull();
  });
});
