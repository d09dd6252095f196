import { Acknowledged } from "./acknowledged.ts";
import { Api, LineError, Refused } from "./api.ts";
import { Clock } from "./clock.ts";
import type { Acknowledgement, AttemptView, Context, EventsReply, PartName, Rejection, SubmitReply } from "./contract.ts";
import { deviceId, holdAttempt } from "./device.ts";
import { Outbox, type Entry } from "./outbox.ts";
import { SafeStore, type WaitingEvent } from "./storage.ts";

/** Who else shows this attempt: another tab of this browser, or another device. */
export type Elsewhere = "tab" | "device";

export interface SittingEvents {
  /** A reply brought the state of the sitting: deadline, notices. */
  context(reply: Context): void;
  /** `newest` unless a later event of the same item was acknowledged before. */
  acknowledged(event: WaitingEvent, ack: Acknowledgement, newest: boolean): void;
  rejected(event: WaitingEvent, rejection: Rejection): void;
  /** Something about the line or the waiting events changed. */
  line(): void;
  elsewhere(where: Elsewhere): void;
  signedOut(): void;
}

const EVENTS_TIMEOUT_MS = 15_000;
/** Silence after which we ask: extra time and messages from people must arrive within five seconds. */
const HEARTBEAT_MS = 4_000;

/** One attempt on this device: its line to the server, its outbox, its clock. Shared by theory and psychology. */
export class Sitting {
  readonly clock = new Clock();
  readonly device = deviceId();
  readonly api: Api;
  readonly outbox: Outbox;
  readonly store: SafeStore;
  readonly attempt: string;
  epoch = 0;
  active = false;
  private held = false;
  private readonly acks = new Acknowledged();
  private heartbeat = 0;
  private readonly on: SittingEvents;

  private constructor(attempt: string, token: string, store: SafeStore, on: SittingEvents) {
    this.attempt = attempt;
    this.store = store;
    this.on = on;
    this.api = new Api(attempt, token, this.clock);
    this.api.onReply((reply) => this.heard(reply));
    this.outbox = new Outbox(attempt, store, (batch) => this.send(batch), {
      acknowledged: (event, ack) => on.acknowledged(event, ack, this.acks.note(event, ack)),
      rejected: (event, rejection) => on.rejected(event, rejection),
      changed: () => on.line(),
    });
    window.addEventListener("online", () => this.lookUp());
  }

  /** Open the attempt on this page and send what an earlier page left behind. */
  static async open(attempt: string, token: string, on: SittingEvents): Promise<Sitting> {
    const sitting = new Sitting(attempt, token, await SafeStore.open(), on);
    await sitting.outbox.open();
    return sitting;
  }

  /** Become the one page that runs the attempt. False when another tab or device does; then ask, and take over. */
  async claim(takeOver: boolean): Promise<boolean> {
    if (!(await this.hold(takeOver))) return false;
    try {
      const reply = await this.api.post("/devices", { device: this.device, take_over: takeOver });
      this.epoch = reply.epoch ?? 0;
      this.step(true);
      return true;
    } catch (error) {
      if (error instanceof Refused && error.problem.error === "other_device") {
        this.step(false, "device");
        return false;
      }
      throw error;
    }
  }

  /** Be the one tab of this browser that shows the attempt; asked again, it still is. */
  private async hold(takeOver: boolean): Promise<boolean> {
    if (this.held) return true;
    this.held = await holdAttempt(this.attempt, takeOver, () => {
      this.held = false;
      this.step(false, "tab");
    });
    if (!this.held) this.step(false, "tab");
    return this.held;
  }

  /** Go on without having asked the server, as the device it last knew; it is asked as soon as there is a line. */
  resume(epoch: number): boolean {
    if (!this.held || this.active) return false;
    this.epoch = epoch;
    this.step(true);
    return true;
  }

