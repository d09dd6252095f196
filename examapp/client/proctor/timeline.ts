import { Drawing } from "./drawing.ts";

export interface Span {
  from: number;
  to: number;
}

export interface Line {
  began: number;
  length: number;
  zone: string;
  language: string;
  parts: (Span & { name: string })[];
  /** seconds, faces, dark (0 or 1), yaw, pitch */
  sights: [number, number, number, number | null, number | null][];
  events: [string, number][];
  answers: number[];
  episodes: (Span & { severity: string; name: string })[];
  gaps: Span[];
  reach: Reach;
  labels: Record<string, string>;
}

/** Seconds, as in the policy: how long a frame speaks after itself, and from which length on a silence counts. */
export interface Reach {
  hold: number;
  silence: number;
}

/** Room for the lanes' names, left of the data. */
const GUTTER = 138;
/** The middle of each lane; above the first, room for what a band is. */
const LANES = { note: 17, face: 33, people: 57, yaw: 90, pitch: 134, page: 170, answers: 191, bottom: 200, axis: 219, height: 227 };
const ANGLES = { height: 34, most: 35 };
const LEAVING: Record<string, string> = {
  "page.hidden": "page.visible",
  "fullscreen.left": "fullscreen.entered",
  "camera.lost": "camera.ok",
  "camera.refused": "camera.ok",
  "camera.missing": "camera.ok",
  "camera.in_use": "camera.ok",
};
const STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600];

/**
 * Neighbouring sights that show the same, as one span each. Frames that come slower than `hold` are joined up to the
 * next one, as long as that is no silence that the policy would count; never past an end in `ends` (seconds).
 */
export function runs<T>(
  sights: Line["sights"],
  value: (sight: Line["sights"][number]) => T,
  reach: Reach,
  ends: number[] = [],
): (Span & { value: T })[] {
  const found: (Span & { value: T })[] = [];
  sights.forEach((sight, place) => {
    const next = sights[place + 1]?.[0] ?? Infinity;
    const end = ends.find((each) => each >= sight[0]) ?? Infinity;
    const to = Math.min(end, next - sight[0] < reach.silence ? next : sight[0] + reach.hold);
    const last = found.at(-1);
    const now = value(sight);
    if (last && last.value === now && sight[0] - last.to < 0.01) last.to = to;
    else found.push({ from: sight[0], to, value: now });
  });
  return found;
}

/** From each leaving event to the one that ends it, or to the end. */
export function absences(events: Line["events"], end: number): (Span & { kind: string })[] {
  const found: (Span & { kind: string })[] = [];
  events.forEach(([kind, at], place) => {
    const back = LEAVING[kind];
    if (!back) return;
    const until = events.slice(place + 1).find((each) => each[0] === back);
    found.push({ kind, from: at, to: until ? until[1] : end });
  });
  return found;
}

/** Round clock times that fit between `from` and `to`, about one every 70 pixels. */
export function ticks(began: number, from: number, to: number, width: number): number[] {
  const wanted = ((to - from) / Math.max(1, width)) * 70;
  const step = STEPS.find((each) => each >= wanted) ?? 3600;
  const first = Math.ceil((began / 1000 + from) / step) * step - began / 1000;
  const found: number[] = [];
  for (let at = first; at <= to; at += step) found.push(at);
  return found;
}

/** The lanes of a sitting over time, drawn anew for each width and stretch; what it shows stands in the table too. */
export class Timeline {
  private view: Span;
  private cursor: number | null = null;
  private chosen = -1;

  constructor(
    private readonly root: HTMLElement,
    private readonly line: Line,
    private readonly pick: (at: number) => void,
  ) {
    this.view = { from: 0, to: line.length };
    new ResizeObserver(() => this.draw()).observe(root);
    root.addEventListener("click", (event) => {
      const box = root.getBoundingClientRect();
      const { from, to } = this.view;
      const share = (event.clientX - box.left - GUTTER) / (box.width - GUTTER);
      if (share >= 0) this.pick(from + share * (to - from));
    });
  }

  /** Show from `from` to `to` seconds; without, the whole sitting. */
  stretch(span?: Span): void {
    this.view = span
      ? { from: Math.max(0, span.from), to: Math.min(this.line.length, span.to) }
      : { from: 0, to: this.line.length };
    this.draw();
  }

  mark(at: number | null, episode: number): void {
    this.cursor = at;
    this.chosen = episode;
    this.draw();
  }

