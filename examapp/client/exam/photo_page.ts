import { Api, Refused } from "./api.ts";
import { Camera, type CameraState } from "./camera.ts";
import { Clock } from "./clock.ts";
import { need, showPanel } from "./dom.ts";
import { insist } from "./sitting.ts";
import { Texts } from "./texts.ts";

const SIDE = 640;
const MOST_BYTES = 200_000;

/** The reference photo: take it, look at it, take it again, send it. */
export class PhotoPage {
  private readonly texts = Texts.fromPage(document);
  private readonly page = need("photo");
  private readonly token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  private readonly api = new Api(this.page.dataset["attempt"]!, this.token, new Clock());
  private readonly camera = new Camera(need<HTMLVideoElement>("preview"), (state) => this.changed(state));
  private taken: Blob | null = null;
  private shown = "";

  open(): void {
    need("take").addEventListener("click", () => void this.take());
    need("again").addEventListener("click", () => this.again());
    need("send").addEventListener("click", () => void this.send());
    need("without").addEventListener("click", () => void this.goOn());
    void this.camera.start();
  }

  private changed(state: CameraState): void {
    need<HTMLButtonElement>("take").disabled = state !== "ok";
    need("preview-wait").textContent = this.texts.say(`camera_${state}`);
    need("preview-wait").hidden = state === "ok";
    // Who has no camera goes on: people look at the sitting later, nothing is barred.
    need("without").hidden = ["ok", "off", "starting"].includes(state);
  }

  private async take(): Promise<void> {
    this.taken = await this.camera.picture(SIDE, MOST_BYTES, 0.86);
    if (!this.taken) return;
    URL.revokeObjectURL(this.shown);
    this.shown = URL.createObjectURL(this.taken);
    const image = need<HTMLImageElement>("taken");
    image.src = this.shown;
    this.problem("");
    showPanel("look");
    need("send").focus();
  }

  private again(): void {
    this.taken = null;
    showPanel("take");
    need("take").focus();
  }

  private async send(): Promise<void> {
    const button = need<HTMLButtonElement>("send");
    if (!this.taken) return;
    button.disabled = true;
    this.problem("");
    need("sending").hidden = false;
    try {
      await insist(() => this.api.post("/photo", this.taken!), () => this.problem(this.texts.say("waiting_for_network")));
      await this.goOn();
    } catch (error) {
      this.problem(error instanceof Refused ? error.problem.message : this.texts.say("trouble"));
    } finally {
      button.disabled = false;
      need("sending").hidden = true;
    }
  }

  private async goOn(): Promise<void> {
    await insist(() => this.api.post("/steps", { step: "photo" }));
    location.assign(this.page.dataset["next"]!);
  }

  private problem(text: string): void {
    need("photo-problem").hidden = text === "";
    need("photo-problem-text").textContent = text;
  }
}
