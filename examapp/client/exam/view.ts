import { answerView, hintOf, type AnswerView } from "./answers/answer_view.ts";
import { LETTERS } from "./answers/choice.ts";
import { Pictures } from "./answers/pictures.ts";
import { ClipView } from "./clip.ts";
import type { Item } from "./contract.ts";
import { need, timeOfDay } from "./dom.ts";
import type { SaveState } from "./exam.ts";
import { ListenButton, type Spoken } from "./listening/listen_button.ts";
import type { Texts } from "./texts.ts";

/** An answer that has waited this long is called unsent, so that nobody leaves in good faith. */
const UNSENT_AFTER_MS = 20_000;

/** What is known of the line and of the place where unsent answers lie. */
export interface Waiting {
  fails: boolean;
  durable: boolean;
}

export interface Shown {
  item: Item;
  value: readonly string[] | null;
  marked: boolean;
  locked: boolean;
  last: boolean;
}

/** Draws one question. Everything that comes from the bank goes in as text. */
export class QuestionView {
  private readonly texts: Texts;
  private readonly answer: (value: readonly string[]) => void;
  private readonly pictures = new Pictures();
  private readonly clip: ClipView;
  private readonly listen: ListenButton;
  private item: Item | null = null;
  private answers: AnswerView | null = null;

  constructor(texts: Texts, answer: (value: readonly string[]) => void) {
    this.texts = texts;
    this.answer = answer;
    this.clip = new ClipView(texts, () => this.open());
    this.listen = new ListenButton(texts, () => this.spoken());
  }

  show(now: Shown): void {
    // Another language, or an editor's next word, brings another object of the same id.
    if (this.item !== now.item) this.draw(now.item, now.value !== null);
    this.answers?.show(now.value, now.locked);
    if (now.locked) this.quiet();
    const mark = need("mark");
    mark.setAttribute("aria-pressed", String(now.marked));
    mark.classList.toggle("is-marked", now.marked);
    need("next-label").textContent = this.texts.say(now.last ? "check_and_submit" : "next_question");
  }

  /** The key of the option at `place` was pressed. */
  press(place: number): void {
    if (this.item && !this.clip.holdsBack(this.item)) this.answers?.press(place);
  }

  /** Whatever plays or is read stops. */
  quiet(): void {
    this.listen.stop();
    this.clip.stop();
  }

  private draw(item: Item, answered: boolean): void {
    const same = this.item?.item_id === item.item_id;
    this.listen.stop();
    this.item = item;
    this.clip.draw(item, answered);
    const answers = answerView(item, {
      texts: this.texts,
      pictures: this.pictures,
      answer: this.answer,
      announce: (words) => (need("announce").textContent = words),
    });
    this.answers = answers;
    need("stem").textContent = item.stem;
    const hint = hintOf(item);
    need("hint").hidden = hint === null;
    need("hint").textContent = hint ? this.texts.say(hint) : "";
    this.drawPicture(item, answers.picture);
    this.holdBack(item);
    need("options").dataset["type"] = item.type;
    need("options").dataset["item"] = item.item_id;
    need("options").replaceChildren(...answers.options);
    // The next question begins at its top, also on a phone whose reader scrolled down.
    if (!same) window.scrollTo(0, 0);
  }

  /** The answers stay away while a clip comes first. */
  private holdBack(item: Item): void {
    const waits = this.clip.holdsBack(item);
    need("options").hidden = waits;
    need("hint").hidden = waits || hintOf(item) === null;
    if (waits) need("picture-box").hidden = true;
  }

  private open(): void {
    if (!this.item) return;
    this.holdBack(this.item);
    need("picture-box").hidden = need("picture-box").childElementCount === 0;
  }

  /** The question, how to answer it, and its answers as they stand now. */
  private spoken(): Spoken[] {
    const item = this.item;
    if (!item) return [];
    const passages: Spoken[] = [{ words: item.stem, url: item.audio ?? null, spot: need("stem") }];
    if (!need("hint").hidden) passages.push({ words: need("hint").textContent ?? "", url: null, spot: need("hint") });
    if (this.clip.holdsBack(item)) return passages;
    const order = this.answers?.order?.() ?? item.options.map((option) => option.id);
    const ordered = item.type === "ordering";
    for (const [place, id] of order.entries()) {
      const option = item.options.find((each) => each.id === id)!;
      const words = `${ordered ? place + 1 : LETTERS[place]}. ${option.text}`;
      passages.push({ words, url: option.audio ?? null, spot: this.answers?.spot(id) });
    }
    return passages;
  }

  private drawPicture(item: Item, own: HTMLElement | undefined): void {
    const box = need("picture-box");
    const picture = own ?? (item.picture ? this.pictures.get(item.picture) : null);
    if (picture && !own) picture.className = "question-picture";
    box.hidden = picture === null;
    box.classList.toggle("picture-box--regions", own !== undefined);
    box.replaceChildren(...(picture ? [picture] : []));
  }

  /** Fetch pictures ahead, so that turning to their question never waits for the line. */
  preload(items: readonly Item[]): void {
    for (const item of items) {
      if (item.picture) this.pictures.get(item.picture);
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
