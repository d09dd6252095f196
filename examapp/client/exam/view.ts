import type { Item, Option } from "./contract.ts";
import { make, need, timeOfDay } from "./dom.ts";
import type { SaveState } from "./exam.ts";
import type { Texts } from "./texts.ts";

const LETTERS = "ABCDEF";
/** An answer that has waited this long is called unsent, so that nobody leaves in good faith. */
const UNSENT_AFTER_MS = 20_000;

/** What is known of the line and of the place where unsent answers lie. */
export interface Waiting {
  fails: boolean;
  durable: boolean;
}

export interface Shown {
  item: Item;
  value: string | null;
  marked: boolean;
  locked: boolean;
  last: boolean;
}

/** Draws one question. Everything that comes from the bank goes in as text. */
export class QuestionView {
  private readonly texts: Texts;
  private readonly choose: (option: string) => void;
  private readonly preloaded = new Map<string, HTMLImageElement>();
  private shown: string | null = null;

  constructor(texts: Texts, choose: (option: string) => void) {
    this.texts = texts;
    this.choose = choose;
  }

  show(now: Shown): void {
    const fresh = this.shown !== `${this.texts.language}:${now.item.item_id}`;
    if (fresh) this.draw(now.item);
    this.shown = `${this.texts.language}:${now.item.item_id}`;
    for (const input of need("options").querySelectorAll<HTMLInputElement>("input")) {
      input.checked = input.value === now.value;
      input.disabled = now.locked;
    }
    const mark = need("mark");
    mark.setAttribute("aria-pressed", String(now.marked));
    mark.classList.toggle("is-marked", now.marked);
    need("next-label").textContent = this.texts.say(now.last ? "check_and_submit" : "next_question");
  }

  private draw(item: Item): void {
    need("stem").textContent = item.stem;
    this.drawPicture(item);
    need("options").replaceChildren(...item.options.map((option, index) => this.option(item, option, index)));
    // The next question begins at its top, also on a phone whose reader scrolled down.
    window.scrollTo(0, 0);
  }

  private drawPicture(item: Item): void {
    const box = need("picture-box");
    box.hidden = item.picture === null;
    const picture = item.picture ? this.image(item.picture.url, item.picture.alt) : null;
    if (picture) picture.className = "question-picture";
    box.replaceChildren(...(picture ? [picture] : []));
  }

  private option(item: Item, option: Option, index: number): HTMLElement {
    const input = make("input", {
      class: "visually-hidden",
      attributes: { type: "radio", name: `answer-${item.item_id}`, value: option.id },
    });
    input.addEventListener("change", () => this.choose(option.id));
    const body = make("span", { class: "grow", text: option.text });
    if (option.picture) {
      const picture = this.image(option.picture.url, option.picture.alt);
      picture.className = "option-picture";
      body.prepend(picture);
    }
    const letter = make("span", { class: "option-letter", text: LETTERS[index] ?? "", attributes: { "aria-hidden": "true" } });
    return make("label", { class: "option" }, input, letter, body);
  }

  private image(url: string, alt: string): HTMLImageElement {
    const picture = this.preloaded.get(url) ?? make("img", { attributes: { src: url, decoding: "async" } });
    this.preloaded.set(url, picture);
    picture.alt = alt;
    return picture;
  }

  /** Fetch pictures ahead, so that turning to their question never waits for the line. */
  preload(items: readonly Item[]): void {
    for (const item of items) {
      if (item.picture) this.image(item.picture.url, item.picture.alt);
    }
  }

  /** Where the latest answer is. Only an acknowledgement reads as saved. */
  save(state: SaveState, waiting: Waiting, now: number, zone: string): void {
    const line = need("save");
    const { text, tone } = this.saveWords(state, waiting, now, zone);
    if (need("save-text").textContent !== text) need("save-text").textContent = text;
    line.className = `save-state${tone ? ` save-state--${tone}` : ""}`;
  }

  private saveWords(state: SaveState, line: Waiting, now: number, zone: string): { text: string; tone: string } {
    switch (state.kind) {
      case "none":
        return { text: "", tone: "" };
      case "sending":
        if (!line.fails) return { text: this.texts.say("sending"), tone: "" };
        return now - state.since > UNSENT_AFTER_MS
          ? { text: this.texts.say(line.durable ? "unsent" : "unsent_here"), tone: "unsent" }
          : { text: this.texts.say("waiting_for_network"), tone: "waiting" };
      case "saved":
        return { text: this.texts.say("saved_at", { time: timeOfDay(state.at, zone) }), tone: "saved" };
      case "late":
        return { text: this.texts.say("saved_late", { time: timeOfDay(state.at, zone) }), tone: "waiting" };
      case "superseded":
        return { text: this.texts.say("saved_superseded"), tone: "waiting" };
      case "refused":
        return { text: state.message, tone: "unsent" };
    }
  }
}
