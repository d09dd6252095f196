import { sizeInWords } from "../shared/size.ts";

/** Show the chosen file's name and size in our own words. */
export function wireFile(page: Document): void {
  const box = page.querySelector<HTMLElement>("[data-file]");
  const field = box?.querySelector<HTMLInputElement>("input[type=file]");
  const name = box?.querySelector<HTMLOutputElement>(".file-name");
  if (!box || !field || !name) return;
  const show = (): void => {
    const file = field.files?.[0];
    box.classList.toggle("is-chosen", Boolean(file));
    name.textContent = file ? `${file.name} · ${sizeInWords(file.size, page.documentElement.lang)}` : (name.dataset["none"] ?? "");
  };
  for (const kind of ["dragenter", "dragleave", "drop"]) {
    field.addEventListener(kind, () => box.classList.toggle("is-over", kind === "dragenter"));
  }
  field.addEventListener("change", show);
  // Going back in the history keeps the file but not our words.
  window.addEventListener("pageshow", show);
}
