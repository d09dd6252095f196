import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Sitting, type SittingEvents } from "./sitting.ts";

const LATER = "2026-11-23T04:30:00.000Z";
const quiet: SittingEvents = {
  context: () => undefined,
  acknowledged: () => undefined,
  rejected: () => undefined,
  line: () => undefined,
  elsewhere: () => undefined,
  signedOut: () => undefined,
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
  vi.stubGlobal("window", Object.assign(new EventTarget(), { setInterval, clearInterval }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("an exam in which nothing happens", () => {
  it("hears of extra time within five seconds of its being given, again and again", async () => {
    let deadline = "2026-11-23T04:00:00.000Z";
    vi.stubGlobal("fetch", () => {
      const reply = { now: "2026-11-23T03:41:07.000Z", deadline, state: "running", notices: [], epoch: 1 };
      return Promise.resolve(new Response(JSON.stringify(reply)));
    });
    const heard: (string | null)[] = [];
    const sitting = await Sitting.open("a-1", "token", { ...quiet, context: (reply) => heard.push(reply.deadline) });
    await sitting.claim(false);
    await vi.advanceTimersByTimeAsync(17_300);
    expect(heard.at(-1)).toBe(deadline);
    deadline = LATER;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(heard.at(-1)).toBe(LATER);
    const before = heard.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard.length - before).toBeGreaterThanOrEqual(12);
    expect(heard.length - before).toBeLessThanOrEqual(20);
  });
});
