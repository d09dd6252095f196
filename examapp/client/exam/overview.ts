import { make, need } from "./dom.ts";
import type { Exam } from "./exam.ts";
import type { Texts } from "./texts.ts";

/** The list of all questions, the little bars above the question, and the words before submitting. */
export class Overview {
  private readonly texts: Texts;
  private readonly goTo: (index: number) => void;

  constructor(texts: Texts, goTo: (index: number) => void) {
    this.texts = texts;
    this.goTo = goTo;
  }

  progress(exam: Exam): void {
    const bars = exam.items.map((item, index) =>
      make("li", {
        class: [
          exam.isAnswered(item.item_id) ? "is-answered" : "",
          exam.isMarked(item.item_id) ? "is-marked" : "",
          index === exam.index ? "is-current" : "",
        ].join(" "),
      }),
    );
    need("progress").replaceChildren(...bars);
  }

  fill(exam: Exam): void {
    const done = exam.items.length - exam.unanswered().length;
    need("overview-count").textContent = this.texts.say("answered_of", { done, total: exam.items.length });
    need("overview-grid").replaceChildren(...exam.items.map((_, index) => this.place(exam, index)));
  }

  /** The questions that still have no answer, each a way back to it; before a submit. */
  fillConfirm(exam: Exam): void {
    const open = exam.unanswered();
    const marked = exam.marked();
    need("confirm-open").hidden = open.length === 0;
    need("confirm-open-text").textContent = this.texts.say(open.length === 1 ? "open_one" : "open_many", { n: open.length });
    need("confirm-open-list").replaceChildren(...open.map((index) => this.place(exam, index)));
    need("confirm-marked").hidden = marked.length === 0;
    need("confirm-marked-text").textContent = this.texts.say("marked_many", { n: marked.length });
    need("confirm-all").hidden = open.length > 0;
  }

  private place(exam: Exam, index: number): HTMLElement {
    const item = exam.items[index]!;
    const answered = exam.isAnswered(item.item_id);
    const marked = exam.isMarked(item.item_id);
    const words = [
      this.texts.say("question_n", { n: index + 1 }),
      this.texts.say(answered ? "is_answered" : "is_open"),
      ...(marked ? [this.texts.say("is_marked")] : []),
    ];
    const button = make("button", {
      class: `place${answered ? " is-answered" : ""}${marked ? " is-marked" : ""}`,
      text: String(index + 1),
      attributes: {
        type: "button",
        "aria-label": words.join(", "),
        ...(index === exam.index ? { "aria-current": "true" } : {}),
      },
    });
    button.addEventListener("click", () => this.goTo(index));
    return make("li", {}, button);
  }
}
