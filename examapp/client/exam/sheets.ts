import type { Notice } from "./contract.ts";
import { make, need } from "./dom.ts";
import type { Texts } from "./texts.ts";

export interface Action {
  label: string;
  run(): void;
}

/** Calm messages above the bar at the thumb: they lie over the page, so that nothing on it moves. */
export class Sheets {
  private readonly texts: Texts;
  private readonly open = new Map<string, HTMLElement>();
  private readonly wasRead = new Set<string>();

  constructor(texts: Texts) {
    this.texts = texts;
  }

  /** Show or replace the message `key`; it goes when its action is pressed or `close` is called. */
  show(key: string, text: string, tone: "blue" | "amber", actions: Action[]): void {
    const buttons = actions.map((action) => {
      const button = make("button", { class: "btn btn-plain", text: action.label, attributes: { type: "button" } });
      button.addEventListener("click", () => {
        this.close(key);
        action.run();
      });
      return button;
    });
    const sheet = make(
      "div",
      { class: `note sheet-note${tone === "amber" ? " note--amber" : ""}` },
      make("p", { class: "grow", text }),
      ...buttons,
    );
    const before = this.open.get(key);
    this.open.set(key, sheet);
    if (before) before.replaceWith(sheet);
    else need("sheets").append(sheet);
  }

  close(key: string): void {
    this.open.get(key)?.remove();
    this.open.delete(key);
  }

  has(key: string): boolean {
    return this.open.has(key);
  }

  /** Show each waiting notice once; `read` is told when its reader says so. What the server no longer lists goes. */
  notices(waiting: readonly Notice[], read: (notice: Notice) => void): void {
    const listed = new Set(waiting.map((notice) => `notice:${notice.id}`));
    for (const key of this.open.keys()) {
      if (key.startsWith("notice:") && !listed.has(key)) this.close(key);
    }
    for (const notice of waiting) {
      const key = `notice:${notice.id}`;
      if (this.open.has(key) || this.wasRead.has(key)) continue;
      const done = (): void => {
        this.wasRead.add(key);
        read(notice);
      };
      const text = `${this.texts.say("from_proctor")} ${notice.text}`;
      this.show(key, text, "blue", [{ label: this.texts.say("i_have_read"), run: done }]);
    }
  }
}
