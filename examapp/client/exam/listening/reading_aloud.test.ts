import { describe, expect, it } from "vitest";
import { chooseVoice, readAloud, sentences, type Passage, type Voice } from "./reading_aloud.ts";

const PASSAGES: Passage[] = [
  { words: "Apa arti rambu ini?", url: null },
  { words: "A. Berhenti", url: "/recordings/a.mp3" },
  { words: "B. Jalan", url: null },
];

/** A device that writes down what it says; `broken` are the addresses it can't play. */
class Device implements Voice {
  readonly said: string[] = [];
  readonly pointed: (number | null)[] = [];
  constructor(
    readonly speaks: boolean,
    private readonly broken: string[] = [],
    private readonly at: (said: string) => void = () => undefined,
  ) {}

  async play(url: string): Promise<void> {
    if (this.broken.includes(url)) throw new Error("not there");
    this.note(url);
  }

  async speak(words: string): Promise<void> {
    this.note(words);
  }

  read(signal = new AbortController().signal): ReturnType<typeof readAloud> {
    return readAloud(PASSAGES, this, (place) => this.pointed.push(place), signal);
  }

  private note(said: string): void {
    this.said.push(said);
    this.at(said);
  }
}

describe("reading a question aloud", () => {
  it("says the question, then each answer, recordings first, and points at each", async () => {
    const device = new Device(true);
    expect(await device.read()).toBe("done");
    expect(device.said).toEqual(["Apa arti rambu ini?", "/recordings/a.mp3", "B. Jalan"]);
    expect(device.pointed).toEqual([0, 1, 2, null]);
  });

  it("lets the voice say what a broken recording would have", async () => {
    const device = new Device(true, ["/recordings/a.mp3"]);
    expect(await device.read()).toBe("done");
    expect(device.said).toEqual(["Apa arti rambu ini?", "A. Berhenti", "B. Jalan"]);
  });

  it("plays what was recorded and owns up where the device has no voice", async () => {
    const device = new Device(false);
    expect(await device.read()).toBe("silent");
    expect(device.said).toEqual(["/recordings/a.mp3"]);
  });

  it("stops where it is told to, and points at nothing any more", async () => {
    const stop = new AbortController();
    const device = new Device(true, [], (said) => said.startsWith("/recordings") && stop.abort());
    expect(await device.read(stop.signal)).toBe("stopped");
    expect(device.said).toHaveLength(2);
    expect(device.pointed.at(-1)).toBeNull();
  });
});

describe("the device's voice", () => {
  const voice = (lang: string, localService = true): { lang: string; localService: boolean } => ({ lang, localService });

  it("is Indonesian for an Indonesian page, whatever its code is spelt like", () => {
    for (const code of ["id-ID", "id_ID", "in-ID", "ID"]) {
      expect(chooseVoice([voice("en-US"), voice(code)], "id")?.lang).toBe(code);
    }
  });

  it("is never one of another language", () => {
    expect(chooseVoice([voice("en-US"), voice("ms-MY"), voice("jv-ID")], "id")).toBeNull();
    expect(chooseVoice([voice("id-ID")], "en")).toBeNull();
  });

  it("is one that needs no line, where there is a choice", () => {
    const [far, near] = [voice("id-ID", false), voice("id-ID", true)];
    expect(chooseVoice([far, near], "id")).toBe(near);
    expect(chooseVoice([far], "id")).toBe(far);
  });
});

describe("long words", () => {
  it("are cut where a sentence ends, and nothing is lost", () => {
    const text = `${"Anda melihat lampu kuning di depan. ".repeat(9)}Apa yang Anda lakukan?`;
    const pieces = sentences(text);
    expect(pieces.every((piece) => piece.length <= 160)).toBe(true);
    expect(pieces.slice(0, -1).every((piece) => piece.endsWith("."))).toBe(true);
    expect(pieces.join(" ")).toBe(text);
  });

  it("are cut even without a single space", () => {
    expect(sentences("x".repeat(400)).join("")).toBe("x".repeat(400));
    expect(sentences("  ")).toEqual([]);
  });
});
