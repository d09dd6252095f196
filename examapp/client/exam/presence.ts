import { need } from "./dom.ts";

/** What the page itself can tell: whether it is seen, whether it fills the screen. Each becomes an event. */
export type PresenceKind = "page.hidden" | "page.visible" | "fullscreen.left" | "fullscreen.entered";

export interface PresenceEvents {
  happened(kind: PresenceKind): void;
  /** The page is looked at again: clocks and camera may have stood still. */
  back(): void;
}

export class Presence {
  private readonly on: PresenceEvents;
  private lock: WakeLockSentinel | null = null;
  private active = false;

  constructor(on: PresenceEvents) {
    this.on = on;
    document.addEventListener("visibilitychange", () => this.visibility());
    document.addEventListener("fullscreenchange", () => {
      if (this.active) this.on.happened(document.fullscreenElement ? "fullscreen.entered" : "fullscreen.left");
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.on.back();
    });
  }

  /** From now on watch, and keep the screen awake where the browser can. */
  start(): void {
    this.active = true;
    void this.stayAwake();
  }

  stop(): void {
    this.active = false;
    void this.lock?.release().catch(() => undefined);
    this.lock = null;
  }

  get canFill(): boolean {
    return document.fullscreenEnabled === true;
  }

  /** Fill the screen; only a tap may ask for it, and a refusal is no harm. */
  async fill(): Promise<void> {
    if (!this.canFill || document.fullscreenElement) return;
    await document.documentElement.requestFullscreen({ navigationUI: "hide" }).catch(() => undefined);
  }

  async leaveFull(): Promise<void> {
    this.active = false;
    if (document.fullscreenElement) await document.exitFullscreen().catch(() => undefined);
  }

  private visibility(): void {
    const hidden = document.visibilityState === "hidden";
    if (this.active) this.on.happened(hidden ? "page.hidden" : "page.visible");
    if (!hidden) {
      void this.stayAwake();
      this.on.back();
    }
  }

  private async stayAwake(): Promise<void> {
    if (!this.active || !("wakeLock" in navigator) || document.visibilityState !== "visible") return;
    this.lock = await navigator.wakeLock.request("screen").catch(() => null);
  }
}

/** The button among the tools that fills the screen, where the browser can. */
export function wireFullScreen(presence: Presence): void {
  const button = need("fill-screen");
  button.hidden = !presence.canFill;
  button.addEventListener("click", () => {
    need<HTMLDialogElement>("tools").close();
    void presence.fill();
  });
}
