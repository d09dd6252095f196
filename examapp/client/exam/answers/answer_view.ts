import type { Item } from "../contract.ts";
import type { Texts } from "../texts.ts";
import { ChoiceView } from "./choice.ts";
import { HotspotView } from "./hotspot.ts";
import { OrderingView } from "./ordering.ts";
import type { Pictures } from "./pictures.ts";

/** How one type of item is answered. It draws once, then shows whatever answer stands. */
export interface AnswerView {
  /** What goes where the picture stands, when the type needs it otherwise than as a plain picture. */
  readonly picture?: HTMLElement;
  readonly options: HTMLElement[];
  show(value: readonly string[] | null, locked: boolean): void;
  /** The key of the option at `place` (from 0) was pressed. */
  press(place: number): void;
  /** Where an option's words stand, by its id: to be pointed at while they are read aloud. */
  spot(id: string): HTMLElement | undefined;
  /** The options as they stand now, where that is not their order in the item. */
  order?(): readonly string[];
}

export interface AnswerTools {
  texts: Texts;
  pictures: Pictures;
  /** The whole answer as it stands now; empty to take it back. */
  answer(value: readonly string[]): void;
  /** Say something to those who can't see what moved. */
  announce(words: string): void;
}

const HINTS: Partial<Record<Item["type"], string>> = {
  multiple_response: "hint_multiple",
  ordering: "hint_ordering",
  hotspot: "hint_hotspot",
};

/** The key of the sentence that says how to answer; null where the options say it themselves. */
export function hintOf(item: Item): string | null {
  return HINTS[item.type] ?? null;
}

export function answerView(item: Item, tools: AnswerTools): AnswerView {
  if (item.type === "ordering") return new OrderingView(item, tools);
  if (item.type === "hotspot") return new HotspotView(item, tools);
  return new ChoiceView(item, tools, item.type === "multiple_response");
}
