import type { PreviewMessage } from "../preview/main.ts";

interface Reply {
  item: PreviewMessage["item"];
  findings: string;
  errors: number;
  /** The parts of the item that have all they need, by the names of their tabs. */
  complete: string[];
}

/** The exam's own room in the frame, kept up to what is typed. */
export class Preview {
  private readonly frame = document.getElementById("preview") as HTMLIFrameElement;
  private readonly tools = document.querySelector<HTMLElement>("[data-preview-tools]");
  private language = document.documentElement.lang;
  private scheme: string | null = null;
  private newest = 0;
  private item: PreviewMessage["item"] = null;

  constructor(private readonly form: HTMLFormElement) {
    if (this.tools) this.tools.hidden = false;
    this.tools?.addEventListener("click", (event) => this.choose(event.target as HTMLElement));
    this.frame.addEventListener("load", () => {
      void this.refresh();
    });
    if (this.frame.contentDocument?.readyState === "complete") void this.refresh();
  }

  speak(language: string): void {
    if (language === this.language) return;
    this.language = language;
    this.press("language", language);
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const number = ++this.newest;
    const address = `${this.form.dataset["preview"] ?? ""}?language=${this.language}`;
    const reply = await fetch(address, { method: "POST", body: new FormData(this.form) }).catch(() => null);
    // A slower, older answer must not overwrite a newer one; a failed one leaves what is shown.
    if (!reply?.ok || number !== this.newest) return;
    const { item, findings, complete } = (await reply.json()) as Reply;
    this.item = item;
    this.tell();
    const list = document.getElementById("findings");
    if (list && list.innerHTML !== findings) list.innerHTML = findings;
    for (const tick of this.form.querySelectorAll<HTMLElement>("[data-tick]")) {
      tick.hidden = !complete.includes(tick.dataset["tick"] ?? "");
    }
  }

  private choose(target: HTMLElement): void {
    const button = target.closest<HTMLElement>("button");
    const { language, scheme, device } = button?.dataset ?? {};
    if (language) this.speak(language);
    if (scheme) {
      this.scheme = this.scheme === scheme ? null : scheme;
      this.press("scheme", this.scheme ?? "");
      this.tell();
    }
    if (device) {
      document.querySelector(".preview-frame")?.setAttribute("data-device", device);
      document.querySelector(".desk")?.classList.toggle("is-wide", device === "desktop");
      this.press("device", device);
    }
  }

  private press(kind: "language" | "scheme" | "device", value: string): void {
    for (const button of this.tools?.querySelectorAll<HTMLElement>(`[data-${kind}]`) ?? []) {
      button.setAttribute("aria-pressed", String(button.dataset[kind] === value));
    }
  }

  private tell(): void {
    const scheme = this.scheme ?? document.documentElement.getAttribute("data-bs-theme");
    const language = this.language === "en" ? "en" : "id";
    const message: PreviewMessage = { item: this.item, language, scheme };
    this.frame.contentWindow?.postMessage(message, location.origin);
  }
}
