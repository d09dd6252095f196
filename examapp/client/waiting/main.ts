import { need } from "../exam/dom.ts";
import { DeviceStore } from "../exam/storage.ts";

/** The page that stands in for one that could not be loaded: what is kept, and a new try until the line is back. */
const EVERY_MS = 4_000;
const root = need("waiting");

async function tellWhatWaits(): Promise<void> {
  const waiting = await (await DeviceStore.open()).waiting(root.dataset["attempt"]!);
  const answers = waiting.filter((event) => event.kind === "answer").length;
  need("kept-some").hidden = answers === 0;
  need("kept-count").textContent = String(answers);
}

async function lineIsBack(): Promise<boolean> {
  try {
    const reply = await fetch(location.href, { cache: "no-store", redirect: "manual", credentials: "same-origin" });
    return reply.type === "opaqueredirect" || reply.status < 500;
  } catch {
    return false;
  }
}

let asking = false;

async function tryAgain(): Promise<void> {
  if (asking) return;
  asking = true;
  if (await lineIsBack()) {
    // Opened by its own address, there is nothing to come back to but the sitting.
    if (location.pathname.endsWith("/waiting")) location.replace(root.dataset["next"]!);
    else location.reload();
  }
  asking = false;
}

void tellWhatWaits().catch(() => undefined);
need("try-again").addEventListener("click", () => void tryAgain());
window.addEventListener("online", () => void tryAgain());
window.setInterval(() => void tryAgain(), EVERY_MS);
