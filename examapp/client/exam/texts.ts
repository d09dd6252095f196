/** The words of the page, rendered by the server's catalogue in both languages; nothing is written here. */
export type Language = "id" | "en";
type Words = Record<string, string>;

export class Texts {
  language: Language;
  private readonly words: Record<Language, Words>;

  constructor(words: Record<Language, Words>, language: Language) {
    this.words = words;
    this.language = language;
  }

  static fromPage(page: Document): Texts {
    const source = page.getElementById("texts")?.textContent ?? "{}";
    return new Texts(JSON.parse(source), page.documentElement.lang === "en" ? "en" : "id");
  }

  get other(): Language {
    return this.language === "id" ? "en" : "id";
  }

  /** The words for `key` with `{name}` filled in. A missing key shows itself: a test walks them all. */
  say(key: string, gaps: Record<string, string | number> = {}): string {
    const found = this.words[this.language][key] ?? key;
    return found.replace(/\{(\w+)\}/g, (whole, name: string) => String(gaps[name] ?? whole));
  }

  /** Put the words of the present language onto every element that names its words. */
  relabel(page: Document): void {
    page.documentElement.lang = this.language;
    for (const element of page.querySelectorAll<HTMLElement>("[data-text]")) {
      element.textContent = this.say(element.dataset["text"]!);
    }
    for (const element of page.querySelectorAll<HTMLElement>("[data-label]")) {
      element.setAttribute("aria-label", this.say(element.dataset["label"]!));
    }
  }
}
