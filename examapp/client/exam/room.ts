import type { Acknowledgement, Rejection } from "./contract.ts";
import { need } from "./dom.ts";
import type { Exam } from "./exam.ts";
import type { Entry } from "./outbox.ts";
import { Overview } from "./overview.ts";
import type { WaitingEvent } from "./storage.ts";
import type { Texts } from "./texts.ts";
import { QuestionView } from "./view.ts";

export interface RoomOptions {
  part: string;
  texts: Texts;
  zone: string;
  title: string;
  record(entry: Entry): Promise<WaitingEvent | null>;
  lineFails(): boolean;
  /** Whether what waits would survive the end of the page; where not, nothing is promised. */
  durable(): boolean;
  /** The applicant has seen what is open, and submits. */
  submit(): void;
}

const AHEAD = 4;
const REFRESH_MS = 1_000;

/** Where questions are answered: the exam and the practice item sit in the same one. */
export class Room {
  locked = false;
  private readonly view: QuestionView;
  private readonly overview: Overview;
  private readonly current: () => Exam;
  private readonly options: RoomOptions;

  /** `current` gives the answer sheet of now: taking over again brings a new one. */
  constructor(current: () => Exam, options: RoomOptions) {
    this.current = current;
    this.options = options;
    this.view = new QuestionView(options.texts, (value) => this.choose(value));
    this.overview = new Overview(options.texts, (index) => this.jump(index));
    need("previous").addEventListener("click", () => this.move(-1));
    need("next").addEventListener("click", () => this.forward());
    need("mark").addEventListener("click", () => this.mark());
    need("open-overview").addEventListener("click", () => this.openOverview());
    need("overview-submit").addEventListener("click", () => this.confirm());
    need("confirm-submit").addEventListener("click", () => {
      need<HTMLDialogElement>("confirm").close();
      options.submit();
    });
    document.addEventListener("keydown", (event) => this.key(event));
    window.setInterval(() => this.refreshSave(), REFRESH_MS);
  }

  private get exam(): Exam {
    return this.current();
  }

  show(): void {
    const { item, index, items } = this.exam;
    const { texts } = this.options;
    need("part-title").textContent = `${this.options.title} · ${texts.say(`topic_${item.topic}`)}`;
    need("position").textContent = texts.say("question_of", { n: index + 1, total: items.length });
    need<HTMLButtonElement>("previous").disabled = index === 0;
    this.view.show({
      item,
      value: this.exam.answer(item.item_id).value,
      marked: this.exam.isMarked(item.item_id),
      locked: this.locked,
      last: index === items.length - 1,
    });
    this.overview.progress(this.exam);
    this.refreshSave();
    this.view.preload(items.slice(index + 1, index + 1 + AHEAD));
  }

  lock(on: boolean): void {
    this.locked = on;
    this.show();
  }

  acknowledged(event: WaitingEvent, ack: Acknowledgement): void {
    this.exam.acknowledged(event, ack);
    this.refreshSave();
  }

  rejected(event: WaitingEvent, rejection: Rejection): void {
    this.exam.refused(event, rejection.message);
    this.refreshSave();
  }

  refreshSave(): void {
    const { save } = this.exam.answer(this.exam.item.item_id);
    const line = { fails: this.options.lineFails(), durable: this.options.durable() };
    this.view.save(save, line, performance.now(), this.options.zone);
  }

  retitle(title: string): void {
    this.options.title = title;
    this.show();
  }

  /** The whole answer as it stands now; an empty one takes the former back. */
  private choose(value: readonly string[]): void {
    if (this.locked) return;
    const { item_id } = this.exam.item;
    const given = value.length > 0;
    const answer = this.exam.choose(item_id, given ? value : null, performance.now());
    this.show();
    const { part } = this.options;
    const entry: Entry = given ? { part, kind: "answer", item_id, value: [...value] } : { part, kind: "clear", item_id };
    void this.options.record(entry).then((event) => {
      answer.uuid = event?.uuid ?? null;
    });
  }

  private mark(): void {
    if (this.locked) return;
    const { item_id } = this.exam.item;
    const on = !this.exam.isMarked(item_id);
    this.exam.mark(item_id, on);
    this.show();
    need("announce").textContent = this.options.texts.say(on ? "now_marked" : "now_unmarked");
    void this.options.record({ part: this.options.part, kind: on ? "mark" : "unmark", item_id });
  }

  private forward(): void {
    if (this.exam.index === this.exam.items.length - 1) this.confirm();
    else this.move(1);
  }

  private move(by: number): void {
    const to = this.exam.index + by;
    if (to >= 0 && to < this.exam.items.length) this.jump(to);
  }

  private jump(index: number): void {
    for (const dialog of document.querySelectorAll("dialog")) dialog.close();
    this.exam.index = index;
    this.show();
    need("stem").focus({ preventScroll: true });
  }

  private openOverview(): void {
    this.overview.fill(this.exam);
    need<HTMLDialogElement>("overview").showModal();
  }

  private confirm(): void {
    need<HTMLDialogElement>("overview").close();
    this.overview.fillConfirm(this.exam);
    need<HTMLDialogElement>("confirm").showModal();
  }

  /** 1-6 or A-F go to an option, left and right turn the page, M marks. */
  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (need("question-panel").hidden || event.target instanceof HTMLMediaElement) return;
    const index = event.key.length === 1 ? "123456".indexOf(event.key) : -1;
    const letter = event.key.length === 1 ? "abcdef".indexOf(event.key.toLowerCase()) : -1;
    const place = Math.max(index, letter);
    if (this.exam.item.options[place]) {
      if (!this.locked) this.view.press(place);
    } else if (event.key === "ArrowRight") this.move(1);
    else if (event.key === "ArrowLeft") this.move(-1);
    else if (event.key.toLowerCase() === "m") this.mark();
    else return;
    event.preventDefault();
  }
}
