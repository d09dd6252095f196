import { need } from "../dom.ts";
import type { Texts } from "../texts.ts";
import { DeviceVoice } from "./device_voice.ts";
import { readAloud, type Passage } from "./reading_aloud.ts";

/** A passage, and the element that shows its words. */
export interface Spoken extends Passage {
  spot: HTMLElement | undefined;
}

/** The button beside every question: reads it aloud, points at what is heard, and stops at the second press. */
export class ListenButton {
  private readonly button = need<HTMLButtonElement>("listen");
  private readonly note = need("listen-note");
  private readonly texts: Texts;
  private reading: AbortController | null = null;
  /** `spoken` gives what stands on the page now, in the order to be read. */
  constructor(texts: Texts, spoken: () => Spoken[]) {
    this.texts = texts;
    this.button.addEventListener("click", () => {
      if (this.reading) this.stop();
      else void this.read(spoken());
    });
    // A page that is left must not go on talking.
    window.addEventListener("pagehide", () => this.stop());
  }

  stop(): void {
    this.reading?.abort();
    this.reading = null;
    this.show(false);
    this.note.hidden = true;
  }

  private async read(passages: Spoken[]): Promise<void> {
    const reading = new AbortController();
    this.reading = reading;
    this.note.hidden = true;
    this.show(true);
    const voice = await DeviceVoice.of(this.texts.language);
    const outcome = await readAloud(passages, voice, (place) => this.point(passages, place), reading.signal);
    if (this.reading !== reading) return;
    this.reading = null;
    this.show(false);
    if (outcome === "silent") this.note.textContent = this.texts.say("no_voice");
    this.note.hidden = outcome !== "silent";
  }

  private point(passages: Spoken[], place: number | null): void {
    for (const [index, { spot }] of passages.entries()) {
      spot?.classList.toggle("is-heard", index === place);
      if (index === place) spot?.scrollIntoView({ block: "nearest" });
    }
  }

  private show(reading: boolean): void {
    this.button.classList.toggle("is-reading", reading);
    const words = this.texts.say(reading ? "stop_listening" : "listen");
    this.button.setAttribute("aria-label", words);
    need("listen-label").textContent = words;
  }
}
