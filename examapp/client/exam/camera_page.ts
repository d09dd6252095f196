import { Api, Refused } from "./api.ts";
import { Camera, type CameraState } from "./camera.ts";
import { Clock } from "./clock.ts";
import { need } from "./dom.ts";
import { measureLine } from "./line_check.ts";
import { insist } from "./sitting.ts";
import { Texts } from "./texts.ts";

/** Under this mean brightness (0-255) a face is hard to see; over the other it is bleached. */
const DARK = 60;
const BRIGHT = 215;
/** A picture of 25 kB every two seconds, twice over. */
const ENOUGH_KBIT = 200;

/** Camera and line, tried before the exam; neither bars the way, each says what to do about it. */
export class CameraPage {
  private readonly texts = Texts.fromPage(document);
  private readonly page = need("camera-check");
  private readonly token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  private readonly api = new Api(this.page.dataset["attempt"]!, this.token, new Clock());
  private readonly camera = new Camera(need<HTMLVideoElement>("preview"), (state) => this.changed(state));

  open(): void {
    need("camera-on").addEventListener("click", () => void this.camera.start());
    need("camera-retry").addEventListener("click", () => void this.camera.start());
    for (const id of ["go-on", "go-on-without"]) need(id).addEventListener("click", () => void this.goOn());
    window.setInterval(() => this.light(), 700);
    void this.line();
    // Where permission was given before, nothing needs to be pressed.
    navigator.permissions
      ?.query({ name: "camera" as PermissionName })
      .then((found) => {
        if (found.state === "granted") void this.camera.start();
      })
      .catch(() => undefined);
  }

  private changed(state: CameraState): void {
    const ok = state === "ok";
    const trouble = !["ok", "off", "starting"].includes(state);
    need("preview-wait").hidden = ok;
    need("camera-on").hidden = state !== "off";
    need("go-on").hidden = !ok;
    need("camera-starting").hidden = state !== "starting";
    need("trouble").hidden = !trouble;
    need("camera-retry").hidden = !trouble;
    need("go-on-without").hidden = !trouble;
    for (const help of document.querySelectorAll<HTMLElement>("[data-trouble]")) {
      help.hidden = help.dataset["trouble"] !== state;
    }
    this.mark("camera", ok ? "good" : trouble ? "bad" : "wait", this.texts.say(`camera_${state}`));
    if (trouble) need("trouble").focus();
  }

  private light(): void {
    const brightness = this.camera.brightness();
    if (brightness === null) return;
    if (brightness < DARK) this.mark("light", "bad", this.texts.say("light_dark"));
    else if (brightness > BRIGHT) this.mark("light", "bad", this.texts.say("light_bright"));
    else this.mark("light", "good", this.texts.say("light_good"));
  }

  private async line(): Promise<void> {
    try {
      const found = await insist(() => measureLine(this.api, this.page.dataset["upload"]!, this.token));
      const mega = found.kbit >= 1000;
      const n = mega ? Math.round(found.kbit / 1000) : found.kbit;
      const gaps = { speed: this.texts.say(mega ? "speed_mbit" : "speed_kbit", { n }), delay: Math.round(found.roundTripMs) };
      const enough = found.kbit >= ENOUGH_KBIT;
      this.mark("line", enough ? "good" : "bad", this.texts.say(enough ? "line_good" : "line_slow", gaps));
    } catch {
      this.mark("line", "bad", this.texts.say("line_unknown"));
    }
  }

  private mark(row: string, tone: "good" | "bad" | "wait", text: string): void {
    const element = need(`check-${row}`);
    if (need(`check-${row}-text`).textContent !== text) need(`check-${row}-text`).textContent = text;
    element.className = `check check--${tone}`;
  }

  private async goOn(): Promise<void> {
    const { state } = this.camera;
    const camera = ["insecure", "starting", "off"].includes(state) ? "unsupported" : state;
    const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    try {
      await insist(() => this.api.post("/steps", { step: "camera", camera, timezone }));
      location.assign(this.page.dataset["next"]!);
    } catch (error) {
      this.mark("line", "bad", error instanceof Refused ? error.problem.message : this.texts.say("trouble"));
    }
  }
}
