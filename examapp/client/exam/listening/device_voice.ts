import { chooseVoice, sentences, type Voice } from "./reading_aloud.ts";

/** Some browsers give their list of voices only a moment after they were first asked. */
const PATIENCE_MS = 1_200;

/** The browser's own voice and its player. Nothing leaves the page: what is read is what stands on it. */
export class DeviceVoice implements Voice {
  private constructor(private readonly voice: SpeechSynthesisVoice | null) {}

  static async of(language: "id" | "en"): Promise<DeviceVoice> {
    return new DeviceVoice("speechSynthesis" in window ? chooseVoice(await voices(), language) : null);
  }

  get speaks(): boolean {
    return this.voice !== null;
  }

  play(url: string, signal: AbortSignal): Promise<void> {
    const player = new Audio(url);
    return ended(signal, () => player.pause(), (done, failed) => {
      player.addEventListener("ended", done);
      player.addEventListener("error", failed);
      player.play().catch(failed);
    });
  }

  async speak(words: string, signal: AbortSignal): Promise<void> {
    for (const sentence of sentences(words)) {
      if (signal.aborted) return;
      await this.say(sentence, signal);
    }
  }

  private say(sentence: string, signal: AbortSignal): Promise<void> {
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.voice = this.voice;
    utterance.lang = this.voice?.lang ?? "";
    return ended(signal, () => speechSynthesis.cancel(), (done, failed) => {
      utterance.addEventListener("end", done);
      utterance.addEventListener("error", failed);
      speechSynthesis.speak(utterance);
    });
  }
}

function ended(
  signal: AbortSignal,
  stop: () => void,
  begin: (done: () => void, failed: () => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = (): void => {
      stop();
      reject(new Error("stopped"));
    };
    signal.addEventListener("abort", aborted, { once: true });
    const settle = (then: () => void) => (): void => {
      signal.removeEventListener("abort", aborted);
      then();
    };
    begin(settle(resolve), settle(() => reject(new Error("not heard"))));
  });
}

function voices(): Promise<SpeechSynthesisVoice[]> {
  const known = speechSynthesis.getVoices();
  if (known.length > 0) return Promise.resolve(known);
  return new Promise((resolve) => {
    const give = (): void => resolve(speechSynthesis.getVoices());
    speechSynthesis.addEventListener("voiceschanged", give, { once: true });
    setTimeout(give, PATIENCE_MS);
  });
}
