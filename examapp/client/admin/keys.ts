/** Whether a key press is meant for a field and not for the page. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

/** Links that carry `data-key` open by that key; "/" goes to the search field. */
export function wireKeys(page: Document): void {
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (page.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      const field = page.querySelector<HTMLInputElement>("[data-search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
      return;
    }
    const link = [...page.querySelectorAll<HTMLElement>("[data-key]")].find((each) => each.dataset["key"] === event.key);
    link?.click();
  });
}
