const LANGUAGES = ["id", "en"];

/** The tabs of the editor; without script all parts stand below each other. Returns a way to show a field's tab. */
export function wireTabs(form: HTMLFormElement, shown: (name: string) => void): (field: string) => void {
  const tabs = [...form.querySelectorAll<HTMLAnchorElement>("[data-tab]")];
  const panels = [...form.querySelectorAll<HTMLElement>("[data-panel]")];
  const show = (name: string): void => {
    for (const panel of panels) panel.hidden = panel.dataset["panel"] !== name;
    for (const tab of tabs) {
      const chosen = tab.dataset["tab"] === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    shown(name);
  };
  for (const [place, tab] of tabs.entries()) {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      show(tab.dataset["tab"] ?? "id");
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      const next = tabs[(place + step + tabs.length) % tabs.length];
      next?.focus();
      next?.click();
    });
  }
  const tick = (): void => ticks(form, tabs, panels);
  form.addEventListener("input", tick);
  form.addEventListener("change", tick);
  tick();
  const faulty = panels.find((panel) => panel.querySelector("[aria-invalid=true]"));
  show(faulty?.dataset["panel"] ?? "id");
  return (field) => {
    const panel = panels.find((each) => each.querySelector(`#${CSS.escape(field)}`));
    if (panel) show(panel.dataset["panel"] ?? "id");
  };
}

/** A tab is ticked when what belongs there is filled in. */
function ticks(form: HTMLFormElement, tabs: HTMLAnchorElement[], panels: HTMLElement[]): void {
  const filled = (name: string): boolean => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value.trim() !== "" : false;
  };
  for (const tab of tabs) {
    const name = tab.dataset["tab"] ?? "";
    const panel = panels.find((each) => each.dataset["panel"] === name);
    let whole: boolean;
    if (LANGUAGES.includes(name)) {
      const rows = [...(panel?.querySelectorAll<HTMLElement>("[data-option]") ?? [])];
      const used = rows.map((row) => row.dataset["option"] ?? "").filter((letter) => filled(`option_${letter}_id`));
      whole = filled(`stem_${name}`) && used.length > 1 && used.every((letter) => filled(`option_${letter}_${name}`));
    } else {
      whole = filled(name === "law" ? "article" : "picture");
    }
    const mark = tab.querySelector("[data-tick]");
    if (mark) mark.textContent = whole ? " ✓" : "";
  }
}
