import type { Item, Option } from "../contract.ts";
import { make } from "../dom.ts";
import type { AnswerTools, AnswerView } from "./answer_view.ts";
import { optionBody } from "./choice.ts";
import { makeDraggable } from "./dragging.ts";
import { isOrderOf, movedBy, movedTo, type Order } from "./order.ts";

/**
 * Rows to bring into an order: by finger, by the buttons of a row, or by the arrow keys on its grip. The order that
 * stands at first is nobody's answer; it becomes one when the person moves a row or says that it is right.
 */
export class OrderingView implements AnswerView {
  readonly options: HTMLElement[];
  private readonly item: Item;
  private readonly tools: AnswerTools;
  private readonly list = make("ol", { class: "order-list" });
  private readonly rows = new Map<string, HTMLElement>();
  private readonly confirm: HTMLButtonElement;
  private standing: Order;
  private locked = false;

  constructor(item: Item, tools: AnswerTools) {
    this.item = item;
    this.tools = tools;
    this.standing = item.options.map((option) => option.id);
    for (const option of item.options) this.rows.set(option.id, this.row(option));
    this.confirm = make("button", {
      class: "btn btn-plain btn-wide order-confirm",
      text: tools.texts.say("order_is_right"),
      attributes: { type: "button" },
    });
    this.confirm.addEventListener("click", () => {
      if (!this.locked) tools.answer(this.standing);
    });
    makeDraggable(this.list, () => !this.locked, (row, place) => this.put(movedTo(this.standing, row.dataset["option"]!, place)));
    this.options = [this.list, this.confirm];
  }

  show(value: readonly string[] | null, locked: boolean): void {
    this.locked = locked;
    const ids = this.item.options.map((option) => option.id);
    const answered = isOrderOf(value, ids);
    this.standing = answered ? value : ids;
    this.list.classList.toggle("is-answered", answered);
    this.confirm.hidden = answered;
    this.confirm.disabled = locked;
    this.arrange();
  }

  press(place: number): void {
    this.rows.get(this.standing[place] ?? "")?.querySelector<HTMLElement>("[data-grip]")?.focus();
  }

  order(): Order {
    return this.standing;
  }

  spot(id: string): HTMLElement | undefined {
    return this.rows.get(id);
  }

  /** Rows are moved only where they stand wrong, so that the one with the focus keeps it. */
  private arrange(): void {
    const focused = document.activeElement;
    this.standing.forEach((id, place) => {
      const row = this.rows.get(id)!;
      if (this.list.children[place] !== row) this.list.insertBefore(row, this.list.children[place] ?? null);
      row.querySelector(".order-number")!.textContent = String(place + 1);
      this.label(row, id, place);
    });
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.list.contains(focused)) focused.focus();
  }

  private label(row: HTMLElement, id: string, place: number): void {
    const { texts } = this.tools;
    const text = this.words(id);
    const gaps = { text, n: place + 1, total: this.standing.length };
    const [grip, up, down] = row.querySelectorAll("button");
    grip!.setAttribute("aria-label", texts.say("order_grip", gaps));
    up!.setAttribute("aria-label", texts.say("order_up", gaps));
    down!.setAttribute("aria-label", texts.say("order_down", gaps));
    // Still focusable at the ends: a button that vanished under the finger would lose the place.
    up!.setAttribute("aria-disabled", String(this.locked || place === 0));
    down!.setAttribute("aria-disabled", String(this.locked || place === this.standing.length - 1));
    grip!.setAttribute("aria-disabled", String(this.locked));
  }

  private row(option: Option): HTMLElement {
    const grip = make(
      "button",
      { class: "order-grip", attributes: { type: "button", "data-grip": "" } },
      make("span", { class: "order-number num" }),
      make("span", { class: "order-dots", attributes: { "aria-hidden": "true" } }),
    );
    grip.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.step(option.id, step);
    });
    const steps = [-1, 1].map((step) => {
      const button = make("button", { class: `order-step order-step--${step < 0 ? "up" : "down"}`, attributes: { type: "button" } });
      button.addEventListener("click", () => this.step(option.id, step));
      return button;
    });
    const body = optionBody(option, this.tools.pictures);
    return make("li", { class: "order-row", attributes: { "data-option": option.id } }, grip, body, ...steps);
  }

  private step(id: string, by: number): void {
    const moved = movedBy(this.standing, id, by);
    if (moved.join() !== this.standing.join()) this.put(moved, id);
  }

  private put(order: Order, moved?: string): void {
    if (this.locked) return;
    this.tools.answer(order);
    if (moved === undefined) return;
    const gaps = { text: this.words(moved), n: order.indexOf(moved) + 1, total: order.length };
    this.tools.announce(this.tools.texts.say("order_moved", gaps));
  }

  private words(id: string): string {
    return this.item.options.find((option) => option.id === id)?.text ?? "";
  }
}