  async load(language: string): Promise<AttemptView> {
    const from = this.acks.count;
    const view = await this.told(this.api.get<AttemptView>(`?language=${language}&device=${this.device}`));
    this.acks.applyTo(view, from);
    return view;
  }

  start(part: PartName, language: string): Promise<AttemptView> {
    return this.told(this.api.post<AttemptView>(`/parts/${part}/start?language=${language}&device=${this.device}`, {}));
  }

  /** End a part. Only when nothing waits any more, so that no answer is left behind. */
  async submit(part: PartName): Promise<SubmitReply> {
    return this.told(this.api.post<SubmitReply>("/submit", { part }));
  }

  async seen(notice: string): Promise<void> {
    await this.told(this.api.post(`/notices/${notice}/seen`, {}));
  }

  /** Keep an event and send it. An inactive page keeps silent: the attempt is elsewhere. */
  async record(entry: Entry): Promise<WaitingEvent | null> {
    return this.active ? this.outbox.put(entry, this.epoch) : null;
  }

  /** The page is back or the line is: send, and set the clock right. */
  lookUp(): void {
    this.outbox.lineIsBack();
    this.clock.noticeJump();
    void this.ask();
  }

  private step(active: boolean, where?: Elsewhere): void {
    const was = this.active;
    this.active = active;
    window.clearInterval(this.heartbeat);
    if (active) this.heartbeat = window.setInterval(() => this.beat(), 1_000);
    else if (where && (was || !this.epoch)) this.on.elsewhere(where);
  }

  private beat(): void {
    if (this.clock.noticeJump() || this.api.silenceMs() > HEARTBEAT_MS) void this.ask();
  }

  private asking = false;

  /** The lightest question there is: am I still the device? Its reply carries time, deadline and notices. */
  private async ask(): Promise<void> {
    if (this.asking || !this.active) return;
    this.asking = true;
    try {
      await this.told(this.api.post("/devices", { device: this.device, take_over: false }, { timeoutMs: 4_000 }));
    } catch (error) {
      if (error instanceof Refused && error.problem.error === "other_device") this.step(false, "device");
    } finally {
      this.asking = false;
    }
  }

  private heard(reply: Context): void {
    // A reply that gets through shows that the line is back, before any pause is over.
    if (this.outbox.failing && this.outbox.size > 0) this.outbox.kick();
    if (this.active && reply.epoch !== undefined && reply.epoch > this.epoch) this.step(false, "device");
    // A refusal on the threshold (not signed in, too many) knows no sitting and says nothing about it.
    if (reply.state) this.on.context(reply);
  }

  private async send(batch: readonly WaitingEvent[]): Promise<EventsReply> {
    const events = batch.map(({ uuid, sequence, part, kind, item_id, value, client_time_ms }) => ({
      uuid,
      sequence,
      part,
      kind,
      item_id: item_id ?? null,
      value: value ?? null,
      client_time_ms,
    }));
    const body = { device: this.device, epoch: batch[0]!.epoch, events };
    try {
      return await this.told(this.api.post<EventsReply>("/events", body, { timeoutMs: EVENTS_TIMEOUT_MS, priority: "high" }));
    } catch (error) {
      if (error instanceof Refused && error.status === 422) return error.problem as EventsReply;
      throw error;
    }
  }

  private async told<T>(exchange: Promise<T>): Promise<T> {
    try {
      return await exchange;
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.on.signedOut();
      throw error;
    }
  }
}

/** Ask until the server answers; what it refuses is thrown. Pauses grow to three seconds. */
export async function insist<T>(work: () => Promise<T>, onFailure: () => void = () => undefined): Promise<T> {
  for (let pause = 500; ; pause = Math.min(3_000, pause * 1.6)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LineError) && !(error instanceof Refused && error.status === 429)) throw error;
      onFailure();
      await new Promise((done) => setTimeout(done, pause * (0.75 + Math.random() / 2)));
    }
  }
}
