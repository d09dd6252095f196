import { ParameterType, type JsPsychPlugin, type TrialType } from "jspsych";
import { make } from "../exam/dom.ts";
import { arrow } from "./glyphs.ts";
import { ReactionRun } from "./reaction_run.ts";
import { trialScope, type TaskRoom } from "./task_room.ts";

const GAP_MS = 300;
const FEEDBACK_MS = 900;
const INFO = {
  name: "choice-reaction",
  version: "1.0.0",
  parameters: {
    item: { type: ParameterType.STRING, default: undefined },
    stimulus: { type: ParameterType.STRING, default: undefined },
    right: { type: ParameterType.STRING, default: undefined },
    responses: { type: ParameterType.STRING, array: true, default: undefined },
    foreperiod_ms: { type: ParameterType.INT, default: undefined },
    timeout_ms: { type: ParameterType.INT, default: undefined },
    practice: { type: ParameterType.BOOL, default: false },
    number: { type: ParameterType.INT, default: 1 },
    total: { type: ParameterType.INT, default: 1 },
  },
  data: { response: { type: ParameterType.STRING }, rt_ms: { type: ParameterType.FLOAT } },
} as const;
type Info = typeof INFO;
interface Result extends Record<string, string | number | null> {
  response: string | null;
  rt_ms: number | null;
}

/** One arrow after a wait of varying length, answered on a cross of buttons or with the arrow keys. */
export function reactionPlugin(room: TaskRoom) {
  return class implements JsPsychPlugin<Info> {
    static readonly info = INFO;

    async trial(display: HTMLElement, trial: TrialType<Info>): Promise<Result> {
      const scope = trialScope(room);
      const box = make("div", { class: "reaction-box", attributes: { "aria-live": "off" } });
      const hint = make("p", { class: "task-hint", attributes: { role: "status" } });
      const buttons = cross(trial.responses as string[], room);
      let said = "";
      const draw = (): void => {
        const gaps = { n: trial.number!, total: trial.total! };
        room.progress(trial.number! - 1, trial.total!, room.texts.say(trial.practice ? "practice_of" : "arrow_of", gaps));
        hint.textContent = said ? room.texts.say(said) : "";
        for (const button of buttons.querySelectorAll<HTMLElement>("[data-response]")) {
          button.setAttribute("aria-label", room.texts.say(`direction_${button.dataset["response"]}`));
        }
      };
      const say = (key: string): void => {
        said = key;
        draw();
      };
      display.replaceChildren(hint, box, buttons);
      draw();
      room.onLanguage(draw, scope.signal);
      await room.attention.present();
      const result = await this.present(trial, box, buttons, say, scope.signal);
      room.answer(trial.item!, { ...result });
      if (trial.practice) await feedback(result, trial.right!, say);
      else await rest(GAP_MS);
      scope.abort();
      return result;
    }

    /** From the wait to the press; ends without an answer at the time-out, or when an arrow was seen by nobody. */
    present(
      trial: TrialType<Info>,
      box: HTMLElement,
      buttons: HTMLElement,
      say: (key: string) => void,
      signal: AbortSignal,
    ): Promise<Result> {
      const run = new ReactionRun({
        foreperiodMs: trial.foreperiod_ms!,
        timeoutMs: trial.timeout_ms!,
        frameMs: room.timing.frameMs,
      });
      const listening = new AbortController();
      signal.addEventListener("abort", () => listening.abort(), { once: true });
      return new Promise((done) => {
        const end = (response: string | null, rt: number | null): void => {
          listening.abort();
          room.quiet(false);
          box.replaceChildren();
          done({ response, rt_ms: rt === null ? null : Math.round(rt * 10) / 10 });
        };
        const frame = (at: number): void => {
          if (listening.signal.aborted) return;
          if (!room.attention.away) {
            const next = run.frame(at);
            if (next === "show") {
              room.quiet(true);
              box.replaceChildren(arrow(trial.stimulus!.replace("arrow_", "")));
            }
            if (next === "timeout") return end(null, null);
          }
          requestAnimationFrame(frame);
        };
        const press = (response: string, event: Event): void => {
          if (room.attention.away) return;
          room.timing.heard(event, performance.now());
          const pressed = run.press(event.timeStamp);
          if (pressed.kind === "early") say("too_early");
          if (pressed.kind === "answer") end(response, pressed.rt);
        };
        listen(buttons, trial.responses as string[], press, listening.signal);
        room.attention.onLeave(() => {
          if (run.interrupt() === "lapse") end(null, null);
        }, listening.signal);
        signal.addEventListener("abort", () => room.quiet(false), { once: true });
        requestAnimationFrame(frame);
      });
    }
  };
}

function listen(
  buttons: HTMLElement,
  responses: readonly string[],
  press: (response: string, event: Event) => void,
  signal: AbortSignal,
): void {
  const byButton = (event: MouseEvent): void => {
    const name = (event.target as Element).closest<HTMLElement>("[data-response]")?.dataset["response"];
    if (name && event.button === 0) press(name, event);
  };
  buttons.addEventListener("pointerdown", byButton, { signal });
  buttons.addEventListener("click", (event) => event.detail === 0 && byButton(event), { signal });
  document.addEventListener(
    "keydown",
    (event) => {
      const name = event.key.startsWith("Arrow") ? event.key.slice(5).toLowerCase() : "";
      if (!responses.includes(name) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      if (!event.repeat) press(name, event);
    },
    { signal },
  );
}

function cross(responses: readonly string[], room: TaskRoom): HTMLElement {
  const buttons = responses.map((name) =>
    make(
      "button",
      {
        class: `reaction-button reaction-button--${name}`,
        attributes: { type: "button", "data-response": name, "aria-label": room.texts.say(`direction_${name}`) },
      },
      arrow(name),
    ),
  );
  return make("div", { class: "reaction-cross", attributes: { role: "group" } }, ...buttons);
}

async function feedback(result: Result, right: string, say: (key: string) => void): Promise<void> {
  if (result.response === null) say("practice_too_slow");
  else say(result.response === right ? "practice_right" : "practice_wrong_arrow");
  await rest(FEEDBACK_MS);
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
