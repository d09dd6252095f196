/** Each control names its key in `data-key`; while somebody types, only keys held with Control count. */
export function wireKeys(page: Document): void {
  page.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.repeat) return;
    const typing = (event.target as Element).closest("textarea, input:not([type=radio]), select");
    if (typing && !event.ctrlKey) return;
    const name = event.ctrlKey ? `Control+${event.key}` : event.key.toLowerCase();
    const control = page.querySelector<HTMLElement>(`[data-key="${CSS.escape(name)}"]`);
    if (!control) return;
    event.preventDefault();
    control.focus();
    control.click();
  });
}
