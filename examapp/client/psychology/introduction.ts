import { make, need } from "../exam/dom.ts";
import type { Texts } from "../exam/texts.ts";
import { arrow, glyph } from "./glyphs.ts";
import type { PsychologyPart } from "./setup.ts";
import { PRACTICE_KEY, PRACTICE_ROWS } from "./symbol_sheet.ts";

const POINTS = 3;

/** What a part asks, with an example to look at, before its time begins. */
export class Introduction {
  private readonly texts: Texts;
  private part: PsychologyPart | null = null;
  private resumed = false;
  private minutes = 0;

  constructor(texts: Texts, begin: () => void) {
    this.texts = texts;
    need("begin").addEventListener("click", begin);
  }

  /** `resumed`: the part runs already, and goes on. */
  show(part: PsychologyPart, resumed: boolean, minutes: number): void {
    this.part = part;
    this.resumed = resumed;
    this.minutes = minutes;
    this.busy(false);
    this.relabel();
    window.scrollTo(0, 0);
    need("intro-title").focus({ preventScroll: true });
  }

  busy(on: boolean): void {
    need<HTMLButtonElement>("begin").disabled = on;
  }

  relabel(): void {
    if (!this.part) return;
    const say = (key: string): string => this.texts.say(key, { minutes: this.minutes });
    need("intro-title").textContent = say(`part_${this.part}`);
    need("intro-lead").textContent = say(this.resumed ? "intro_resumed" : `intro_${this.part}`);
    need("intro-time").textContent = say("intro_time");
    const points = Array.from({ length: POINTS }, (_, n) => say(`intro_${this.part}_${n + 1}`));
    need("intro-points").replaceChildren(...points.map((text) => make("li", { text })));
    need("intro-example").replaceChildren(this.example(this.part));
    need("begin").textContent = say(this.resumed ? "go_on" : "begin");
  }

  private example(part: PsychologyPart): HTMLElement {
    switch (part) {
      case "statements":
        return this.statement();
      case "missing_symbol":
        return this.row();
      case "choice_reaction":
        return make(
          "div",
          { class: "example-reaction" },
          make("span", { class: "example-arrow" }, arrow("left")),
          make("p", { class: "muted", text: this.texts.say("example_reaction") }),
        );
    }
  }

  private statement(): HTMLElement {
    const scale = [1, 2, 3, 4, 5].map((n) =>
      make("span", { class: `example-choice${n === 4 ? " is-chosen" : ""}`, text: String(n) }),
    );
    return make(
      "div",
      { class: "example-statement" },
      make("b", { text: this.texts.say("example_statement") }),
      make("div", { class: "example-scale", attributes: { "aria-hidden": "true" } }, ...scale),
      make("p", { class: "muted", text: this.texts.say("example_statement_meaning") }),
    );
  }

  private row(): HTMLElement {
    const { shown, missing } = PRACTICE_ROWS[0]!;
    const label = (key: string): HTMLElement => make("span", { class: "muted", text: this.texts.say(key) });
    return make(
      "div",
      { class: "example-symbols" },
      label("symbol_key"),
      make("span", { class: "example-glyphs" }, ...PRACTICE_KEY.map((name) => glyph(name))),
      label("symbol_row"),
      make("span", { class: "example-glyphs" }, ...shown.map((name) => glyph(name))),
      label("symbol_missing"),
      make("span", { class: "example-glyphs is-chosen" }, glyph(missing, this.texts.say(`symbol_${missing}`))),
    );
  }
}