  private draw(): void {
    const width = Math.max(320, this.root.clientWidth);
    const pen = new Drawing(width, LANES.height, this.view, GUTTER);
    this.names(pen);
    this.episodes(pen);
    this.rests(pen);
    this.faces(pen);
    this.angles(pen, LANES.yaw, 3, "line-yaw");
    this.angles(pen, LANES.pitch, 4, "line-pitch");
    this.page(pen);
    this.axis(pen, width - GUTTER);
    if (this.cursor !== null) pen.upright(this.cursor, 0, LANES.bottom, "cursor");
    this.root.replaceChildren(pen.svg);
  }

  private names(pen: Drawing): void {
    const lanes = ["face", "people", "yaw", "pitch", "page", "answers"] as const;
    for (const lane of lanes) pen.label(LANES[lane], this.line.labels[lane]!);
    pen.described(lanes.map((lane) => this.line.labels[lane]).join(", "));
  }

  private episodes(pen: Drawing): void {
    this.line.episodes.forEach((each, place) => {
      const chosen = place === this.chosen ? " is-chosen" : "";
      pen.bar(each, 0, LANES.bottom, `band band--${each.severity}${chosen}`, 0, each.name);
      pen.bar(each, 0, 3, `cap cap--${each.severity}`, 0);
    });
  }

  /** Between parts nothing is watched; in gaps of ours nothing was looked at. */
  private rests(pen: Drawing): void {
    const { parts, labels } = this.line;
    parts.slice(1).forEach((part, place) => {
      const rest = { from: parts[place]!.to, to: part.from };
      if (rest.to - rest.from < 1) return;
      pen.bar(rest, 4, LANES.bottom - 4, "rest", 0);
      pen.within(rest, LANES.note, labels["pause"]!, "note", 34);
    });
    for (const gap of this.line.gaps) {
      pen.bar(gap, 4, LANES.bottom - 4, "gap", 0, labels["gap"]);
      pen.within(gap, LANES.note, labels["gap"]!, "note", 84);
    }
  }

  private faces(pen: Drawing): void {
    const { sights, reach } = this.line;
    const ends = this.line.parts.map((part) => part.to);
    const kinds = runs(sights, ([, faces, dark]) => (dark ? "dark" : faces === 0 ? "nobody" : "there"), reach, ends);
    for (const each of kinds) pen.bar(each, LANES.face - 5, 10, `face face--${each.value}`, 2);
    pen.bar(this.view, LANES.people - 2, 4, "track", 2);
    for (const each of runs(sights, (sight) => Math.min(3, sight[1]), reach, ends)) {
      if (each.value > 1) pen.bar(each, LANES.people - 5, 10, "several", 2, String(each.value));
    }
  }

  private angles(pen: Drawing, middle: number, place: 3 | 4, name: string): void {
    pen.level(middle, "zero");
    // A head turned to the picture's right, or up, draws upward.
    const scaled = (angle: number): number =>
      middle - (Math.max(-ANGLES.most, Math.min(ANGLES.most, angle)) / ANGLES.most) * (ANGLES.height / 2);
    let piece: [number, number][] = [];
    let before = -Infinity;
    for (const sight of this.line.sights) {
      const angle = sight[place];
      if (angle === null || sight[0] - before >= this.line.reach.silence) {
        pen.curve(piece, name);
        piece = [];
      }
      if (angle !== null) piece.push([sight[0], scaled(angle)]);
      before = sight[0];
    }
    pen.curve(piece, name);
  }

  private page(pen: Drawing): void {
    const { events, length, answers } = this.line;
    for (const each of absences(events, length)) {
      pen.bar(each, LANES.page - 4, 8, `absence absence--${each.kind.split(".")[0]}`, 2, each.kind);
    }
    for (const at of answers) pen.dot(at, LANES.answers, 2.6, "answer");
  }

  private axis(pen: Drawing, width: number): void {
    const { began, zone, language } = this.line;
    const close = this.view.to - this.view.from < 300;
    const clock = new Intl.DateTimeFormat(language, {
      timeZone: zone,
      hour: "2-digit",
      minute: "2-digit",
      ...(close ? { second: "2-digit" } : {}),
      hourCycle: "h23",
    });
    for (const at of ticks(began, this.view.from, this.view.to, width)) {
      const words = clock.format(began + at * 1000).replaceAll(":", ".");
      pen.text(at, LANES.axis, words, "tick");
      pen.upright(at, LANES.bottom, LANES.bottom + 5, "tick-mark");
    }
  }
}
