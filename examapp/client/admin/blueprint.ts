/** After so long without a key press the bank is asked: solving is quick, but not for every key. */
const PAUSE_MS = 350;

/** What the bank gives for the counts being typed, and their sum. The server decides; the page only asks. */
export function wireBlueprint(form: HTMLFormElement): void {
  const place = document.getElementById("bp-check");
  const sum = form.querySelector<HTMLElement>("[data-sum]");
  let waiting = 0;
  let newest = 0;
  const refresh = async (): Promise<void> => {
    const number = ++newest;
    const body = new FormData(form);
    const reply = await fetch(form.dataset["blueprint"] ?? "", { method: "POST", body }).catch(() => null);
    // A slower, older answer must not overwrite a newer one; a failed one leaves what is shown.
    if (!reply?.ok || number !== newest || !place) return;
    place.innerHTML = ((await reply.json()) as { html: string }).html;
    place.removeAttribute("aria-busy");
  };
  form.addEventListener("input", () => {
    if (sum) sum.textContent = String(total(form));
    place?.setAttribute("aria-busy", "true");
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void refresh(), PAUSE_MS);
  });
}

function total(form: HTMLFormElement): number {
  const fields = form.querySelectorAll<HTMLInputElement>("input[name^=topic_]");
  return [...fields].reduce((sum, field) => sum + (Number.parseInt(field.value, 10) || 0), 0);
}
