import type { Clock } from "./clock.ts";
import { countdown, need } from "./dom.ts";
import type { Texts } from "./texts.ts";

const ANNOUNCED_MINUTES = [10, 5, 1];
const TICK_MS = 250;

/** The time left, from the server's deadline. It says 10, 5 and 1 minute aloud, once each, and never hurries. */
export class PartTimer {
  private deadline: string | null = null;
  private before = Number.POSITIVE_INFINITY;
  private ended = false;
  private interval = 0;
  private readonly clock: Clock;
  private readonly texts: Texts;
  private readonly over: () => void;

  constructor(clock: Clock, texts: Texts, over: () => void) {
    this.clock = clock;
    this.texts = texts;
    this.over = over;
  }

  /** Follow this deadline; a later one, after extra time, takes over without a word. */
  follow(deadline: string): void {
    if (this.deadline !== deadline) this.ended = false;
    this.deadline = deadline;
    need("timer").hidden = false;
    if (!this.interval) this.interval = window.setInterval(() => this.tick(), TICK_MS);
    this.tick();
  }

  stop(): void {
    window.clearInterval(this.interval);
    this.interval = 0;
  }

  get remaining(): number {
    return this.deadline && this.clock.known ? this.clock.remaining(this.deadline) : Number.POSITIVE_INFINITY;
  }

  private tick(): void {
    const left = this.remaining;
    if (!Number.isFinite(left)) return;
    const text = countdown(left);
    if (need("timer-text").textContent !== text) need("timer-text").textContent = text;
    for (const minutes of ANNOUNCED_MINUTES) {
      if (left <= minutes * 60_000 && this.before > minutes * 60_000 && this.before !== Number.POSITIVE_INFINITY) {
        need("announce").textContent = this.texts.say(minutes === 1 ? "minute_left" : "minutes_left", { n: minutes });
      }
    }
    this.before = left;
    // A guessed clock may be wrong: only the server's own time ends a part.
    if (left <= 0 && !this.ended && !this.clock.assumed) {
      this.ended = true;
      this.over();
    }
  }
}
