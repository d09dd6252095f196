const FRAMES = 45;
const PATIENCE_MS = 4_000;
const KEPT = 200;

/** How this device keeps time: its frame, and how long a press waits before the page hears of it. Milliseconds. */
export class DeviceTiming {
  /** Median interval of frames; 60 Hz until it was measured. */
  frameMs = 1000 / 60;
  private readonly delays: number[] = [];

  /** Look at some frames. A page that shows none (hidden) gives up after a while and keeps what it knew. */
  async measureFrames(count = FRAMES): Promise<void> {
    const times: number[] = [];
    await new Promise<void>((done) => {
      const patience = setTimeout(done, PATIENCE_MS);
      const look = (at: number): void => {
        times.push(at);
        if (times.length <= count) requestAnimationFrame(look);
        else {
          clearTimeout(patience);
          done();
        }
      };
      requestAnimationFrame(look);
    });
    const steps = times.slice(1).map((at, index) => at - times[index]!);
    if (steps.length >= 10) this.frameMs = median(steps);
  }

  /** An input event was heard at `heardAt` (performance.now()). */
  heard(event: Event, heardAt: number): void {
    const delay = heardAt - event.timeStamp;
    if (delay >= 0 && delay < 1_000 && this.delays.length < KEPT) this.delays.push(delay);
  }

  /** Median wait of presses; null before the first. */
  get inputMs(): number | null {
    return this.delays.length > 0 ? median(this.delays) : null;
  }

  /** What the browser can know of the device's delay: one frame until light, and the wait of a press. */
  get delayMs(): number {
    return this.frameMs + (this.inputMs ?? 0);
  }

  /** As the event `device.timing` carries it. */
  report(): { frame_ms: number; delay_ms: number } {
    return { frame_ms: tenth(this.frameMs), delay_ms: tenth(this.inputMs ?? 0) };
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
