import { ParameterType, type JsPsychPlugin, type TrialType } from "jspsych";
import { make } from "../exam/dom.ts";
import type { StatementSheet } from "./statement_sheet.ts";
import { trialScope, type TaskRoom } from "./task_room.ts";

/** The chosen button stays in sight for a moment, so that a slip of the thumb is noticed. */
const SHOWN_MS = 240;
/** A second touch of one tap must not answer the next statement as well. */
const NEW_PAGE_MS = 250;
const INFO = {
  name: "statement",
  version: "1.0.0",
  parameters: { position: { type: ParameterType.INT, default: 0 } },
  data: {
    choice: { type: ParameterType.INT },
    rt_ms: { type: ParameterType.FLOAT },
  },
} as const;
type Info = typeof INFO;
type Result = Record<string, number | null>;

/** One statement and five buttons; back and forward without an answer are allowed, nothing presses. */
export function statementPlugin(room: TaskRoom, sheet: StatementSheet) {
  return class implements JsPsychPlugin<Info> {
    static readonly info = INFO;

    trial(display: HTMLElement, _trial: TrialType<Info>): Promise<Result> {
      const scope = trialScope(room);
      const shownAt = performance.now();
      const text = make("h1", { class: "statement", attributes: { tabindex: "-1" } });
      const list = make("div", { class: "options", attributes: { role: "group", "aria-labelledby": "statement" } });
      const back = step("‹", sheet.cursor === 0);
      const forward = step("›", false);
      text.id = "statement";
      const draw = (): void => {
        const gaps = { n: sheet.cursor + 1, total: sheet.length };
        room.progress(sheet.done, sheet.length, room.texts.say("statement_of", gaps));
        text.textContent = sheet.statement.text;
        back.setAttribute("aria-label", room.texts.say("previous_statement"));
        forward.setAttribute("aria-label", room.texts.say("next_statement"));
        list.replaceChildren(...sheet.scale.map((label, index) => this.option(label, index + 1)));
      };
      draw();
      display.replaceChildren(text, list, make("div", { class: "task-steps" }, back, forward));
      text.focus({ preventScroll: true });
      room.onLanguage(draw, scope.signal);
      this.follow(scope.signal);
      return new Promise((done) => {
        const leave = (to: number, result: Result): void => {
          if (scope.signal.aborted) return;
          scope.abort();
          sheet.move(to, performance.now());
          done(result);
        };
        const choose = (choice: number, at: number): void => {
          if (at - shownAt < NEW_PAGE_MS || list.classList.contains("is-settled")) return;
          const answer = sheet.choose(choice, at);
          room.answer(sheet.statement.id, { ...answer });
          list.classList.add("is-settled");
          draw();
          const to = sheet.cursor + 1;
          setTimeout(() => leave(to, { ...answer }), SHOWN_MS);
        };
        const { signal } = scope;
        list.addEventListener(
          "click",
          (event) => {
            const choice = (event.target as Element).closest<HTMLElement>("[data-choice]")?.dataset["choice"];
            if (choice) choose(Number(choice), event.timeStamp);
          },
          { signal },
        );
        back.addEventListener("click", () => leave(sheet.cursor - 1, { choice: null, rt_ms: null }), { signal });
        forward.addEventListener("click", () => leave(sheet.cursor + 1, { choice: null, rt_ms: null }), { signal });
        document.addEventListener(
          "keydown",
          (event) => {
            if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
            if (document.querySelector("dialog[open]")) return;
            const choice = event.key.length === 1 ? "12345".indexOf(event.key) + 1 : 0;
            room.timing.heard(event, performance.now());
            if (choice > 0 && choice <= sheet.scale.length) choose(choice, event.timeStamp);
            else if (event.key === "ArrowLeft" && sheet.cursor > 0) leave(sheet.cursor - 1, { choice: null, rt_ms: null });
            else if (event.key === "ArrowRight") leave(sheet.cursor + 1, { choice: null, rt_ms: null });
            else return;
            event.preventDefault();
          },
          { signal },
        );
      });
    }

    option(label: string, number: number): HTMLElement {
      const chosen = sheet.choice === number;
      return make(
        "button",
        {
          class: `option${chosen ? " is-chosen" : ""}`,
          attributes: { type: "button", "data-choice": String(number), "aria-pressed": String(chosen) },
        },
        make("span", { class: "option-letter", text: String(number), attributes: { "aria-hidden": "true" } }),
        make("span", { class: "grow", text: label }),
      );
    }

    /** The statement's own clock counts only while it can be read. */
    follow(signal: AbortSignal): void {
      sheet.look(performance.now());
      document.addEventListener(
        "visibilitychange",
        () => {
          if (document.visibilityState === "hidden") sheet.lookAway(performance.now());
          else sheet.look(performance.now());
        },
        { signal },
      );
    }
  };
}

function step(sign: string, disabled: boolean): HTMLButtonElement {
  const button = make("button", { class: "btn btn-plain square", text: sign, attributes: { type: "button" } });
  button.disabled = disabled;
  return button;
}
