import { make } from "../exam/dom.ts";
import { glyph } from "./glyphs.ts";
import type { TaskRoom } from "./task_room.ts";

/** The key on top, a row of four, and five buttons that never move. */
export class SymbolBoard {
  readonly element: HTMLElement;
  onChoice: (symbol: string, at: number) => void = () => undefined;
  private readonly row = make("div", { class: "symbol-row", attributes: { role: "img" } });
  private readonly keyRow = make("div", { class: "symbol-key", attributes: { role: "img" } });
  private readonly buttons: HTMLButtonElement[];
  private readonly room: TaskRoom;
  private readonly key: readonly string[];
  private shown: readonly string[] = [];

  constructor(room: TaskRoom, key: readonly string[], signal: AbortSignal) {
    this.room = room;
    this.key = key;
    this.keyRow.append(...key.map((name) => glyph(name)));
    this.buttons = key.map((name, index) =>
      make(
        "button",
        { class: "symbol-button", attributes: { type: "button", "data-symbol": name } },
        glyph(name),
        make("kbd", { text: String(index + 1), attributes: { "aria-hidden": "true" } }),
      ),
    );
    const choices = make("div", { class: "symbol-buttons", attributes: { role: "group" } }, ...this.buttons);
    this.element = make("div", { class: "symbol-board" }, this.keyRow, this.row, choices);
    choices.addEventListener("pointerdown", (event) => this.pressed(event, event.target), { signal });
    // A press from a screen reader or a switch is a click without a pointer before it.
    choices.addEventListener("click", (event) => event.detail === 0 && this.pressed(event, event.target), { signal });
    document.addEventListener("keydown", (event) => this.typed(event), { signal });
    this.relabel();
  }

  show(symbols: readonly string[]): void {
    this.shown = symbols;
    this.row.replaceChildren(...symbols.map((name) => glyph(name)));
    this.relabel();
  }

  /** Nothing can be studied while nobody is there. */
  cover(on: boolean): void {
    this.element.classList.toggle("is-covered", on);
  }

  relabel(): void {
    const names = (symbols: readonly string[]): string =>
      symbols.map((name) => this.room.texts.say(`symbol_${name}`)).join(", ");
    this.keyRow.setAttribute("aria-label", `${this.room.texts.say("symbol_key")}: ${names(this.key)}`);
    this.row.setAttribute("aria-label", `${this.room.texts.say("symbol_row")}: ${names(this.shown)}`);
    for (const [index, button] of this.buttons.entries()) {
      button.setAttribute("aria-label", this.room.texts.say(`symbol_${this.key[index]}`));
    }
  }

  private pressed(event: MouseEvent, target: EventTarget | null): void {
    const symbol = (target as Element | null)?.closest<HTMLElement>("[data-symbol]")?.dataset["symbol"];
    if (!symbol || ("button" in event && event.button > 0)) return;
    this.room.timing.heard(event, performance.now());
    this.onChoice(symbol, event.timeStamp);
  }

  private typed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const index = event.key.length === 1 ? "12345".indexOf(event.key) : -1;
    const symbol = this.key[index];
    if (!symbol || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.room.timing.heard(event, performance.now());
    this.onChoice(symbol, event.timeStamp);
  }
}
