import type { Acknowledgement, AttemptView, Json } from "../exam/contract.ts";
import { need, showPanel, timeOfDay } from "../exam/dom.ts";
import { FrameSender } from "../exam/frames.ts";
import { leaveShelters, takeShelter } from "../exam/offline/shelter.ts";
import type { Entry } from "../exam/outbox.ts";
import { insist } from "../exam/sitting.ts";
import { SittingPage } from "../exam/sitting_page.ts";
import type { WaitingEvent } from "../exam/storage.ts";
import { Attention } from "./attention.ts";
import { DeviceTiming } from "./device_timing.ts";
import { Introduction } from "./introduction.ts";
import { PARTS, type PsychologyPart } from "./setup.ts";
import type { TaskRoom } from "./task_room.ts";
import { runPart, type Running } from "./tasks.ts";

/** As long as a sitting may pause between parts (`domain.attempt.SITTING_WINDOW`). */
const SITTING_WINDOW_MS = 4 * 3_600_000;

/** The psychology parts on this page, one after another: instructions, the task, a rest, and on to the result. */
export class PsychologyPage extends SittingPage {
  private readonly timing = new DeviceTiming();
  private readonly introduction = new Introduction(this.texts, () => void this.begin());
  private readonly attention = new Attention(
    (away) => {
      need("cover").hidden = !away;
      if (away) need("cover-go-on").focus();
    },
    (cause, ms) => this.note("device.timing", { paused: cause, ms }),
  );
  private readonly redraws = new Set<() => void>();
  private part: PsychologyPart | null = null;
  private running: Running | null = null;
  private over: AbortController | null = null;
  /** The part was begun, so its time runs, also while its instructions are read again. */
  private begun = false;
  private quiet = false;
  private unwritten = 0;
  /** What the server said of the latest answer; only `saved` reads as saved. */
  private last: Acknowledgement | null = null;
  private zone = "Asia/Jakarta";

  constructor() {
    super("psychology");
  }

  async open(): Promise<void> {
    need("cover-go-on").addEventListener("click", () => this.attention.comeBack());
    for (const button of document.querySelectorAll("[data-opens]")) {
      button.addEventListener("click", () => this.attention.leave("dialog"));
    }
    // A message must not lie over buttons that somebody presses against the clock.
    new MutationObserver((changes) => {
      if (changes.some((change) => change.addedNodes.length > 0)) this.attention.leave("dialog");
    }).observe(need("sheets"), { childList: true });
    await this.enterSitting({
      acknowledged: (event, ack) => this.acknowledged(event, ack),
      rejected: (_event, rejection) => this.sheets.show("rejected", rejection.message, "amber", []),
    });
  }

  protected runningPart(): string | null {
    return this.begun ? this.part : null;
  }

  protected async forget(): Promise<void> {
    await leaveShelters().catch(() => undefined);
  }

  /** The instructions of the part that comes next, or of the one that was interrupted; anything else is elsewhere. */
  protected show(view: AttemptView): void {
    this.zone = view.attempt.timezone;
    const wanted = PARTS.find((part) => part === (view.part ?? view.next_part));
    if (!wanted) return location.replace(this.page.dataset["next"]!);
    this.part = wanted;
    // A task against the clock can't be taken up again without the server: a reload without a line waits for it.
    void takeShelter(this.sitting!.attempt, [], [], SITTING_WINDOW_MS).then((done) => {
      if (done) this.page.dataset["sheltered"] = "";
    });
    this.begun = view.part === wanted;
    this.finishing = false;
    this.last = null;
    if (view.deadline) this.timer!.follow(view.deadline);
    else need("timer").hidden = true;
    const place = view.parts.findIndex((each) => each.part === wanted) + 1;
    need("position").textContent = this.texts.say("part_of", { n: place, total: view.parts.length });
    need("part-title").textContent = this.texts.say(`part_${wanted}`);
    const limit = view.parts.find((each) => each.part === wanted)?.limit_seconds ?? 0;
    this.introduction.show(wanted, view.part === wanted, Math.ceil(limit / 60));
    showPanel("intro");
    this.watching.open();
    void this.timing.measureFrames();
  }

  private async begin(): Promise<void> {
    // Only inside the tap itself may a page ask for the full screen.
    void this.presence.fill();
    const sitting = this.sitting!;
    const part = this.part!;
    this.introduction.busy(true);
    try {
      this.run(part, await insist(() => sitting.start(part, this.texts.language), () => this.waitForLine()));
    } catch (error) {
      this.trouble(error);
    }
  }

