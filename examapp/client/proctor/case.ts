import { listen } from "./keys.ts";
import { serverNow } from "./poll.ts";
import { Timeline, type Line } from "./timeline.ts";

/** Seconds shown before and after an episode when it is looked at closely. */
const AROUND = 45;

class CasePage {
  private readonly frames = [...document.querySelectorAll<HTMLAnchorElement>("#strip .frame")];
  private readonly buttons = [...document.querySelectorAll<HTMLButtonElement>(".episode")];
  private readonly viewer = document.getElementById("viewer") as HTMLDialogElement;
  private readonly zoomButton = document.getElementById("zoom") as HTMLButtonElement;
  private timeline: Timeline | null = null;
  private line: Line | null = null;
  private episode = -1;
  private frame = -1;
  private close = false;

  constructor(private readonly root: HTMLElement) {
    this.buttons.forEach((button, place) => button.addEventListener("click", () => this.choose(place === this.episode ? -1 : place)));
    this.frames.forEach((frame, place) =>
      frame.addEventListener("click", (event) => {
        event.preventDefault();
        this.select(place);
        this.enlarge();
      }),
    );
    this.zoomButton.addEventListener("click", () => this.zoom());
    this.viewer.addEventListener("click", () => this.viewer.close());
  }

  async open(): Promise<void> {
    void this.drawTimeline();
    this.reasonsForChoice();
    this.choose(this.gravest());
    this.claimLeft();
    window.setInterval(() => this.claimLeft(), 10_000);
    listen({
      ArrowRight: () => this.step(1),
      ArrowLeft: () => this.step(-1),
      ArrowDown: () => this.choose(Math.min(this.buttons.length - 1, this.episode + 1)),
      ArrowUp: () => this.choose(Math.max(-1, this.episode - 1)),
      space: () => (this.viewer.open ? this.viewer.close() : this.enlarge()),
      j: () => this.go("next"),
      k: () => this.go("previous"),
    });
  }

  private async drawTimeline(): Promise<void> {
    const place = document.getElementById("timeline")!;
    try {
      const reply = await fetch(place.dataset["url"]!);
      if (!reply.ok) throw new Error(String(reply.status));
      this.line = (await reply.json()) as Line;
      this.timeline = new Timeline(place, this.line, (at) => this.nearest(at));
      this.mark();
    } catch {
      place.textContent = place.dataset["failed"]!;
    }
  }

  private gravest(): number {
    const found = this.buttons.findIndex((button) => button.querySelector(".pill--red"));
    return found >= 0 ? found : this.buttons.length ? 0 : -1;
  }

  private shown(): HTMLAnchorElement[] {
    return this.frames.filter((frame) => !frame.hidden);
  }

  /** Show one episode's pictures, before, during and after; without one, all. */
  private choose(place: number): void {
    this.episode = place;
    this.buttons.forEach((button, each) => button.setAttribute("aria-pressed", String(each === place)));
    for (const frame of this.frames) {
      frame.hidden = place >= 0 && !(frame.dataset["episodes"] ?? "").split(" ").includes(String(place));
    }
    if (this.shown().length === 0) for (const frame of this.frames) frame.hidden = false;
    this.frame = -1;
    if (this.close) this.stretch();
    this.mark();
  }

  private step(by: number): void {
    const shown = this.shown();
    if (shown.length === 0) return;
    const at = shown.indexOf(this.frames[this.frame]!);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))]!;
    this.select(this.frames.indexOf(next));
    if (this.viewer.open) this.enlarge();
  }

  private select(place: number): void {
    this.frame = place;
    this.frames.forEach((frame, each) => frame.classList.toggle("is-chosen", each === place));
    this.frames[place]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.mark();
  }

  private nearest(seconds: number): void {
    if (!this.line) return;
    const at = this.line.began + seconds * 1000;
    const distance = (frame: HTMLElement): number => Math.abs(Number(frame.dataset["at"]) - at);
    const within = this.line.episodes.findIndex((each) => each.from <= seconds && seconds <= each.to);
    if (within >= 0 && within !== this.episode) this.choose(within);
    const shown = this.shown();
    const best = shown.reduce<HTMLAnchorElement | null>((a, b) => (a && distance(a) <= distance(b) ? a : b), null);
    if (best) this.select(this.frames.indexOf(best));
  }

  private enlarge(): void {
    if (this.frame < 0) this.step(1);
    const frame = this.frames[this.frame];
    const image = frame?.querySelector("img");
    if (!frame || !image) return;
    const large = document.getElementById("viewer-image") as HTMLImageElement;
    large.src = frame.href;
    large.alt = image.alt;
    document.getElementById("viewer-time")!.textContent = image.alt;
    if (!this.viewer.open) this.viewer.showModal();
  }

  private mark(): void {
    const frame = this.frames[this.frame];
    const at = frame && this.line ? (Number(frame.dataset["at"]) - this.line.began) / 1000 : null;
    this.timeline?.mark(at, this.episode);
    this.read(at);
  }

  /** The figures of the frame under the cursor, in words beneath the lanes. */
  private read(at: number | null): void {
    const reading = document.getElementById("reading")!;
    const sight = at === null ? undefined : this.line?.sights.find((each) => Math.abs(each[0] - at) < 0.2);
    if (!sight || !this.line) {
      reading.textContent = "";
      return;
    }
    const { labels } = this.line;
    const [, faces, , yaw, pitch] = sight;
    const angle = (value: number | null): string => (value === null ? "–" : `${value > 0 ? "+" : ""}${Math.round(value)}°`);
    reading.textContent = `${labels["people"]}: ${faces} · ${labels["yaw"]} ${angle(yaw)} · ${labels["pitch"]} ${angle(pitch)}`;
  }

  private zoom(): void {
    this.close = !this.close;
    this.zoomButton.setAttribute("aria-pressed", String(this.close));
    this.zoomButton.querySelector("span")!.textContent = this.zoomButton.dataset[this.close ? "out" : "in"]!;
    this.stretch();
  }

  private stretch(): void {
    const episode = this.line?.episodes[Math.max(0, this.episode)];
    if (this.close && episode) this.timeline?.stretch({ from: episode.from - AROUND, to: episode.to + AROUND });
    else this.timeline?.stretch();
  }

  /** Only the reasons that speak for the chosen decision; those of another are let go. */
  private reasonsForChoice(): void {
    const form = document.getElementById("decision") as HTMLFormElement | null;
    if (!form) return;
    const show = (): void => {
      const choice = new FormData(form).get("choice") ?? form.querySelector<HTMLInputElement>("[name=choice]:checked")?.value;
      for (const group of form.querySelectorAll<HTMLElement>(".reasons")) {
        group.hidden = group.dataset["for"] !== (choice ?? "");
        if (group.hidden) for (const box of group.querySelectorAll<HTMLInputElement>("input:checked")) box.checked = false;
      }
    };
    form.addEventListener("change", show);
    show();
  }

  private claimLeft(): void {
    const line = document.getElementById("claim-left");
    if (!line) return;
    const minutes = Math.ceil((Number(line.dataset["until"]) - serverNow()) / 60_000);
    line.textContent = line.dataset["words"]!.replace("{n}", String(Math.max(0, minutes)));
  }

  private go(where: "next" | "previous"): void {
    const address = this.root.dataset[where];
    if (address) location.assign(address);
  }
}

export function openCase(root: HTMLElement): void {
  void new CasePage(root).open();
}
