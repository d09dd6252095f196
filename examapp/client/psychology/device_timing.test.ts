import { afterEach, describe, expect, it, vi } from "vitest";
import { DeviceTiming, median } from "./device_timing.ts";
import { Stopwatch } from "./stopwatch.ts";

afterEach(() => vi.unstubAllGlobals());

/** A screen whose frames come at these intervals, one at a time. */
function screen(intervals: number[]): void {
  let at = 100;
  let next = 0;
  vi.stubGlobal("requestAnimationFrame", (draw: (at: number) => void) => {
    at += intervals[next++ % intervals.length]!;
    const now = at;
    queueMicrotask(() => draw(now));
    return 0;
  });
}

const press = (timeStamp: number): Event => ({ timeStamp }) as Event;

describe("the device's timing", () => {
  it("is the median of its frames, so that one long frame tells nothing", async () => {
    screen([16, 16, 16, 16, 90]);
    const timing = new DeviceTiming();
    await timing.measureFrames(40);
    expect(timing.frameMs).toBeCloseTo(16, 6);
  });

  it("adds the wait of presses to one frame", () => {
    const timing = new DeviceTiming();
    for (const wait of [2, 4, 30]) timing.heard(press(1_000), 1_000 + wait);
    expect(timing.inputMs).toBe(4);
    expect(timing.delayMs).toBeCloseTo(1000 / 60 + 4, 6);
    expect(timing.report()).toEqual({ frame_ms: 16.7, delay_ms: 4 });
  });

  it("leaves out what a clock of another kind would give", () => {
    const timing = new DeviceTiming();
    timing.heard(press(1_700_000_000_000), 1_000);
    expect(timing.inputMs).toBeNull();
  });

  it("takes the middle of an even number", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});

describe("the stopwatch", () => {
  it("stands still while it is paused, however often that is said", () => {
    const watch = new Stopwatch(500);
    watch.run(100);
    watch.pause(300);
    watch.pause(900);
    expect(watch.read(5_000)).toBe(700);
    watch.run(5_000);
    watch.run(5_900);
    expect(watch.read(6_000)).toBe(1_700);
  });

  it("never counts back for an event from before its start", () => {
    const watch = new Stopwatch();
    watch.run(1_000);
    expect(watch.read(990)).toBe(0);
  });
});
