import { Api } from "./api.ts";
import { Clock } from "./clock.ts";
import type { EventsReply, Item } from "./contract.ts";
import { need, showPanel } from "./dom.ts";
import { Exam } from "./exam.ts";
import { Outbox } from "./outbox.ts";
import { wireDialogs, wireLanguage, wireTextSize } from "./reading.ts";
import { Room } from "./room.ts";
import { insist } from "./sitting.ts";
import { SafeStore } from "./storage.ts";
import { Texts, type Language } from "./texts.ts";

const PART = "practice";

/** The practice item, in the very room of the exam: the same outbox, the same words, no clock, no score. */
export class PracticePage {
  private readonly texts = Texts.fromPage(document);
  private readonly page = need("practice");
  private readonly token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  private readonly api = new Api(this.page.dataset["attempt"]!, this.token, new Clock());
  private readonly items: Record<Language, Item[]> = JSON.parse(need("practice-items").textContent ?? "{}");

  async open(): Promise<void> {
    wireTextSize();
    wireDialogs();
    const exam = new Exam({ items: this.items[this.texts.language], answers: {}, marks: [] }, []);
    const store = await SafeStore.open();
    let room: Room | null = null;
    const outbox = new Outbox(`${this.page.dataset["attempt"]}:${PART}`, store, (batch) => this.send(batch), {
      acknowledged: (event, ack) => room?.acknowledged(event, ack),
      changed: () => room?.refreshSave(),
    });
    room = new Room(() => exam, {
      part: PART,
      texts: this.texts,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      title: this.texts.say("part_practice"),
      record: (entry) => outbox.put(entry, 0),
      lineFails: () => outbox.failing,
      durable: () => store.durable,
      submit: () => void this.finish(outbox),
    });
    window.addEventListener("online", () => outbox.lineIsBack());
    wireLanguage(this.texts, this.token, async () => {
      exam.translate(this.items[this.texts.language]);
      this.texts.relabel(document);
      room?.retitle(this.texts.say("part_practice"));
    });
    await outbox.open();
    showPanel("question");
    room.show();
  }

  /** The server keeps that the practice was done; that reply is the acknowledgement. */
  private async send(batch: readonly { uuid: string; sequence: number }[]): Promise<EventsReply> {
    const reply = await this.api.post("/steps", { step: PART });
    const acknowledged = batch.map(({ uuid, sequence }) => ({
      uuid,
      sequence,
      status: "saved" as const,
      received_at: reply.now,
    }));
    return { ...reply, acknowledged };
  }

  private async finish(outbox: Outbox): Promise<void> {
    showPanel("sending");
    await outbox.empty();
    await insist(() => this.api.post("/steps", { step: PART }));
    location.assign(this.page.dataset["next"]!);
  }
}
