import { ParameterType, type JsPsychPlugin, type TrialType } from "jspsych";
import { make } from "../exam/dom.ts";
import { SymbolBoard } from "./symbol_board.ts";
import type { SymbolRow } from "./setup.ts";
import { Stopwatch } from "./stopwatch.ts";
import { SEES_NOTHING_MS } from "./symbol_sheet.ts";
import { trialScope, type TaskRoom } from "./task_room.ts";

const TICK_MS = 100;
const NOTED_EACH_MS = 1_000;
const INFO = {
  name: "missing-symbol-column",
  version: "1.0.0",
  parameters: {
    column: { type: ParameterType.INT, default: undefined },
    columns: { type: ParameterType.INT, default: undefined },
    key: { type: ParameterType.STRING, array: true, default: undefined },
    rows: { type: ParameterType.OBJECT, array: true, default: undefined },
    first_row: { type: ParameterType.INT, default: 0 },
    elapsed_ms: { type: ParameterType.FLOAT, default: 0 },
    limit_ms: { type: ParameterType.INT, default: undefined },
  },
  data: { answered: { type: ParameterType.INT }, elapsed_ms: { type: ParameterType.FLOAT } },
} as const;
type Info = typeof INFO;

/** One timed column: row after row until its time is up; the clock counts only while the rows are on the screen. */
export function symbolColumnPlugin(room: TaskRoom, note: (column: number, elapsed: number) => void) {
  return class implements JsPsychPlugin<Info> {
    static readonly info = INFO;

    async trial(display: HTMLElement, trial: TrialType<Info>): Promise<{ answered: number; elapsed_ms: number }> {
      const scope = trialScope(room);
      const rows = trial.rows as SymbolRow[];
      const limit = trial.limit_ms!;
      const watch = new Stopwatch(trial.elapsed_ms);
      const board = new SymbolBoard(room, trial.key as string[], scope.signal);
      const time = make("progress", { class: "column-time", attributes: { max: String(limit) } });
      const words = make("p", { class: "column-words muted num" });
      let row = trial.first_row!;
      let shownAt = 0;
      const draw = (): void => {
        const gaps = { n: trial.column! + 1, total: trial.columns! };
        const said = room.texts.say("column_of", gaps);
        room.progress(trial.column!, trial.columns!, said);
        words.textContent = said;
        time.setAttribute("aria-label", room.texts.say("column_time"));
        board.relabel();
      };
      const show = (): void => {
        board.show(rows[row]!.shown);
        requestAnimationFrame((at) => {
          shownAt = at;
          if (!room.attention.away) watch.run(at);
        });
      };
      const pause = (): void => {
        watch.pause(performance.now());
        board.cover(true);
        void room.attention.present().then(() => {
          if (scope.signal.aborted) return;
          board.cover(false);
          show();
        });
      };

      time.value = trial.elapsed_ms!;
      display.replaceChildren(time, board.element);
      draw();
      room.onLanguage(draw, scope.signal);
      room.attention.onLeave(pause, scope.signal);
      await room.attention.present();
      show();
      return new Promise((done) => {
        const end = (): void => {
          if (scope.signal.aborted) return;
          const elapsed = Math.min(limit, watch.read(performance.now()));
          scope.abort();
          note(trial.column! + 1, 0);
          done({ answered: row, elapsed_ms: Math.round(elapsed) });
        };
        board.onChoice = (symbol, at) => {
          if (!watch.running || at - shownAt < SEES_NOTHING_MS) return;
          const t = watch.read(at);
          if (t > limit) return end();
          room.answer(rows[row]!.id, { symbol, t_ms: Math.round(t) });
          row += 1;
          if (row >= rows.length) end();
          else show();
        };
        let noted = 0;
        const tick = window.setInterval(() => {
          const t = watch.read(performance.now());
          time.value = Math.min(limit, t);
          if (t - noted >= NOTED_EACH_MS) note(trial.column!, (noted = t));
          if (t >= limit) end();
        }, TICK_MS);
        scope.signal.addEventListener("abort", () => window.clearInterval(tick), { once: true });
      });
    }
  };
}
