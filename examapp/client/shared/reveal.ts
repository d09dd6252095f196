/** A button beside a password shows what was typed, for whoever can't type blindly; it hides again when sent. */
export function wireReveal(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-reveals]")) {
    const input = page.getElementById(button.dataset["reveals"]!) as HTMLInputElement | null;
    if (!input) continue;
    const show = (shown: boolean): void => {
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    };
    button.hidden = false;
    button.addEventListener("click", () => show(input.type === "password"));
    input.form?.addEventListener("submit", () => show(false));
  }
}
