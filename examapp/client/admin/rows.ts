import { isTyping } from "./keys.ts";

/** Walk through the rows of a list with j and k; Enter opens the one that is focused, as for any link. */
export function wireRows(page: Document): void {
  const table = page.querySelector("[data-rows]");
  if (!table) return;
  const links = [...table.querySelectorAll<HTMLAnchorElement>(".row-link")];
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const step = { j: 1, k: -1 }[event.key];
    if (step === undefined) return;
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const next = at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + step));
    links[next]?.focus();
  });
}
