/** The reader's choice of light, dark, or as the device says; kept a year in a cookie that the server reads. */
type Theme = "auto" | "light" | "dark";

const NEXT: Record<Theme, Theme> = { auto: "dark", dark: "light", light: "auto" };
const YEAR_SECONDS = 31_536_000;

export function nextTheme(current: string | null): Theme {
  return current === "dark" || current === "light" ? NEXT[current] : NEXT.auto;
}

export function wireTheme(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-theme-switch]")) {
    // Without script the button would do nothing, so the server sends it hidden.
    button.hidden = false;
    button.addEventListener("click", () => {
      const root = page.documentElement;
      const chosen = nextTheme(root.getAttribute("data-bs-theme"));
      if (chosen === "auto") root.removeAttribute("data-bs-theme");
      else root.setAttribute("data-bs-theme", chosen);
      const secure = location.protocol === "https:" ? "; Secure" : "";
      page.cookie = `theme=${chosen}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
    });
  }
}
