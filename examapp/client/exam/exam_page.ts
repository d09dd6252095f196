import type { AttemptView } from "./contract.ts";
import { need, showPanel } from "./dom.ts";
import { Exam } from "./exam.ts";
import { FrameSender } from "./frames.ts";
import { KeptSitting } from "./offline/kept.ts";
import { leaveShelters, roomOf, takeShelter } from "./offline/shelter.ts";
import { Room } from "./room.ts";
import { insist, type Elsewhere } from "./sitting.ts";
import { SittingPage } from "./sitting_page.ts";

const PART = "theory" as const;
/** The first question is on the screen and its pictures have come before anything is laid by. */
const SHELTER_AFTER_MS = 2_000;

/** The theory exam on this page: from the start card over the questions to the submission. */
export class ExamPage extends SittingPage {
  private frames: FrameSender | null = null;
  private room: Room | null = null;
  private exam: Exam | null = null;
  /** The server told where the sitting stands: nothing is guessed from what was kept any more. */
  private heardOf = false;
  private sheltered = false;
  private readonly kept = new KeptSitting(this.page.dataset["attempt"]!);

  constructor() {
    super("exam");
  }

  async open(): Promise<void> {
    need("start").addEventListener("click", () => void this.start());
    await this.enterSitting({
      acknowledged: (event, ack, newest) => {
        this.room?.acknowledged(event, ack);
        if (newest) this.kept.acknowledged(event, ack);
      },
      rejected: (event, rejection) => this.room?.rejected(event, rejection),
    });
  }

  protected note(kind: string): void {
    void this.sitting?.record({ part: PART, kind });
  }

  protected runningPart(): string | null {
    return this.exam ? PART : null;
  }

  protected override speaksOfCamera(): boolean {
    return this.exam !== null;
  }

  protected override noLine(): void {
    super.noLine();
    void this.resume();
  }

  /** No line, yet the part runs: go on with what was kept of it until the server can be asked. */
  private async resume(): Promise<void> {
    const kept = await this.kept.read();
    if (!kept || kept.view.part !== PART || this.heardOf || this.exam) return;
    if (!this.sitting!.resume(kept.epoch)) return;
    this.sitting!.clock.assume(KeptSitting.serverNow(kept));
    this.run(kept.view);
  }

  /** What a reload without a line needs, once the exam runs. The page says when it is there. */
  private async shelter(view: AttemptView): Promise<void> {
    this.kept.keep(view, this.sitting!.epoch, this.sitting!.clock.now());
    if (this.sheltered) return;
    this.sheltered = true;
    await new Promise((done) => setTimeout(done, SHELTER_AFTER_MS));
    if (this.finishing || !this.sitting!.active) return;
    const exam = `${roomOf(this.sitting!.attempt)}exam`;
    const left = Math.max(0, this.timer!.remaining);
    if (await takeShelter(this.sitting!.attempt, [exam], view.items ?? [], left)) this.page.dataset["sheltered"] = "";
    if (this.finishing) await this.forget();
  }

  /** Nothing of this exam stays on the device but answers that were not sent. */
  protected async forget(): Promise<void> {
    await Promise.all([this.kept.forget(), leaveShelters()]).catch(() => undefined);
  }

  protected show(view: AttemptView): void {
    this.heardOf = true;
    const part = view.parts.find((each) => each.part === PART);
    if (view.part === PART) return this.run(view);
    if (this.exam) return void this.finish(true);
    if (part?.state !== "pending") return void this.goElsewhere();
    showPanel("start");
    need<HTMLButtonElement>("start").disabled = false;
    this.watching.open();
  }

  /** The part is over: what still waits here is sent (it counts as late), then the sitting goes on where it stands. */
  private async goElsewhere(): Promise<void> {
    showPanel("sending");
    this.lineChanged();
    await this.sitting!.outbox.empty();
    await this.forget();
    location.replace(this.page.dataset["next"]!);
  }

  private async start(): Promise<void> {
    need<HTMLButtonElement>("start").disabled = true;
    // Only inside the tap itself may a page ask for the full screen.
    void this.presence.fill();
    const sitting = this.sitting!;
    try {
      this.run(await insist(() => sitting.start(PART, this.texts.language), () => this.waitForLine()));
    } catch (error) {
      this.trouble(error);
    }
  }

  private run(view: AttemptView): void {
    const sitting = this.sitting!;
    const waiting = sitting.outbox.waiting().filter((event) => event.part === PART);
    const place = this.exam?.index;
    this.exam = new Exam(view, waiting);
    if (place !== undefined) this.exam.index = place;
    if (!this.room) {
      this.room = new Room(() => this.exam!, {
        part: PART,
        texts: this.texts,
        zone: view.attempt.timezone,
        title: this.texts.say("part_theory"),
        record: (entry) => {
          this.frames?.giveWay();
          return sitting.record(entry);
        },
        lineFails: () => sitting.outbox.failing,
        durable: () => sitting.store.durable,
        submit: () => void this.finish(true),
      });
    }
    showPanel("question");
    this.room.lock(false);
    if (!this.sitting!.clock.assumed) void this.shelter(view);
    if (view.deadline) this.timer!.follow(view.deadline);
    this.presence.start();
    this.watch(view);
  }

  private watch(view: AttemptView): void {
    const sitting = this.sitting!;
    const mayGo = (): boolean => sitting.active && sitting.outbox.size === 0 && this.watching.camera.ready;
    const interval = view.attempt.frame_interval_ms;
    this.frames ??= new FrameSender(sitting.attempt, sitting.api, this.watching.camera, interval, mayGo, () => sitting.epoch);
    this.frames.start();
    this.watching.begin();
  }

  protected lineChanged(): void {
    this.room?.refreshSave();
    need("sending-line").textContent = this.texts.say(
      this.sitting?.outbox.failing ? "waiting_for_network" : "sending_last",
    );
  }

  /** End the part: nothing can be changed any more, what waits is sent, then it is submitted, once. */
  protected async finish(byHand: boolean): Promise<void> {
    if (this.finishing || !this.exam || !this.sitting?.active) return;
    this.finishing = true;
    this.room?.lock(true);
    for (const dialog of document.querySelectorAll("dialog")) dialog.close();
    need("time-over").hidden = byHand;
    showPanel("sending");
    this.lineChanged();
    this.frames?.stop();
    await this.sitting.outbox.empty();
    if (!byHand && this.timer!.remaining > 0 && Number.isFinite(this.timer!.remaining)) return this.goOn();
    try {
      const reply = await insist(() => this.sitting!.submit(PART), () => this.waitForLine());
      this.timer?.stop();
      this.presence.stop();
      this.watching.close();
      await this.forget();
      location.replace(reply.result_url);
    } catch (error) {
      this.trouble(error);
    }
  }

  /** Extra time came in the very moment the old time ended. */
  private goOn(): void {
    this.finishing = false;
    showPanel("question");
    this.room?.lock(false);
    this.frames?.start();
  }

  protected override continueElsewhere(where: Elsewhere): void {
    if (where === "device") void this.kept.forget();
    super.continueElsewhere(where);
  }

  protected leave(panel: string): void {
    this.finishing = false;
    this.frames?.stop();
    this.showInstead(panel);
  }

  protected async translate(): Promise<void> {
    if (this.exam) {
      const view = await this.sitting!.load(this.texts.language);
      if (view.items) this.exam.translate(view.items);
    }
    this.texts.relabel(document);
    this.watching.relabel();
    if (this.exam) this.room?.retitle(this.texts.say("part_theory"));
  }
}
