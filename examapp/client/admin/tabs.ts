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
  const faulty = panels.find((panel) => panel.querySelector("[aria-invalid=true]"));
  show(faulty?.dataset["panel"] ?? "id");
  return (field) => {
    const panel = panels.find((each) => each.querySelector(`#${CSS.escape(field)}`));
    if (panel) show(panel.dataset["panel"] ?? "id");
  };
}
