const PAUSE_MS = 200;

/** The dialog that puts a picture into a field: one of ours, an uploaded one, or a new upload. */
export function wirePicker(form: HTMLFormElement, changed: () => void): void {
  const dialog = document.getElementById("picker") as HTMLDialogElement | null;
  if (!dialog) return;
  const words = dialog.querySelector<HTMLInputElement>("#picker-words")!;
  const kind = dialog.querySelector<HTMLSelectElement>("#picker-kind")!;
  const file = dialog.querySelector<HTMLInputElement>("#picker-file")!;
  const list = dialog.querySelector<HTMLElement>("#picker-list")!;
  let field = "picture";
  let waiting = 0;

  const put = (reference: string, url: string): void => {
    fill(form, field, reference, url);
    dialog.close();
    changed();
  };
  const search = async (): Promise<void> => {
    const query = new URLSearchParams({ words: words.value, kind: kind.value });
    const reply = await fetch(`${dialog.dataset["url"] ?? ""}?${query}`).catch(() => null);
    if (reply?.ok) list.innerHTML = await reply.text();
    else say(dialog, dialog.dataset["failed"] ?? "");
  };
  for (const button of form.querySelectorAll<HTMLButtonElement>("[data-pick]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      field = button.dataset["pick"] ?? "picture";
      say(dialog, "");
      dialog.showModal();
      words.focus();
      void search();
    });
  }
  for (const button of form.querySelectorAll<HTMLButtonElement>("[data-clear]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      fill(form, button.dataset["clear"] ?? "", "", "");
      changed();
    });
  }
  dialog.querySelector("[data-closes]")?.addEventListener("click", () => dialog.close());
  words.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void search(), PAUSE_MS);
  });
  kind.addEventListener("change", () => void search());
  list.addEventListener("click", (event) => {
    const choice = (event.target as Element).closest<HTMLElement>("[data-reference]");
    if (choice) put(choice.dataset["reference"] ?? "", choice.dataset["url"] ?? "");
  });
  file.addEventListener("change", () => void upload(dialog, file, put));
}

/** Sends the chosen file; the server looks at it closely, and its sentence says what is wrong. */
async function upload(
  dialog: HTMLDialogElement,
  file: HTMLInputElement,
  put: (reference: string, url: string) => void,
): Promise<void> {
  const chosen = file.files?.[0];
  if (!chosen) return;
  const body = new FormData();
  body.set("picture", chosen);
  const token = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
  const reply = await fetch(dialog.dataset["upload"] ?? "", { method: "POST", body, headers: { "X-CSRFToken": token } })
    .then(async (each) => ({ ok: each.ok, said: (await each.json()) as { reference: string; url: string; message: string } }))
    .catch(() => null);
  file.value = "";
  if (reply?.ok) put(reply.said.reference, reply.said.url);
  else say(dialog, reply?.said.message ?? dialog.dataset["failed"] ?? "");
}

function say(dialog: HTMLDialogElement, text: string): void {
  const line = dialog.querySelector<HTMLElement>("#picker-error")!;
  line.textContent = text;
  line.hidden = !text;
}

function fill(form: HTMLFormElement, name: string, reference: string, url: string): void {
  const input = form.elements.namedItem(name) as HTMLInputElement;
  input.value = reference;
  const thumb = input.closest(".picture-field")?.querySelector(".picture-thumb");
  if (!thumb) return;
  if (!url) {
    thumb.replaceChildren();
    return;
  }
  const image = document.createElement("img");
  image.src = url;
  image.alt = "";
  thumb.replaceChildren(image);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
