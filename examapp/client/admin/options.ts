import { makeOrder } from "./right_order.ts";

const FIRST_SHOWN = 4;
const OF_TRUE_FALSE = 2;
const KINDS = ["id", "en", "picture"] as const;

/**
 * Shows as many places for options as are used, one more at a press, and what the kind of question asks for: one key,
 * several, or an order. What another kind had stays in its fields, so that switching back loses nothing.
 */
export function wireOptions(form: HTMLFormElement, changed: () => void): void {
  const add = form.querySelector<HTMLButtonElement>("[data-add-option]");
  const kind = form.elements.namedItem("type") as HTMLSelectElement;
  const rows = (): HTMLElement[] => [...form.querySelectorAll<HTMLElement>("[data-option]")];
  const letters = [...new Set(rows().map((row) => row.dataset["option"] ?? ""))];
  const field = (letter: string, name: string): HTMLInputElement =>
    form.elements.namedItem(`option_${letter}_${name}`) as HTMLInputElement;
  const used = (): string[] => letters.filter((letter) => KINDS.some((name) => field(letter, name).value.trim() !== ""));
  let shown = Math.max(used().length ? letters.indexOf(used().at(-1) ?? "a") + 1 : FIRST_SHOWN, OF_TRUE_FALSE);
  const count = (): number => (kind.value === "true_false" ? OF_TRUE_FALSE : shown);

  const keys = (): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>("input[name=key]")];
  let several = keys().filter((key) => key.checked).map((key) => key.value);
  const order = makeOrder(form, () => used().slice(0, count()).map((letter) => keys()[letters.indexOf(letter)]?.value ?? letter), changed);

  const draw = (): void => {
    for (const row of rows()) row.hidden = letters.indexOf(row.dataset["option"] ?? "") >= count();
    if (add) add.hidden = count() >= letters.length || kind.value === "true_false";
    form.dataset["type"] = kind.value;
    for (const part of form.querySelectorAll<HTMLElement>("[data-only]")) {
      part.hidden = !(part.dataset["only"] ?? "").split(" ").includes(kind.value);
    }
    if (kind.value === "ordering") order.draw();
  };
  const retype = (): void => {
    const type = kind.value === "multiple_response" ? "checkbox" : "radio";
    if (keys().every((key) => key.type === type)) return;
    // A ticked box that becomes a ring would put out every other ring.
    for (const key of keys()) key.checked = false;
    for (const key of keys()) key.type = type;
    // Several keys come back as they were; of several, a single choice keeps the first.
    for (const key of keys()) key.checked = type === "checkbox" ? several.includes(key.value) : several[0] === key.value;
  };
  const mark = (): void => {
    const chosen = keys().filter((key) => key.checked).map((key) => key.value);
    if (kind.value === "multiple_response" || chosen[0] !== several[0]) several = chosen;
    for (const each of form.querySelectorAll<HTMLElement>("[data-key-shown]")) {
      each.classList.toggle("is-key", chosen.includes(each.dataset["keyShown"] ?? ""));
    }
  };
  add?.addEventListener("click", () => {
    shown += 1;
    draw();
    field(letters[shown - 1] ?? "a", "id").focus();
    changed();
  });
  kind.addEventListener("change", retype);
  form.addEventListener("change", () => {
    draw();
    mark();
  });
  draw();
  mark();
}
