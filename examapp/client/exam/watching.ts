import { Camera, type CameraState } from "./camera.ts";
import { need } from "./dom.ts";
import type { Sheets } from "./sheets.ts";
import type { Texts } from "./texts.ts";

/** How the camera's trouble is told to the server; what has no name there is a camera that is missing. */
const CAMERA_EVENTS: Partial<Record<CameraState, string>> = {
  ok: "camera.ok",
  lost: "camera.lost",
  refused: "camera.refused",
  missing: "camera.missing",
  in_use: "camera.in_use",
  insecure: "camera.missing",
  unsupported: "camera.missing",
};

/** The camera of a sitting's page: shown as a dot, its troubles said calmly and told to the server; the exam goes on. */
export class Watching {
  readonly camera: Camera;
  private readonly texts: Texts;
  private readonly sheets: Sheets;
  private readonly told: (kind: string) => void;
  private readonly speaks: () => boolean;

  /** `told` passes each change on to the server; while `speaks` is false the applicant reads of trouble only at the dot. */
  constructor(texts: Texts, sheets: Sheets, told: (kind: string) => void, speaks: () => boolean = () => true) {
    this.texts = texts;
    this.sheets = sheets;
    this.told = told;
    this.speaks = speaks;
    this.camera = new Camera(need<HTMLVideoElement>("camera"), () => this.changed());
    need("camera-again").addEventListener("click", () => void this.camera.start());
  }

  open(): void {
    if (this.camera.state !== "ok") void this.camera.start();
  }

  /** Questions are on: how the camera stands is told now, and its trouble said. */
  begin(): void {
    if (this.camera.state === "ok") {
      this.tell();
      this.say();
    } else void this.camera.start();
  }

  close(): void {
    this.camera.stop();
  }

  relabel(): void {
    const name = this.texts.say(`camera_${this.camera.state}`);
    need("camera-button").setAttribute("aria-label", name);
    need("camera-state").textContent = name;
  }

  /** Say how the camera stands now, as the part begins. */
  tell(): void {
    const kind = CAMERA_EVENTS[this.camera.state];
    if (kind) this.told(kind);
  }

  private changed(): void {
    const { state } = this.camera;
    this.relabel();
    need("camera").classList.toggle("camera-dot--amber", state !== "ok");
    need("camera-again").hidden = state === "ok" || state === "starting";
    if (!this.speaks() || state === "starting" || state === "off") return;
    this.tell();
    this.say();
  }

  private say(): void {
    const { state } = this.camera;
    if (state === "ok") return this.sheets.close("camera");
    this.sheets.show("camera", this.texts.say(`camera_${state}_exam`), "amber", [
      { label: this.texts.say("try_again"), run: () => void this.camera.start() },
      { label: this.texts.say("understood"), run: () => undefined },
    ]);
  }
}
