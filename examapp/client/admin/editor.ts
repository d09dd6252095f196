import { wireOptions } from "./options.ts";
import { wirePicker } from "./picker.ts";
import { wirePresence } from "./presence.ts";
import { Preview } from "./preview.ts";
import { wireRecordings } from "./recordings.ts";
import { wireRegions } from "./regions_editor.ts";
import { wireTabs } from "./tabs.ts";

/** After so long without a key press the preview catches up: short enough to feel live, long enough to type a word. */
const PAUSE_MS = 250;

export function wireEditor(form: HTMLFormElement): void {
  const preview = new Preview(form);
  let waiting = 0;
  let dirty = false;
  const changed = (): void => {
    dirty = true;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void preview.refresh(), PAUSE_MS);
  };
  const tabs = wireTabs(form, (name) => {
    if (name === "id" || name === "en") preview.speak(name);
  });
  wireOptions(form, changed);
  wirePicker(form, changed);
  wireRegions(form, changed);
  wireRecordings(form, changed);
  wirePresence();
  wireClasses(form);
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => (dirty = false));
  wireFindings(form, tabs);
  wireLeaving(form, () => dirty);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

/** The names of the chosen classes, on the closed menu. */
function wireClasses(form: HTMLFormElement): void {
  const line = form.querySelector<HTMLElement>("[data-classes]");
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=classes]")];
  form.addEventListener("change", () => {
    if (!line) return;
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    line.textContent =
      chosen.length === boxes.length ? (line.dataset["all"] ?? "") : chosen.join(", ") || (line.dataset["none"] ?? "");
  });
  const menu = form.querySelector<HTMLDetailsElement>(".class-menu");
  document.addEventListener("click", (event) => {
    if (menu?.open && !menu.contains(event.target as Node)) menu.open = false;
  });
}

/** A remark leads to its field, whichever tab holds it. */
function wireFindings(form: HTMLFormElement, show: (field: string) => void): void {
  document.getElementById("findings")?.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("[data-field]");
    if (!link) return;
    event.preventDefault();
    const name = link.dataset["field"] ?? "";
    show(name);
    form.querySelector<HTMLElement>(`#${CSS.escape(name)}`)?.focus();
  });
}

/** A step is taken with what is stored, so what was only typed must be saved first. */
function wireLeaving(form: HTMLFormElement, isDirty: () => boolean): void {
  let leaving = false;
  form.addEventListener("submit", () => (leaving = true));
  window.addEventListener("beforeunload", (event) => {
    if (isDirty() && !leaving) event.preventDefault();
  });
}
