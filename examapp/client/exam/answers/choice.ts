import type { Item, Option } from "../contract.ts";
import { make } from "../dom.ts";
import type { AnswerTools, AnswerView } from "./answer_view.ts";
import type { Pictures } from "./pictures.ts";

export const LETTERS = "ABCDEF";

/** Options of which one is chosen, or any number of them. */
export class ChoiceView implements AnswerView {
  readonly options: HTMLElement[];
  private readonly inputs: HTMLInputElement[];
  private readonly item: Item;
  private readonly tools: AnswerTools;
  private readonly several: boolean;

  constructor(item: Item, tools: AnswerTools, several: boolean) {
    this.item = item;
    this.tools = tools;
    this.several = several;
    this.inputs = item.options.map((option) => this.input(option));
    this.options = item.options.map((option, place) => this.row(option, place));
  }

  show(value: readonly string[] | null, locked: boolean): void {
    for (const input of this.inputs) {
      input.checked = value?.includes(input.value) ?? false;
      input.disabled = locked;
    }
  }

  press(place: number): void {
    this.inputs[place]?.click();
  }

  spot(id: string): HTMLElement | undefined {
    return this.options[this.item.options.findIndex((option) => option.id === id)];
  }

  private input(option: Option): HTMLInputElement {
    const input = make("input", {
      class: "visually-hidden",
      attributes: { type: this.several ? "checkbox" : "radio", name: `answer-${this.item.item_id}`, value: option.id },
    });
    input.addEventListener("change", () => {
      this.tools.answer(this.inputs.filter((each) => each.checked).map((each) => each.value));
    });
    return input;
  }

  private row(option: Option, place: number): HTMLElement {
    const letter = make("span", { class: "option-letter", text: LETTERS[place] ?? "", attributes: { "aria-hidden": "true" } });
    const row = make("label", { class: "option" }, this.inputs[place]!, letter, optionBody(option, this.tools.pictures));
    // The square says that others may be ticked beside it, as the ring of a single choice says that none may.
    if (this.several) row.append(make("span", { class: "option-box", attributes: { "aria-hidden": "true" } }));
    return row;
  }
}

/** An option's words, and its picture above them. */
export function optionBody(option: Option, pictures: Pictures): HTMLElement {
  const body = make("span", { class: "grow", text: option.text });
  if (option.picture) {
    const picture = pictures.get(option.picture);
    picture.className = "option-picture";
    body.prepend(picture);
  }
  return body;
}
