import "../exam/exam.css";
import type { Item } from "../exam/contract.ts";
import { need, showPanel } from "../exam/dom.ts";
import { Exam } from "../exam/exam.ts";
import type { Entry } from "../exam/outbox.ts";
import { wireDialogs, wireTextSize } from "../exam/reading.ts";
import { Room } from "../exam/room.ts";
import type { WaitingEvent } from "../exam/storage.ts";
import { Texts, type Language } from "../exam/texts.ts";

/** What the editor tells the frame: the item as an applicant would get it, and how to show it. */
export interface PreviewMessage {
  item: Item | null;
  language: Language;
  scheme: string | null;
}

/** Nobody sits question 7 of 30 here; the exam says where one is, so its preview does too. */
const PLACE = 6;
const LENGTH = 30;

/** The exam's own room with one item in it, answered into nothing. */
class PreviewPage {
  private readonly texts = Texts.fromPage(document);
  private exam: Exam | null = null;
  private room: Room | null = null;

  open(): void {
    wireTextSize();
    wireDialogs();
    need("timer").hidden = false;
    need("timer-text").textContent = "12:41";
    need("camera").classList.remove("camera-dot--amber");
    need("switch-language").hidden = true;
    this.show(JSON.parse(need("preview-item").textContent ?? "null") as Item | null);
    window.addEventListener("message", (event: MessageEvent<PreviewMessage>) => {
      if (event.origin === location.origin && event.source === window.parent) this.take(event.data);
    });
  }

  private take({ item, language, scheme }: PreviewMessage): void {
    if (scheme) document.documentElement.setAttribute("data-bs-theme", scheme);
    else document.documentElement.removeAttribute("data-bs-theme");
    if (language !== this.texts.language) {
      this.texts.language = language;
      this.texts.relabel(document);
      this.room?.retitle(this.texts.say("part_theory"));
    }
    this.show(item);
  }

  private show(item: Item | null): void {
    showPanel(item ? "question" : "empty");
    if (!item) return;
    const items = Array.from({ length: LENGTH }, (_, place) => ({ ...item, item_id: `${item.item_id}-${place}` }));
    if (this.exam) this.exam.translate(items);
    else this.exam = new Exam({ items, answers: {}, marks: [] }, []);
    if (this.room) this.room.show();
    else this.begin();
  }

  private begin(): void {
    const exam = this.exam!;
    exam.index = PLACE;
    for (const item of exam.items.slice(0, PLACE)) exam.choose(item.item_id, ["a"], 0);
    this.room = new Room(() => exam, {
      part: "theory",
      texts: this.texts,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      title: this.texts.say("part_theory"),
      record: (entry) => Promise.resolve(this.record(entry)),
      lineFails: () => false,
      durable: () => true,
      submit: () => undefined,
    });
    this.room.show();
  }

  /** The line below an answer reads as it would in the exam; nothing leaves the page. */
  private record(entry: Entry): WaitingEvent {
    const event: WaitingEvent = {
      ...entry,
      uuid: crypto.randomUUID(),
      sequence: 0,
      attempt: "",
      epoch: 0,
      client_time_ms: Date.now(),
    };
    const ack = { uuid: event.uuid, status: "saved" as const, sequence: 0, received_at: new Date().toISOString() };
    window.setTimeout(() => this.room?.acknowledged(event, ack));
    return event;
  }
}

new PreviewPage().open();
