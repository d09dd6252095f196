import { initJsPsych } from "jspsych";
import type { Json } from "../exam/contract.ts";
import type { Texts } from "../exam/texts.ts";
import type { Attention } from "./attention.ts";
import type { DeviceTiming } from "./device_timing.ts";

/** A trial or a timeline, as jsPsych takes them. */
export type TimelineNode = Record<string, unknown>;

/** What a task has around it: words, the line to the server, somebody's attention, the device's timing. */
export interface TaskRoom {
  readonly texts: Texts;
  readonly attention: Attention;
  readonly timing: DeviceTiming;
  /** The part is over, whatever was going on. */
  readonly over: AbortSignal;
  /** Keep and send an answer. */
  answer(item: string, value: Json): void;
  /** Say how far the part has come. */
  progress(done: number, total: number, words: string): void;
  /** Draw again when the reader changes the language. */
  onLanguage(draw: () => void, signal: AbortSignal): void;
  /** No camera picture is taken in the moments in which milliseconds count. */
  quiet(on: boolean): void;
}

/** A signal of one trial: it ends with the trial, and with the part. */
export function trialScope(room: TaskRoom): AbortController {
  const scope = new AbortController();
  if (room.over.aborted) scope.abort();
  room.over.addEventListener("abort", () => scope.abort(), { once: true, signal: scope.signal });
  return scope;
}

/** Run a timeline on `element`; resolves to whether it came to its own end. */
export async function runTimeline(element: HTMLElement, timeline: TimelineNode[], room: TaskRoom): Promise<boolean> {
  if (room.over.aborted) return false;
  const engine = initJsPsych({ display_element: element, use_webaudio: false });
  const stop = (): void => engine.abortExperiment();
  room.over.addEventListener("abort", stop, { once: true });
  try {
    await engine.run(timeline as Parameters<typeof engine.run>[0]);
  } finally {
    room.over.removeEventListener("abort", stop);
    element.replaceChildren();
  }
  return !room.over.aborted;
}
