/** One thing to be heard: a recording where there is one, else the words for the device's voice. */
export interface Passage {
  words: string;
  url: string | null;
}

export interface Voice {
  /** Whether the device can say words in the language of the page. */
  readonly speaks: boolean;
  play(url: string, signal: AbortSignal): Promise<void>;
  speak(words: string, signal: AbortSignal): Promise<void>;
}

/** `silent`: not everything could be heard, since the device has no voice for it. */
export type Outcome = "done" | "stopped" | "silent";

/**
 * Reads `passages` one after the other and points at each while it is heard. A recording that can't be played is read by
 * the device's voice; what neither can say is passed over, and the outcome says so.
 */
export async function readAloud(
  passages: readonly Passage[],
  voice: Voice,
  point: (place: number | null) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  let missed = false;
  try {
    for (const [place, passage] of passages.entries()) {
      if (signal.aborted) return "stopped";
      if (!passage.url && !passage.words) continue;
      point(place);
      if (!(await heard(passage, voice, signal)) && !signal.aborted) missed = true;
    }
  } finally {
    point(null);
  }
  if (signal.aborted) return "stopped";
  return missed ? "silent" : "done";
}

async function heard(passage: Passage, voice: Voice, signal: AbortSignal): Promise<boolean> {
  const ways: (() => Promise<void>)[] = [];
  if (passage.url) ways.push(() => voice.play(passage.url!, signal));
  if (voice.speaks) ways.push(() => voice.speak(passage.words, signal));
  for (const way of ways) {
    try {
      await way();
      return true;
    } catch {
      if (signal.aborted) return false;
    }
  }
  return false;
}

/** What is needed of a browser's voice to choose among many. */
export interface VoiceName {
  lang: string;
  localService: boolean;
}

/** Codes by which devices call Indonesian: old ones still use the code of before 1989, some write an underscore. */
const CODES = { id: ["id", "in"], en: ["en"] } as const;

/** The device's best voice for a language: one that needs no line before one that does; null where it has none. */
export function chooseVoice<V extends VoiceName>(voices: readonly V[], language: "id" | "en"): V | null {
  const fits = voices.filter(({ lang }) => (CODES[language] as readonly string[]).includes(lang.toLowerCase().split(/[-_]/)[0]!));
  return fits.find((voice) => voice.localService) ?? fits[0] ?? null;
}

/** A browser cuts a long utterance off in the middle; a sentence at a time it says to the end. */
const LONGEST = 160;

/** `words` in pieces that end where a sentence does, or else between two words. */
export function sentences(words: string): string[] {
  const found: string[] = [];
  let rest = words.replace(/\s+/g, " ").trim();
  while (rest.length > LONGEST) {
    const head = rest.slice(0, LONGEST);
    const stop = Math.max(head.lastIndexOf(". "), head.lastIndexOf("? "), head.lastIndexOf("; "), head.lastIndexOf(": "));
    const cut = stop > 0 ? stop + 1 : head.lastIndexOf(" ") > 0 ? head.lastIndexOf(" ") : LONGEST;
    found.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return rest ? [...found, rest] : found;
}
