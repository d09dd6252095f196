/** The two clocks of a device: one that only runs (`mono`), one that anybody may set (`wall`). Milliseconds. */
export interface DeviceClocks {
  mono(): number;
  wall(): number;
}

const DEVICE: DeviceClocks = { mono: () => performance.now(), wall: () => Date.now() };

/** A sample older than this gives way to a newer one even with a longer round trip: quartz drifts. */
const SAMPLE_LIFE_MS = 5 * 60_000;
/** Wall and running clock may part by this much before we suspect a sleep or a hand at the clock. */
const JUMP_MS = 1_500;
const SLACK_MS = 100;

interface Sample {
  offset: number;
  roundTrip: number;
  takenAt: number;
}

/**
 * The server's time, from its replies and the running clock alone: setting the device's clock changes nothing.
 *
 * Each reply bounds the offset to its middle ± half the round trip; the shortest round trip is kept. A reply that
 * contradicts the kept one shows that the running clock stood still (some devices stop it asleep): it takes over.
 */
export class Clock {
  private sample: Sample | null = null;
  private readonly device: DeviceClocks;
  private apart: number;
  private doubted = false;

  constructor(device: DeviceClocks = DEVICE) {
    this.device = device;
    this.apart = device.wall() - device.mono();
  }

  /** Take in a reply: the server's time in ms, and when (running clock) the request left and its answer began. */
  observe(serverMs: number, sentAt: number, receivedAt: number): void {
    const roundTrip = Math.max(0, receivedAt - sentAt);
    const fresh: Sample = { offset: serverMs - (sentAt + receivedAt) / 2, roundTrip, takenAt: receivedAt };
    const kept = this.sample;
    this.noticeJump();
    if (!kept || this.doubted || this.better(fresh, kept)) {
      this.sample = fresh;
      this.doubted = false;
    }
  }

  private better(fresh: Sample, kept: Sample): boolean {
    const bound = (fresh.roundTrip + kept.roundTrip) / 2 + SLACK_MS;
    return (
      fresh.roundTrip <= kept.roundTrip ||
      fresh.takenAt - kept.takenAt > SAMPLE_LIFE_MS ||
      Math.abs(fresh.offset - kept.offset) > bound
    );
  }

  /** Whether wall and running clock parted since the last look: a sleep, or a changed clock. Then ask the server. */
  noticeJump(): boolean {
    const apart = this.device.wall() - this.device.mono();
    const jumped = Math.abs(apart - this.apart) > JUMP_MS;
    this.apart = apart;
    if (jumped) this.doubted = true;
    return jumped;
  }

  /** Loaded without a line: go by this guess of the server's time (ms) until the first reply, whatever its quality. */
  assume(serverMs: number): void {
    if (this.sample) return;
    const now = this.device.mono();
    this.sample = { offset: serverMs - now, roundTrip: Number.POSITIVE_INFINITY, takenAt: now };
  }

  /** Whether the time is only a guess: good for showing, not for ending anything. */
  get assumed(): boolean {
    return this.sample?.roundTrip === Number.POSITIVE_INFINITY;
  }

  get known(): boolean {
    return this.sample !== null;
  }

  /** The server's time now, in ms since the epoch; NaN before the first reply. */
  now(): number {
    return this.sample ? this.device.mono() + this.sample.offset : Number.NaN;
  }

  /** Half of the round trip behind the present estimate: it can't be further off than this, in ms. */
  uncertainty(): number {
    return this.sample ? this.sample.roundTrip / 2 : Number.POSITIVE_INFINITY;
  }

  /** Milliseconds until `deadline` (ISO), by the server's time. */
  remaining(deadline: string): number {
    return Date.parse(deadline) - this.now();
  }
}
