import type { Api } from "./api.ts";
import type { Camera } from "./camera.ts";
import { tryStorage } from "./device.ts";

const SIDE = 480;
const MOST_BYTES = 25_000;
const TIMEOUT_MS = 10_000;

/**
 * Sends the camera's picture about every two seconds: one under way at the most, and none while an answer waits.
 * A picture that can't go now is dropped: the next one is newer.
 */
export class FrameSender {
  private underWay: AbortController | null = null;
  private timer = 0;
  private running = false;
  private readonly sequenceKey: string;
  private readonly api: Api;
  private readonly camera: Camera;
  private readonly intervalMs: number;
  private readonly mayGo: () => boolean;
  private readonly epoch: () => number;

  constructor(
    attempt: string,
    api: Api,
    camera: Camera,
    intervalMs: number,
    mayGo: () => boolean,
    epoch: () => number,
  ) {
    this.sequenceKey = `simexam.frame.${attempt}`;
    this.api = api;
    this.camera = camera;
    this.intervalMs = intervalMs;
    this.mayGo = mayGo;
    this.epoch = epoch;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.next(0);
  }

  stop(): void {
    this.running = false;
    window.clearTimeout(this.timer);
    this.giveWay();
  }

  /** An answer wants the line: whatever picture is under way is given up. */
  giveWay(): void {
    this.underWay?.abort();
  }

  private next(ms: number): void {
    this.timer = window.setTimeout(() => void this.tick(), ms);
  }

  private async tick(): Promise<void> {
    if (!this.running) return;
    const began = performance.now();
    if (this.mayGo() && !this.underWay) {
      const capturedAt = Date.now();
      const picture = await this.camera.picture(SIDE, MOST_BYTES);
      if (picture && this.mayGo()) await this.send(picture, capturedAt);
    }
    if (this.running) this.next(Math.max(200, this.intervalMs - (performance.now() - began)));
  }

  private async send(picture: Blob, capturedAt: number): Promise<void> {
    const controller = new AbortController();
    this.underWay = controller;
    try {
      await this.api.post("/frames", picture, {
        timeoutMs: TIMEOUT_MS,
        signal: controller.signal,
        priority: "low",
        headers: {
          "X-Frame-Sequence": String(this.takeSequence()),
          "X-Captured-At": String(capturedAt),
          "X-Sent-At": String(Date.now()),
          "X-Device-Epoch": String(this.epoch()),
        },
      });
    } catch {
      // Dropped. The server notes the gap; the applicant's answers don't wait for it.
    } finally {
      this.underWay = null;
    }
  }

  /** Rises over reloads too, so that a late picture of an earlier page can't pass for the newest. */
  private takeSequence(): number {
    const store = tryStorage("localStorage");
    const next = Number(store?.getItem(this.sequenceKey) ?? "0") + 1;
    try {
      store?.setItem(this.sequenceKey, String(next));
    } catch {
      return Math.floor(performance.now());
    }
    return next;
  }
}
