import { describe, expect, it } from "vitest";
import { Clock } from "./clock.ts";

const SERVER_START = Date.parse("2026-11-23T03:00:00.000Z");
const DAY = 86_400_000;

/** A world with a true time, and a device whose two clocks may go wrong. */
function world(wallError = 0) {
  const device = { true: 0, mono: 5_000, wall: SERVER_START + wallError };
  const clock = new Clock({ mono: () => device.mono, wall: () => device.wall });
  const pass = (ms: number): void => {
    device.true += ms;
    device.mono += ms;
    device.wall += ms;
  };
  return {
    clock,
    device,
    pass,
    serverNow: () => SERVER_START + device.true,
    reply(out: number, back: number): void {
      const sentAt = device.mono;
      pass(out);
      const stamped = SERVER_START + device.true;
      pass(back);
      clock.observe(stamped, sentAt, device.mono);
    },
    error: () => Math.abs(clock.now() - (SERVER_START + device.true)),
  };
}

describe("the server's time", () => {
  it.each([-DAY, 0, DAY])("does not care that the device's clock is wrong by %i ms", (wrong) => {
    const w = world(wrong);
    w.reply(30, 30);
    w.pass(600_000);
    expect(w.error()).toBeLessThanOrEqual(1);
    expect(w.clock.remaining(new Date(w.serverNow() + 60_000).toISOString())).toBeCloseTo(60_000, -1);
  });

  it("stays right when somebody sets the clock in the middle", () => {
    const w = world();
    w.reply(20, 20);
    w.device.wall += DAY;
    expect(w.clock.noticeJump()).toBe(true);
    w.pass(1_000);
    expect(w.error()).toBeLessThanOrEqual(1);
    expect(w.clock.noticeJump()).toBe(false);
  });

  it("keeps the reply with the shortest way, so that a slow one can't spoil it", () => {
    const w = world();
    w.reply(20, 20);
    w.pass(2_000);
    w.reply(10, 2_400);
    expect(w.error()).toBeLessThanOrEqual(20);
    expect(w.clock.uncertainty()).toBe(20);
  });

  it("follows the next reply after a sleep in which the running clock stood still", () => {
    const w = world();
    w.reply(20, 20);
    w.device.true += 120_000;
    w.device.wall += 120_000;
    expect(w.error()).toBeGreaterThan(100_000);
    w.reply(300, 300);
    expect(w.error()).toBeLessThanOrEqual(300);
  });

  it("follows a contradicting reply even if the wall clock stood still too", () => {
    const w = world();
    w.reply(20, 20);
    w.device.true += 5_000;
    w.reply(200, 200);
    expect(w.error()).toBeLessThanOrEqual(200);
  });

  it("gives up an old sample in the end, for quartz drifts", () => {
    const w = world();
    w.reply(20, 20);
    for (let minute = 0; minute < 6; minute += 1) {
      w.pass(60_000);
      w.device.mono += 6;
      w.reply(60, 60);
    }
    expect(w.error()).toBeLessThanOrEqual(61);
  });

  it("says that it knows nothing before the first reply", () => {
    const w = world();
    expect(w.clock.known).toBe(false);
    expect(w.clock.now()).toBeNaN();
  });

  it("goes by a guess until the first reply, however slow, and calls it a guess", () => {
    const w = world();
    w.clock.assume(w.device.true + 7_200_000);
    expect(w.clock.known).toBe(true);
    expect(w.clock.assumed).toBe(true);
    w.reply(4_000, 4_000);
    expect(w.clock.assumed).toBe(false);
    expect(w.error()).toBeLessThanOrEqual(4_000);
    w.clock.assume(0);
    expect(w.error()).toBeLessThanOrEqual(4_000);
  });
});
