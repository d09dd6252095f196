const FIRST_SHOWN = 4;
const OF_TRUE_FALSE = 2;

/** Shows as many places for options as are used, one more at a press, two for true or false; marks the key in English. */
export function wireOptions(form: HTMLFormElement, changed: () => void): void {
  const add = form.querySelector<HTMLButtonElement>("[data-add-option]");
  const rows = (): HTMLElement[] => [...form.querySelectorAll<HTMLElement>("[data-option]")];
  const letters = [...new Set(rows().map((row) => row.dataset["option"] ?? ""))];
  const used = letters.filter((letter) =>
    ["id", "en", "picture"].some((kind) => (form.elements.namedItem(`option_${letter}_${kind}`) as HTMLInputElement).value),
  );
  let shown = Math.max(used.length ? letters.indexOf(used.at(-1) ?? "a") + 1 : FIRST_SHOWN, OF_TRUE_FALSE);
  const kind = form.elements.namedItem("type") as HTMLSelectElement;
  const draw = (): void => {
    const count = kind.value === "true_false" ? OF_TRUE_FALSE : shown;
    for (const row of rows()) row.hidden = letters.indexOf(row.dataset["option"] ?? "") >= count;
    if (add) add.hidden = count >= letters.length || kind.value === "true_false";
  };
  add?.addEventListener("click", () => {
    shown += 1;
    draw();
    (form.elements.namedItem(`option_${letters[shown - 1] ?? "a"}_id`) as HTMLInputElement).focus();
    changed();
  });
  const key = (): void => {
    const chosen = form.querySelector<HTMLInputElement>("input[name=key]:checked")?.value;
    for (const mark of form.querySelectorAll<HTMLElement>("[data-key-shown]")) {
      mark.classList.toggle("is-key", mark.dataset["keyShown"] === chosen);
    }
  };
  form.addEventListener("change", () => {
    draw();
    key();
  });
  draw();
  key();
}