  private run(part: PsychologyPart, view: AttemptView): void {
    const sitting = this.sitting!;
    // It was submitted meanwhile, by another tab or by the sweep.
    if (view.part !== part) return this.show(view);
    this.begun = true;
    const over = new AbortController();
    this.over = over;
    showPanel("task");
    this.lineChanged();
    if (view.deadline) this.timer!.follow(view.deadline);
    this.presence.start();
    this.attention.watch(part !== "statements");
    const frames = new FrameSender(
      sitting.attempt,
      sitting.api,
      this.watching.camera,
      view.attempt.frame_interval_ms,
      () => sitting.active && !this.quiet && sitting.outbox.size === 0 && this.watching.camera.ready,
      () => sitting.epoch,
    );
    frames.start();
    over.signal.addEventListener("abort", () => frames.stop(), { once: true });
    this.watching.tell();
    const waiting = sitting.outbox.waiting().filter((event) => event.part === part);
    this.running = runPart(part, need("stage"), view, waiting, this.room(part, over.signal));
    void this.running.done.then((ended) => {
      if (ended && this.over === over) void this.finish(true);
    });
  }

  private room(part: PsychologyPart, over: AbortSignal): TaskRoom {
    return {
      texts: this.texts,
      attention: this.attention,
      timing: this.timing,
      over,
      answer: (item_id, value) => void this.answer({ part, kind: "answer", item_id, value }),
      progress: (done, total, words) => {
        need("position").textContent = words;
        need<HTMLProgressElement>("progress").max = total;
        need<HTMLProgressElement>("progress").value = done;
      },
      onLanguage: (draw, signal) => {
        this.redraws.add(draw);
        signal.addEventListener("abort", () => this.redraws.delete(draw), { once: true });
      },
      quiet: (on) => {
        this.quiet = on;
      },
    };
  }

  /** From the tap on an answer counts as waiting, not only from when it is written. */
  private async answer(entry: Entry): Promise<void> {
    this.unwritten += 1;
    this.lineChanged();
    try {
      await this.sitting?.record(entry);
    } finally {
      this.unwritten -= 1;
      this.lineChanged();
    }
  }

  protected note(kind: string, value?: Json): void {
    if (!this.over || this.over.signal.aborted || !this.part) return;
    void this.sitting?.record({ part: this.part, kind, ...(value === undefined ? {} : { value }) });
  }

  protected lineChanged(): void {
    const { size = 0, failing = false } = this.sitting?.outbox ?? {};
    need("sending-line").textContent = this.texts.say(failing ? "waiting_for_network" : "sending_last");
    const [words, tone] = this.saveWords(size + this.unwritten, failing);
    if (need("save-text").textContent !== words) need("save-text").textContent = words;
    need("save").className = `save-state${tone ? ` save-state--${tone}` : ""}`;
  }

  private saveWords(waiting: number, failing: boolean): [words: string, tone: string] {
    if (waiting > 0) {
      return failing ? [this.texts.say("waiting_for_network"), "waiting"] : [this.texts.say("sending"), ""];
    }
    if (!this.last) return ["", ""];
    const time = timeOfDay(this.last.received_at, this.zone);
    switch (this.last.status) {
      case "saved":
        return [this.texts.say("saved_at", { time }), "saved"];
      case "late":
        return [this.texts.say("saved_late", { time }), "waiting"];
      case "superseded":
        return [this.texts.say("saved_superseded"), "waiting"];
    }
  }

  private acknowledged(event: WaitingEvent, ack: Acknowledgement): void {
    if (event.kind === "answer" && event.part === this.part) this.last = ack;
    this.lineChanged();
  }

  /** End the part: nothing can be answered any more, what waits is sent, then it is submitted, once. */
  protected async finish(byHand: boolean): Promise<void> {
    const sitting = this.sitting!;
    if (this.finishing || !this.begun || !sitting.active) return;
    this.finishing = true;
    this.note("device.timing", this.timing.report());
    this.stopTask();
    need("time-over").hidden = byHand;
    showPanel("sending");
    await sitting.outbox.empty();
    try {
      await insist(() => sitting.submit(this.part!), () => this.waitForLine());
      this.timer?.stop();
      const view = await insist(() => sitting.load(this.texts.language), () => this.waitForLine());
      if (view.next_part) this.show(view);
      else {
        this.watching.close();
        await this.forget();
        location.replace(this.page.dataset["result"]!);
      }
    } catch (error) {
      this.trouble(error);
    }
  }

  private stopTask(): void {
    this.over?.abort();
    this.over = null;
    this.running = null;
    this.quiet = false;
    this.attention.watch(false);
    this.presence.stop();
    for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  }

  protected leave(panel: string): void {
    this.begun = this.finishing = false;
    this.stopTask();
    this.showInstead(panel);
  }

  protected async translate(): Promise<void> {
    if (this.over) this.running?.translate((await this.sitting!.load(this.texts.language)).setup);
    this.texts.relabel(document);
    if (this.part) need("part-title").textContent = this.texts.say(`part_${this.part}`);
    this.introduction.relabel();
    this.watching.relabel();
    this.lineChanged();
    for (const draw of this.redraws) draw();
  }
}
