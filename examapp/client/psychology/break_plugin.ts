import { ParameterType, type JsPsychPlugin, type TrialType } from "jspsych";
import { make } from "../exam/dom.ts";
import { trialScope, type TaskRoom } from "./task_room.ts";

const INFO = {
  name: "break",
  version: "1.0.0",
  parameters: {
    /** Keys of the texts; `text` may have gaps. */
    title: { type: ParameterType.STRING, default: undefined },
    text: { type: ParameterType.STRING, default: undefined },
    button: { type: ParameterType.STRING, default: undefined },
    gaps: { type: ParameterType.OBJECT, default: {} },
  },
  data: {},
} as const;
type Info = typeof INFO;

/** A page of rest that the applicant ends. */
export function breakPlugin(room: TaskRoom) {
  return class implements JsPsychPlugin<Info> {
    static readonly info = INFO;

    trial(display: HTMLElement, trial: TrialType<Info>): Promise<Record<string, never>> {
      const scope = trialScope(room);
      const title = make("h1", { attributes: { tabindex: "-1" } });
      const text = make("p", { class: "muted" });
      const button = make("button", { class: "btn btn-primary btn-wide", attributes: { type: "button" } });
      const draw = (): void => {
        const gaps = trial.gaps as Record<string, string | number>;
        title.textContent = room.texts.say(trial.title!, gaps);
        text.textContent = room.texts.say(trial.text!, gaps);
        button.textContent = room.texts.say(trial.button!, gaps);
      };
      draw();
      room.onLanguage(draw, scope.signal);
      display.replaceChildren(make("div", { class: "task-break" }, title, text), button);
      button.focus({ preventScroll: true });
      return new Promise((done) => {
        button.addEventListener("click", () => {
          scope.abort();
          done({});
        });
      });
    }
  };
}
