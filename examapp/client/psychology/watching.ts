import { Camera, type CameraState } from "../exam/camera.ts";
import { need } from "../exam/dom.ts";
import type { Sheets } from "../exam/sheets.ts";
import type { Texts } from "../exam/texts.ts";

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

/** The camera of this page: shown as a dot, its troubles said calmly and told to the server; the task goes on. */
export class Watching {
  readonly camera: Camera;
  private readonly texts: Texts;
  private readonly sheets: Sheets;
  private readonly told: (kind: string) => void;

  constructor(texts: Texts, sheets: Sheets, told: (kind: string) => void) {
    this.texts = texts;
    this.sheets = sheets;
    this.told = told;
    this.camera = new Camera(need<HTMLVideoElement>("camera"), () => this.changed());
    need("camera-again").addEventListener("click", () => void this.camera.start());
  }

  open(): void {
    if (this.camera.state !== "ok") void this.camera.start();
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
    if (state === "starting" || state === "off") return;
    this.tell();
    if (state === "ok") return this.sheets.close("camera");
    this.sheets.show("camera", this.texts.say(`camera_${state}_exam`), "amber", [
      { label: this.texts.say("try_again"), run: () => void this.camera.start() },
      { label: this.texts.say("understood"), run: () => undefined },
    ]);
  }
}
