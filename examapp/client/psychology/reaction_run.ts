export interface RunSpec {
  foreperiodMs: number;
  timeoutMs: number;
  /** One frame of this screen. */
  frameMs: number;
}

export type Pressed = { kind: "answer"; rt: number } | { kind: "early" } | { kind: "nothing" };
export type Phase = "idle" | "waiting" | "drawing" | "shown" | "over";

/** After so many early presses in one trial the next ones are passed over: waiting must come to an end. */
const EARLY_MOST = 2;

/**
 * One trial of the choice reaction, free of any browser: told of frames, presses and interruptions, it says what to do.
 *
 * The onset is the time of the first frame after the one that drew the arrow: by then it is on the glass. Times are
 * those of requestAnimationFrame and of events, which share a clock; handlers that run late change nothing.
 */
export class ReactionRun {
  phase: Phase = "idle";
  private began = 0;
  private onset = 0;
  private early = 0;
  private readonly spec: RunSpec;

  constructor(spec: RunSpec) {
    this.spec = spec;
  }

  /** A frame at `at`: "show" draws the arrow in this very frame; "timeout" ends the trial without an answer. */
  frame(at: number): "show" | "timeout" | null {
    switch (this.phase) {
      case "idle":
        this.began = at;
        this.phase = "waiting";
        return null;
      case "waiting":
        // Half a frame early is nearer to the wanted moment than a whole frame late.
        if (at - this.began < this.spec.foreperiodMs - this.spec.frameMs / 2) return null;
        this.phase = "drawing";
        return "show";
      case "drawing":
        this.onset = at;
        this.phase = "shown";
        return null;
      case "shown":
        if (at - this.onset < this.spec.timeoutMs) return null;
        this.phase = "over";
        return "timeout";
      case "over":
        return null;
    }
  }

  /** A press whose event says `at`. Too early begins the wait anew, so that nobody gains by guessing. */
  press(at: number): Pressed {
    if (this.phase === "waiting") {
      this.early += 1;
      if (this.early > EARLY_MOST) return { kind: "nothing" };
      this.phase = "idle";
      return { kind: "early" };
    }
    if (this.phase === "drawing") {
      this.phase = "over";
      return { kind: "answer", rt: 0 };
    }
    if (this.phase !== "shown" || at - this.onset > this.spec.timeoutMs) return { kind: "nothing" };
    this.phase = "over";
    return { kind: "answer", rt: Math.max(0, at - this.onset) };
  }

  /** Nobody looks any more. An arrow that was not shown yet comes later; one that was seen is not shown twice. */
  interrupt(): "again" | "lapse" {
    const seen = this.phase === "shown" || this.phase === "drawing";
    this.phase = seen ? "over" : "idle";
    return seen ? "lapse" : "again";
  }
}
