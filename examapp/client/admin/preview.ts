interface Reply {
  preview: string;
  findings: string;
  errors: number;
}

/** The applicant's page in the frame, kept up to what is typed. The server renders it, escaped, as the exam does. */
export class Preview {
  private readonly frame = document.getElementById("preview") as HTMLIFrameElement;
  private readonly tools = document.querySelector<HTMLElement>("[data-preview-tools]");
  private language = document.documentElement.lang;
  private scheme: string | null = null;
  private newest = 0;

  constructor(private readonly form: HTMLFormElement) {
    if (this.tools) this.tools.hidden = false;
    this.tools?.addEventListener("click", (event) => this.choose(event.target as HTMLElement));
    this.frame.addEventListener("load", () => {
      this.paint();
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
    const { preview, findings } = (await reply.json()) as Reply;
    const body = this.frame.contentDocument?.body;
    if (body?.classList.contains("applicant")) body.innerHTML = preview;
    const list = document.getElementById("findings");
    if (list && list.innerHTML !== findings) list.innerHTML = findings;
  }

  private choose(target: HTMLElement): void {
    const button = target.closest<HTMLElement>("button");
    const { language, scheme } = button?.dataset ?? {};
    if (language) this.speak(language);
    if (scheme) {
      this.scheme = this.scheme === scheme ? null : scheme;
      this.press("scheme", this.scheme ?? "");
      this.paint();
    }
  }

  private press(kind: "language" | "scheme", value: string): void {
    for (const button of this.tools?.querySelectorAll<HTMLElement>(`[data-${kind}]`) ?? []) {
      button.setAttribute("aria-pressed", String(button.dataset[kind] === value));
    }
  }

  private paint(): void {
    const root = this.frame.contentDocument?.documentElement;
    const scheme = this.scheme ?? document.documentElement.getAttribute("data-bs-theme");
    if (!root) return;
    if (scheme) root.setAttribute("data-bs-theme", scheme);
    else root.removeAttribute("data-bs-theme");
  }
}
