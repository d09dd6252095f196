export type Cause = "hidden" | "blur" | "dialog";

/**
 * Whether somebody looks at the page. Away begins when the page is hidden, loses the focus or shows a dialog; it ends
 * only when the applicant says so, so that no timed task runs on while a phone rings.
 */
export class Attention {
  cause: Cause | null = null;
  private since = 0;
  private readonly leaving = new Set<() => void>();
  private readonly waiting = new Set<() => void>();
  private readonly changed: (away: boolean) => void;
  private readonly note: (cause: Cause, ms: number) => void;
  private watching = false;

  /** `changed` shows or hides the cover; `note` is told of every pause and its length. */
  constructor(changed: (away: boolean) => void, note: (cause: Cause, ms: number) => void) {
    this.changed = changed;
    this.note = note;
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave("hidden");
    });
    window.addEventListener("blur", () => this.leave("blur"));
  }

  get away(): boolean {
    return this.cause !== null;
  }

  /** Pauses matter from now on (a timed task runs), or no longer. */
  watch(on: boolean): void {
    this.watching = on;
    if (!on) this.comeBack();
  }

  leave(cause: Cause): void {
    if (!this.watching || this.cause) return;
    this.cause = cause;
    this.since = performance.now();
    for (const listener of [...this.leaving]) listener();
    this.changed(true);
  }

  /** The applicant goes on. */
  comeBack(): void {
    if (!this.cause) return;
    this.note(this.cause, Math.round(performance.now() - this.since));
    this.cause = null;
    this.changed(false);
    for (const resolve of [...this.waiting]) resolve();
    this.waiting.clear();
  }

  /** Resolves once somebody looks. */
  present(): Promise<void> {
    return this.away ? new Promise((done) => this.waiting.add(done)) : Promise.resolve();
  }

  onLeave(listener: () => void, signal: AbortSignal): void {
    this.leaving.add(listener);
    signal.addEventListener("abort", () => this.leaving.delete(listener), { once: true });
  }
}
