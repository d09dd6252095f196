const EVERY_MS = 10_000;

/** Says who else has this item open, and when somebody saved it meanwhile. Nobody is locked out. */
export function wirePresence(): void {
  const line = document.getElementById("presence");
  const url = line?.dataset["url"];
  if (!line || !url) return;
  const token = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
  const ask = async (): Promise<void> => {
    const body = new URLSearchParams({ revision: line.dataset["revision"] ?? "" });
    const reply = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => null);
    // Without a line nobody knows; what was said last would be a guess.
    const said = reply?.ok ? ((await reply.json()) as { words: string }).words : "";
    if (line.textContent !== said) line.textContent = said;
    line.hidden = !said;
  };
  void ask();
  window.setInterval(() => {
    if (!document.hidden) void ask();
  }, EVERY_MS);
}
