interface Said {
  reference: string;
  url: string;
  message: string;
}

/** The places for recordings and the film: uploads a chosen file, and lets it be heard or seen where it will stand. */
export function wireRecordings(form: HTMLFormElement, changed: () => void): void {
  for (const slot of form.querySelectorAll<HTMLElement>("[data-slot]")) {
    const input = form.elements.namedItem(slot.dataset["field"] ?? "") as HTMLInputElement;
    const file = slot.querySelector<HTMLInputElement>("input[type=file]")!;
    const empty = slot.querySelector<HTMLButtonElement>("[data-empty]")!;
    const put = (reference: string, url: string): void => {
      input.value = reference;
      empty.hidden = !reference;
      show(slot, url);
      say(slot, "");
      changed();
    };
    file.addEventListener("change", () => {
      const chosen = file.files?.[0];
      if (chosen) void upload(form, slot, chosen, put).finally(() => (file.value = ""));
    });
    empty.addEventListener("click", () => put("", ""));
  }
}

/** The server looks into the file; its sentence says what is wrong with it. */
async function upload(
  form: HTMLFormElement,
  slot: HTMLElement,
  file: File,
  put: (reference: string, url: string) => void,
): Promise<void> {
  const body = new FormData();
  body.set("kind", slot.dataset["slot"] ?? "");
  body.set("recording", file);
  const token = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
  slot.setAttribute("aria-busy", "true");
  const reply = await fetch(form.dataset["recordings"] ?? "", { method: "POST", body, headers: { "X-CSRFToken": token } })
    .then(async (each) => ({ ok: each.ok, said: (await each.json()) as Said }))
    .catch(() => null);
  slot.removeAttribute("aria-busy");
  if (reply?.ok) put(reply.said.reference, reply.said.url);
  else say(slot, reply?.said.message ?? form.dataset["failed"] ?? "");
}

function show(slot: HTMLElement, url: string): void {
  const place = slot.querySelector<HTMLElement>("[data-player]")!;
  place.replaceChildren();
  if (!url) return;
  const player = document.createElement(slot.dataset["slot"] === "video" ? "video" : "audio");
  player.controls = true;
  player.preload = "none";
  player.src = url;
  place.append(player);
}

function say(slot: HTMLElement, words: string): void {
  const line = slot.querySelector<HTMLElement>("[data-error]")!;
  line.textContent = words;
  line.hidden = !words;
}
