import { sizeInWords } from "../shared/size.ts";
import type { Clip, Item } from "./contract.ts";
import { make, need } from "./dom.ts";
import type { Texts } from "./texts.ts";

/**
 * What is shown before a question. Nothing is fetched before the person asks for it, knowing its size; nothing plays by
 * itself. The answers come when it ended, when it was passed over, or when it can't be played.
 */
export class ClipView {
  private readonly box = need("clip-box");
  private readonly texts: Texts;
  private readonly opened: () => void;
  private readonly seen = new Set<string>();
  private item: Item | null = null;
  private video: HTMLVideoElement | null = null;
  private plays = 0;

  /** `opened` is told when the question may be answered. */
  constructor(texts: Texts, opened: () => void) {
    this.texts = texts;
    this.opened = opened;
  }

  /** Whether the answers still wait for the clip. */
  holdsBack(item: Item): boolean {
    return Boolean(item.clip) && !this.seen.has(item.item_id);
  }

  draw(item: Item, answered: boolean): void {
    this.stop();
    this.item = item;
    if (answered) this.seen.add(item.item_id);
    this.box.hidden = !item.clip;
    this.box.replaceChildren();
    if (item.clip) this.invite(item.clip);
  }

  stop(): void {
    this.video?.pause();
    this.video = null;
  }

  private invite(clip: Clip, words?: string): void {
    const again = this.item !== null && this.seen.has(this.item.item_id);
    const play = this.button(`btn ${again ? "btn-plain" : "btn-primary"} clip-play`, again ? "clip_again" : "clip_play", () => this.play(clip));
    const line = words ?? this.about(clip);
    const parts: HTMLElement[] = [play];
    if (line) parts.push(make("p", { class: "clip-about num", text: line, attributes: words ? { role: "status" } : {} }));
    if (!again) parts.push(this.button("btn btn-plain clip-skip", "clip_skip", () => this.open()));
    this.box.replaceChildren(make("div", { class: "clip-invitation" }, ...parts));
  }

  private about(clip: Clip): string {
    const said: string[] = [];
    if (clip.seconds) said.push(this.texts.say("clip_seconds", { n: Math.round(clip.seconds) }));
    if (clip.bytes) said.push(sizeInWords(clip.bytes, this.texts.language));
    return said.join(" · ");
  }

  private play(clip: Clip): void {
    this.plays += 1;
    if (clip.kind === "animation") this.animate(clip);
    else this.show(clip);
  }

  private show(clip: Clip): void {
    const video = make("video", {
      class: "clip-video",
      attributes: {
        src: clip.url,
        controls: "",
        playsinline: "",
        // Its own full screen would end the exam's.
        controlslist: "nodownload nofullscreen noremoteplayback",
        disablepictureinpicture: "",
        "aria-label": this.texts.say("clip"),
      },
    });
    this.video = video;
    video.addEventListener("ended", () => this.finished(clip));
    video.addEventListener("error", () => this.failed(clip));
    const skip = this.button("btn btn-plain clip-skip", "clip_skip", () => this.open());
    skip.hidden = this.item !== null && !this.holdsBack(this.item);
    this.box.replaceChildren(video, skip);
    video.focus();
    video.play().catch(() => {
      // The browser wants a press on the film itself: its controls are there for that.
    });
  }

  /** A drawn scene moves by itself and has no end; a new address lets it begin anew. */
  private animate(clip: Clip): void {
    const picture = make("img", { class: "clip-video", attributes: { src: `${clip.url}#${this.plays}`, alt: clip.alt } });
    const again = this.button("btn btn-plain", "clip_again", () => this.animate(clip));
    this.plays += 1;
    this.box.replaceChildren(picture, again);
    picture.addEventListener("error", () => this.failed(clip));
    this.open();
  }

  private finished(clip: Clip): void {
    this.open();
    this.invite(clip);
  }

  private failed(clip: Clip): void {
    this.open();
    this.invite(clip, this.texts.say("clip_failed"));
  }

  private open(): void {
    if (this.item) this.seen.add(this.item.item_id);
    for (const skip of this.box.querySelectorAll<HTMLElement>(".clip-skip")) skip.hidden = true;
    this.opened();
  }

  private button(style: string, words: string, run: () => void): HTMLButtonElement {
    const button = make("button", { class: style, text: this.texts.say(words), attributes: { type: "button" } });
    button.addEventListener("click", run);
    return button;
  }
}
