import { ParameterType, type JsPsychPlugin, type TrialType } from "jspsych";
import { make } from "../exam/dom.ts";
import { SymbolBoard } from "./symbol_board.ts";
import { trialScope, type TaskRoom } from "./task_room.ts";

const RIGHT_SHOWN_MS = 600;
const INFO = {
  name: "missing-symbol-practice",
  version: "1.0.0",
  parameters: {
    key: { type: ParameterType.STRING, array: true, default: undefined },
    shown: { type: ParameterType.STRING, array: true, default: undefined },
    missing: { type: ParameterType.STRING, default: undefined },
    number: { type: ParameterType.INT, default: 1 },
    total: { type: ParameterType.INT, default: 1 },
  },
  data: { tries: { type: ParameterType.INT } },
} as const;
type Info = typeof INFO;

/** A row to try without a clock: it stays until it is right, and says what to look for. */
export function symbolPracticePlugin(room: TaskRoom) {
  return class implements JsPsychPlugin<Info> {
    static readonly info = INFO;

    trial(display: HTMLElement, trial: TrialType<Info>): Promise<{ tries: number }> {
      const scope = trialScope(room);
      const board = new SymbolBoard(room, trial.key as string[], scope.signal);
      const hint = make("p", { class: "task-hint", attributes: { role: "status" } });
      let tries = 0;
      let said = "practice_row";
      const draw = (): void => {
        const gaps = { n: trial.number!, total: trial.total! };
        room.progress(0, 1, room.texts.say("practice_of", gaps));
        hint.textContent = room.texts.say(said);
        board.relabel();
      };
      board.show(trial.shown as string[]);
      display.replaceChildren(hint, board.element);
      draw();
      room.onLanguage(draw, scope.signal);
      return new Promise((done) => {
        board.onChoice = (symbol) => {
          if (said === "practice_right") return;
          tries += 1;
          said = symbol === trial.missing ? "practice_right" : "practice_wrong_symbol";
          hint.classList.toggle("is-right", said === "practice_right");
          draw();
          if (said !== "practice_right") return;
          setTimeout(() => {
            scope.abort();
            done({ tries });
          }, RIGHT_SHOWN_MS);
        };
      });
    }
  };
}
