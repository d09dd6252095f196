import { tryStorage } from "./device.ts";
import { need } from "./dom.ts";
import type { Texts } from "./texts.ts";

const SIZES = ["normal", "large", "larger"] as const;
type Size = (typeof SIZES)[number];
const KEY = "simexam.text";

/** Three sizes of type, kept on the device. */
export function wireTextSize(): void {
  const kept = tryStorage("localStorage")?.getItem(KEY) as Size | null;
  apply(kept && SIZES.includes(kept) ? kept : "normal");
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-size]")) {
    button.addEventListener("click", () => apply(button.dataset["size"] as Size));
  }
}

function apply(size: Size): void {
  document.documentElement.dataset["textSize"] = size;
  try {
    tryStorage("localStorage")?.setItem(KEY, size);
  } catch {
    // The size holds for this page.
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-size]")) {
    button.setAttribute("aria-pressed", String(button.dataset["size"] === size));
  }
}

/** The language button inside the exam: changes the words in place, since a reload would stop the camera. */
export function wireLanguage(texts: Texts, token: string, change: () => Promise<void>): void {
  const button = need<HTMLButtonElement>("switch-language");
  button.addEventListener("click", () => {
    button.disabled = true;
    texts.language = texts.other;
    change()
      .then(() => tellServer(texts.language, token))
      .catch(() => {
        // Without the line the questions can't come in the other language: the page stays as it was.
        texts.language = texts.other;
        texts.relabel(document);
      })
      .finally(() => {
        button.disabled = false;
      });
  });
}

async function tellServer(language: string, token: string): Promise<void> {
  const body = new URLSearchParams({ back: location.pathname });
  await fetch(`/language/${language}`, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token },
    redirect: "manual",
  }).catch(() => undefined);
}

/** Close a dialog by its own buttons, and open it by a button that names it. */
export function wireDialogs(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-opens]")) {
    button.addEventListener("click", () => need<HTMLDialogElement>(button.dataset["opens"]!).showModal());
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-closes]")) {
    button.addEventListener("click", () => button.closest("dialog")?.close());
  }
}
