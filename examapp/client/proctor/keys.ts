/** Keys that press what shows them: `data-key` on a button, a link, a choice or a field. */

const NAMES: Record<string, string> = { " ": "space" };

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !["radio", "checkbox"].includes(target.type))
  );
}

function usable(element: HTMLElement): boolean {
  return !element.closest("fieldset:disabled, [hidden]") && !(element as HTMLButtonElement).disabled;
}

function press(element: HTMLElement): void {
  if (element instanceof HTMLTextAreaElement) element.focus();
  else element.click();
}

/** The name of a pressed key as `data-key` writes it: letters small. */
export function keyName(event: { key: string }): string {
  const name = NAMES[event.key] ?? event.key;
  return name.length === 1 ? name.toLowerCase() : name;
}

/** Listen for every `data-key` on the page, and for `own` keys before them. */
export function listen(own: Record<string, () => void>): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") (event.target as HTMLElement).blur();
      return;
    }
    const name = keyName(event);
    // A focused button or link keeps its own Enter and Space.
    const pressable = event.target instanceof HTMLElement && event.target.closest("button, a, summary");
    if (pressable && (name === "Enter" || name === "space")) return;
    if (own[name]) {
      event.preventDefault();
      own[name]();
      return;
    }
    // Under an enlarged picture nothing may be pressed unseen, a decision least of all.
    if (document.querySelector("dialog[open]")) return;
    const found = [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(name)}"]`)].find(usable);
    if (!found) return;
    event.preventDefault();
    press(found);
  });
}
