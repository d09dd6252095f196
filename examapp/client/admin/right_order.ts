import { movedBy } from "../exam/answers/order.ts";

/** The right order of an ordering item: a place beside each option, arrows to change it, and a field that holds it. */
export function makeOrder(form: HTMLFormElement, names: () => string[], changed: () => void): { draw(): void } {
  const field = form.elements.namedItem("order") as HTMLInputElement;
  const marks = [...form.querySelectorAll<HTMLElement>("[data-order-of]")];
  const draw = (): void => {
    const order = settled(field.value, names());
    if (order.join(", ") !== field.value && document.activeElement !== field) field.value = order.join(", ");
    for (const mark of marks) {
      const place = order.indexOf(mark.dataset["orderOf"] ?? "");
      mark.querySelector("[data-order-place]")!.textContent = place < 0 ? "" : String(place + 1);
      for (const button of mark.querySelectorAll<HTMLButtonElement>("button")) {
        const to = place + Number(button.dataset["orderStep"]);
        button.disabled = place < 0 || to < 0 || to >= order.length;
      }
    }
  };
  for (const mark of marks) {
    mark.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("[data-order-step]");
      if (!button) return;
      const order = settled(field.value, names());
      field.value = movedBy(order, mark.dataset["orderOf"] ?? "", Number(button.dataset["orderStep"])).join(", ");
      draw();
      changed();
    });
  }
  form.addEventListener("input", draw);
  return { draw };
}

/** What was written of an order, for the options there are: unknown names go, new options come last. */
export function settled(written: string, names: readonly string[]): string[] {
  const said = written.split(/[,;|\s]+/).filter((name) => names.includes(name));
  const once = [...new Set(said)];
  return [...once, ...names.filter((name) => !once.includes(name))];
}
