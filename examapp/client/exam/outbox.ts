import type { Acknowledgement, EventsReply, Json, Rejection } from "./contract.ts";
import type { EventStore, NewEvent, WaitingEvent } from "./storage.ts";

/** How a batch reaches the server. Throws when the reply is missing, broken or a refusal of everything. */
export type Send = (batch: readonly WaitingEvent[]) => Promise<EventsReply>;

export interface Entry {
  part: string;
  kind: string;
  item_id?: string;
  value?: Json;
}

export interface OutboxEvents {
  acknowledged?: (event: WaitingEvent, ack: Acknowledgement) => void;
  rejected?: (event: WaitingEvent, rejection: Rejection) => void;
  /** The line's state or the number of waiting events changed. */
  changed?: () => void;
}

const BATCH = 100;
/** A reply that takes longer is not awaited any more: the batch goes out again beside it, which repeats harmlessly. */
const PATIENCE_MS = 4_000;
const UNDER_WAY_MOST = 3;
const FIRST_PAUSE_MS = 400;
/** With the jitter still under five seconds, so that what waits has left five seconds after the line is back. */
const LONGEST_PAUSE_MS = 3_200;

/**
 * Everything the applicant does goes through here: written durably first, then sent, and kept until the server has
 * acknowledged that very UUID. Nothing else removes an event, so a reload, a kill or a lying reply loses none.
 */
export class Outbox {
  private readonly pending = new Map<string, WaitingEvent>();
  /** Sent a moment ago: not sent again until the reply, or the patience, is over. */
  private readonly flying = new Set<string>();
  private failures = 0;
  private notBefore = 0;
  private underWay = 0;
  private running = false;
  private wake: () => void = () => undefined;
  private writing = Promise.resolve();

  private readonly attempt: string;
  private readonly store: EventStore;
  private readonly send: Send;
  private readonly on: OutboxEvents;

  constructor(attempt: string, store: EventStore, send: Send, on: OutboxEvents = {}) {
    this.attempt = attempt;
    this.store = store;
    this.send = send;
    this.on = on;
  }

  /** Read what an earlier page left behind, and send it. */
  async open(): Promise<void> {
    for (const event of await this.store.waiting(this.attempt)) this.pending.set(event.uuid, event);
    this.kick();
  }

  get size(): number {
    return this.pending.size;
  }

  /** Whether the last try to reach the server failed. */
  get failing(): boolean {
    return this.failures > 0;
  }

  waiting(): WaitingEvent[] {
    return [...this.pending.values()].sort((a, b) => a.sequence - b.sequence);
  }

  /** Write an event durably and send it. Resolves when it is written; rejects when the device can't keep it. */
  put(entry: Entry, epoch: number): Promise<WaitingEvent> {
    const event: NewEvent = {
      ...entry,
      uuid: crypto.randomUUID(),
      attempt: this.attempt,
      epoch,
      client_time_ms: Date.now(),
    };
    // One after another, so that sequences stand in the order of the taps.
    const written = this.writing.then(() => this.store.add(event));
    this.writing = written.then(
      () => undefined,
      () => undefined,
    );
    return written.then((stored) => {
      this.pending.set(stored.uuid, stored);
      this.on.changed?.();
      this.kick();
      return stored;
    });
  }

  /** Send what waits now, whatever pause was meant: something new has come. */
  kick(): void {
    this.notBefore = 0;
    this.wake();
    if (!this.running) void this.drain();
  }

  /** The line is back: replies that were awaited over the old one are not coming. */
  lineIsBack(): void {
    this.flying.clear();
    this.kick();
  }

  /** Resolves once nothing waits any more. */
  async empty(): Promise<void> {
    await this.writing;
    while (this.pending.size > 0) await new Promise((done) => setTimeout(done, 50));
  }

  private async drain(): Promise<void> {
    this.running = true;
    while (this.pending.size > 0) {
      const early = this.notBefore - performance.now();
      const batch = this.nextBatch();
      if (early <= 0 && batch.length > 0 && this.underWay < UNDER_WAY_MOST) void this.trip(batch);
      const waited = await this.restUntilWoken(early > 0 ? early : PATIENCE_MS);
      if (waited && early <= 0) this.flying.clear();
    }
    this.running = false;
  }

  private nextBatch(): WaitingEvent[] {
    const all = this.waiting().filter((event) => !this.flying.has(event.uuid));
    const epoch = all[0]?.epoch;
    return all.filter((event) => event.epoch === epoch).slice(0, BATCH);
  }

  private async trip(batch: WaitingEvent[]): Promise<void> {
    this.underWay += 1;
    for (const event of batch) this.flying.add(event.uuid);
    try {
      const settled = await this.settle(batch, await this.send(batch));
      if (settled === 0) throw new Error("the reply acknowledges nothing of what was sent");
      this.failures = 0;
      this.notBefore = 0;
    } catch {
      this.failures += 1;
      this.notBefore = performance.now() + this.backOff();
    } finally {
      for (const event of batch) this.flying.delete(event.uuid);
      this.underWay -= 1;
      this.on.changed?.();
      this.wake();
    }
  }

  private async settle(batch: WaitingEvent[], reply: EventsReply): Promise<number> {
    const sent = new Map(batch.map((event) => [event.uuid, event]));
    const done: WaitingEvent[] = [];
    for (const ack of reply.acknowledged ?? []) {
      const event = sent.get(ack.uuid);
      if (!event || !isWhole(ack)) continue;
      done.push(event);
      if (this.pending.delete(event.uuid)) this.on.acknowledged?.(event, ack);
    }
    for (const rejection of reply.rejected ?? []) {
      const event = sent.get(rejection.uuid);
      if (!event || typeof rejection.error !== "string") continue;
      done.push(event);
      if (this.pending.delete(event.uuid)) this.on.rejected?.(event, rejection);
    }
    // Left on the device a settled event would only be sent, and acknowledged, once more.
    await this.store.remove(done.map((event) => event.sequence)).catch(() => undefined);
    return done.length;
  }

  private backOff(): number {
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.failures - 1));
    return pause * (0.75 + Math.random() / 2);
  }

  /** True when the whole time passed, false when something woke us. */
  private restUntilWoken(ms: number): Promise<boolean> {
    return new Promise((done) => {
      const timer = setTimeout(() => done(true), ms);
      this.wake = () => {
        clearTimeout(timer);
        done(false);
      };
    });
  }
}

const STATUSES = new Set(["saved", "late", "superseded"]);

function isWhole(ack: Acknowledgement): boolean {
  return STATUSES.has(ack.status) && typeof ack.received_at === "string" && !Number.isNaN(Date.parse(ack.received_at));
}
