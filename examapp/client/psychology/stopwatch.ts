/** Counts time that was really seen: it runs, pauses while nobody looks, and goes on. All times in ms of one clock. */
export class Stopwatch {
  private counted: number;
  private since: number | null = null;

  constructor(counted = 0) {
    this.counted = counted;
  }

  get running(): boolean {
    return this.since !== null;
  }

  run(now: number): void {
    this.since ??= now;
  }

  pause(now: number): void {
    this.counted = this.read(now);
    this.since = null;
  }

  /** What was counted by `now`; a moment before the start counts nothing back. */
  read(now: number): number {
    return this.counted + (this.since === null ? 0 : Math.max(0, now - this.since));
  }
}
