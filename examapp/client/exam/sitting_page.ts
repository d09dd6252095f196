import { Refused } from "./api.ts";
import type { AttemptView, Context, Json } from "./contract.ts";
import { need, showPanel } from "./dom.ts";
import { Presence, wireFullScreen } from "./presence.ts";
import { wireDialogs, wireLanguage, wireTextSize } from "./reading.ts";
import { Sheets } from "./sheets.ts";
import { insist, Sitting, type Elsewhere, type SittingEvents } from "./sitting.ts";
import { Texts } from "./texts.ts";
import { PartTimer } from "./timer.ts";
import { Watching } from "./watching.ts";

/** A page that has heard nothing for so long says that it waits for the network. */
const PATIENCE_MS = 4_000;

/**
 * What the pages of a running sitting have in common: one attempt, held by one tab of one device; its clock, camera and
 * messages; and where to go when it is elsewhere, over, or the line is down. Theory and psychology say what is shown.
 */
export abstract class SittingPage {
  protected readonly texts = Texts.fromPage(document);
  protected readonly page: HTMLElement;
  protected readonly token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  protected readonly sheets = new Sheets(this.texts);
  protected readonly presence: Presence;
  protected readonly watching: Watching;
  protected sitting: Sitting | null = null;
  protected timer: PartTimer | null = null;
  protected finishing = false;
  private asking = false;

  protected constructor(root: string) {
    this.page = need(root);
    this.watching = new Watching(this.texts, this.sheets, (kind) => this.note(kind), () => this.speaksOfCamera());
    this.presence = new Presence({ happened: (kind) => this.note(kind), back: () => this.back() });
  }

  /** Wire the page, open the attempt on it, and find out where it stands. */
  protected async enterSitting(events: Pick<SittingEvents, "acknowledged" | "rejected">): Promise<void> {
    wireTextSize();
    wireDialogs();
    wireLanguage(this.texts, this.token, () => this.translate());
    need("take-over").addEventListener("click", () => void this.enter(true));
    wireFullScreen(this.presence);
    this.sitting = await Sitting.open(this.page.dataset["attempt"]!, this.token, {
      ...events,
      context: (reply) => this.heard(reply),
      line: () => this.lineChanged(),
      elsewhere: (where) => this.continueElsewhere(where),
      signedOut: () => {
        void this.forget();
        this.leave("signed-out");
      },
    });
    this.timer = new PartTimer(this.sitting.clock, this.texts, () => void this.finish(false));
    await this.enter(false);
  }

  /** Take the attempt onto this page and show where it stands. */
  protected async enter(takeOver: boolean): Promise<void> {
    const sitting = this.sitting!;
    const patience = window.setTimeout(() => this.noLine(), PATIENCE_MS);
    try {
      if (!(await insist(() => sitting.claim(takeOver), () => this.noLine()))) return;
      const view = await insist(() => sitting.load(this.texts.language), () => this.noLine());
      if (!this.finishing) this.show(view);
    } catch (error) {
      this.trouble(error);
    } finally {
      window.clearTimeout(patience);
    }
  }

  /** The server does not answer while the page opens. */
  protected noLine(): void {
    this.waitForLine();
  }

  /** Whether the applicant reads of camera trouble in words, and not only at the dot. */
  protected speaksOfCamera(): boolean {
    return true;
  }

  protected abstract show(view: AttemptView): void;
  /** Something that belongs on the record happened to the page, the camera or the device. */
  protected abstract note(kind: string, value?: Json): void;
  /** Whether a part runs on this page, and which. */
  protected abstract runningPart(): string | null;
  protected abstract lineChanged(): void;
  /** End the part: what waits is sent, then it is submitted, once. */
  protected abstract finish(byHand: boolean): Promise<void>;
  /** Nothing of the sitting stays on the device but answers that were not sent. */
  protected abstract forget(): Promise<void>;
  protected abstract translate(): Promise<void>;
  /** Stop what runs here, and show `panel` instead. */
  protected abstract leave(panel: string): void;

  private heard(reply: Context): void {
    this.sheets.notices(reply.notices ?? [], (notice) => {
      void insist(() => this.sitting!.seen(notice.id)).catch(() => undefined);
    });
    if (this.runningPart() === null || this.finishing) return;
    if (reply.deadline) this.timer?.follow(reply.deadline);
    else void this.askWhetherOver();
  }

  /** A reply without a deadline may be from before the start. Only the sitting itself tells that the part is over. */
  private async askWhetherOver(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      const view = await this.sitting!.load(this.texts.language);
      if (view.part !== this.runningPart()) await this.finish(true);
    } catch {
      // The next reply asks again.
    } finally {
      this.asking = false;
    }
  }

  private back(): void {
    this.sitting?.lookUp();
    if (this.sitting?.active) this.watching.camera.lookAgain();
  }

  protected continueElsewhere(where: Elsewhere): void {
    need("elsewhere-text").textContent = this.texts.say(`elsewhere_${where}`);
    this.leave("elsewhere");
  }

  /** The last acts of `leave`, the same everywhere. */
  protected showInstead(panel: string): void {
    this.timer?.stop();
    this.presence.stop();
    this.watching.close();
    for (const dialog of document.querySelectorAll("dialog")) dialog.close();
    showPanel(panel);
  }

  protected waitForLine(): void {
    need("sending-line").textContent = this.texts.say("waiting_for_network");
    need("loading-line").textContent = this.texts.say("waiting_for_network");
  }

  protected trouble(error: unknown): void {
    if (error instanceof Refused && error.status === 401) return;
    need("trouble-text").textContent = error instanceof Refused ? error.problem.message : this.texts.say("trouble");
    this.leave("trouble");
  }
}
