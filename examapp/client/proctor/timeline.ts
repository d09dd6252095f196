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
  labels: Record<string, string>;
}

/** A frame speaks for at most so many seconds after itself, as in the policy. */
const HOLD = 4;
const LANES = { face: 26, people: 60, yaw: 92, pitch: 146, page: 202, answers: 224, axis: 246, height: 254 };
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

/** Neighbouring sights that show the same, as one span each. */
export function runs<T>(sights: Line["sights"], value: (sight: Line["sights"][number]) => T): (Span & { value: T })[] {
  const found: (Span & { value: T })[] = [];
  sights.forEach((sight, place) => {
    const next = sights[place + 1]?.[0] ?? sight[0] + HOLD;
    const to = Math.min(next, sight[0] + HOLD);
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

/** Round clock times that fit between `from` and `to`, about one every 90 pixels. */
export function ticks(began: number, from: number, to: number, width: number): number[] {
  const wanted = ((to - from) / Math.max(1, width)) * 90;
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
      this.pick(from + ((event.clientX - box.left) / box.width) * (to - from));
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
    const pen = new Drawing(width, LANES.height, this.view);
    const { labels } = this.line;
    pen.described([labels["face"], labels["people"], labels["yaw"], labels["pitch"], labels["page"]].join(", "));
    this.episodes(pen);
    this.rests(pen, width);
    this.faces(pen);
    this.angles(pen, LANES.yaw, 3, "line-yaw", labels["yaw"]!);
    this.angles(pen, LANES.pitch, 4, "line-pitch", labels["pitch"]!);
    this.page(pen);
    this.axis(pen, width);
    if (this.cursor !== null) pen.upright(this.cursor, 0, LANES.answers + 8, "cursor");
    this.root.replaceChildren(pen.svg);
  }

  private episodes(pen: Drawing): void {
    this.line.episodes.forEach((each, place) => {
      const chosen = place === this.chosen ? " is-chosen" : "";
      pen.bar(each, 0, LANES.answers + 8, `band band--${each.severity}${chosen}`, 0, each.name);
      pen.bar(each, 0, 3, `cap cap--${each.severity}`, 0);
    });
  }

  /** Between parts nothing is watched; in gaps of ours nothing was looked at. */
  private rests(pen: Drawing, width: number): void {
    const { parts, labels } = this.line;
    parts.slice(1).forEach((part, place) => {
      const rest = { from: parts[place]!.to, to: part.from };
      if (rest.to - rest.from < 1) return;
      pen.bar(rest, 8, LANES.answers, "rest", 0);
      if (((rest.to - rest.from) / (this.view.to - this.view.from)) * width > 40) pen.text(rest.from, LANES.page - 8, labels["pause"]!, "note", 4);
    });
    for (const gap of this.line.gaps) pen.bar(gap, 8, LANES.answers, "gap", 0, labels["gap"]);
  }

  private faces(pen: Drawing): void {
    const { labels, sights } = this.line;
    pen.label(LANES.face - 6, labels["face"]!);
    const kinds = runs(sights, ([, faces, dark]) => (dark ? "dark" : faces === 0 ? "nobody" : "there"));
    for (const each of kinds) pen.bar(each, LANES.face, 9, `face face--${each.value}`, 2);
    pen.label(LANES.people - 6, labels["people"]!);
    pen.bar(this.view, LANES.people + 4, 5, "track", 2);
    for (const each of runs(sights, (sight) => Math.min(3, sight[1]))) {
      if (each.value > 1) pen.bar(each, LANES.people - 1, 10, "several", 1, String(each.value));
    }
  }

  private angles(pen: Drawing, top: number, place: 3 | 4, name: string, label: string): void {
    pen.label(top - 4, label);
    const middle = top + ANGLES.height / 2;
    pen.level(middle, "zero");
    // A head turned to the picture's right, or up, draws upward.
    const scaled = (angle: number): number =>
      middle - (Math.max(-ANGLES.most, Math.min(ANGLES.most, angle)) / ANGLES.most) * (ANGLES.height / 2);
    let piece: [number, number][] = [];
    let before = -Infinity;
    for (const sight of this.line.sights) {
      const angle = sight[place];
      if (angle === null || sight[0] - before > HOLD * 1.5) {
        pen.curve(piece, name);
        piece = [];
      }
      if (angle !== null) piece.push([sight[0], scaled(angle)]);
      before = sight[0];
    }
    pen.curve(piece, name);
  }

  private page(pen: Drawing): void {
    const { labels, events, length, answers } = this.line;
    pen.label(LANES.page - 4, `${labels["page"]} · ${labels["answers"]}`);
    for (const each of absences(events, length)) {
      pen.bar(each, LANES.page + 1, 7, `absence absence--${each.kind.split(".")[0]}`, 2, each.kind);
    }
    for (const at of answers) pen.dot(at, LANES.answers - 4, 2.6, "answer");
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
      pen.text(at, LANES.axis, words, "tick", 0);
      pen.upright(at, LANES.answers + 6, LANES.answers + 10, "tick-mark");
    }
  }
}
