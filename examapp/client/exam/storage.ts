import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Json } from "./contract.ts";

/** An event as it lies on the device until the server has acknowledged it. `sequence` only ever rises. */
export interface WaitingEvent {
  sequence: number;
  uuid: string;
  attempt: string;
  epoch: number;
  part: string;
  kind: string;
  item_id?: string;
  value?: Json;
  client_time_ms: number;
}

export type NewEvent = Omit<WaitingEvent, "sequence">;

/** Where waiting events lie. `add` resolves once the event would survive a power cut, as far as the browser promises. */
export interface EventStore {
  add(event: NewEvent): Promise<WaitingEvent>;
  waiting(attempt: string): Promise<WaitingEvent[]>;
  remove(sequences: number[]): Promise<void>;
}

interface Schema extends DBSchema {
  events: { key: number; value: NewEvent & { sequence?: number }; indexes: { attempt: string } };
}

export class DeviceStore implements EventStore {
  private readonly db: IDBPDatabase<Schema>;

  private constructor(db: IDBPDatabase<Schema>) {
    this.db = db;
  }

  static async open(name = "simexam"): Promise<DeviceStore> {
    const db = await openDB<Schema>(name, 1, {
      upgrade(fresh) {
        // The generator never goes back, not even when the store is emptied: sequences rise across reloads.
        const events = fresh.createObjectStore("events", { keyPath: "sequence", autoIncrement: true });
        events.createIndex("attempt", "attempt");
      },
    });
    await raiseGenerator(db);
    return new DeviceStore(db);
  }

  async add(event: NewEvent): Promise<WaitingEvent> {
    const change = this.db.transaction("events", "readwrite", { durability: "strict" });
    const [sequence] = await Promise.all([change.store.add({ ...event }), change.done]);
    return { ...event, sequence };
  }

  async waiting(attempt: string): Promise<WaitingEvent[]> {
    return (await this.db.getAllFromIndex("events", "attempt", attempt)) as WaitingEvent[];
  }

  async remove(sequences: number[]): Promise<void> {
    const change = this.db.transaction("events", "readwrite");
    await Promise.all([...sequences.map((sequence) => change.store.delete(sequence)), change.done]);
  }
}

/**
 * Sequences begin at the seconds of the day they are first used on, and only rise: so those of a page that could not
 * use the device's store (see `MemoryStore`) and those of a later page that can still stand in their order.
 */
function firstSequence(): number {
  return Math.floor(Date.now() / 1000);
}

async function raiseGenerator(db: IDBPDatabase<Schema>): Promise<void> {
  const change = db.transaction("events", "readwrite");
  const sequence = firstSequence();
  const marker = { sequence, uuid: "", attempt: "", epoch: 0, part: "", kind: "", client_time_ms: 0 };
  if ((await change.store.get(sequence)) === undefined) {
    await change.store.put(marker);
    await change.store.delete(sequence);
  }
  await change.done;
}

/** When the browser refuses to keep anything (private window, full phone): as good as it gets. */
export class MemoryStore implements EventStore {
  private events: WaitingEvent[] = [];
  private last = firstSequence();

  async add(event: NewEvent): Promise<WaitingEvent> {
    const stored = { ...event, sequence: ++this.last };
    this.events.push(stored);
    return stored;
  }

  async waiting(attempt: string): Promise<WaitingEvent[]> {
    return this.events.filter((event) => event.attempt === attempt);
  }

  async remove(sequences: number[]): Promise<void> {
    this.events = this.events.filter((event) => !sequences.includes(event.sequence));
  }
}

const WRITE_PATIENCE_MS = 1_500;

/** The device's store while it works, memory from its first failure on: an answer is sent in any case. */
export class SafeStore implements EventStore {
  private readonly device: EventStore | null;
  private readonly memory = new MemoryStore();
  private failed: boolean;

  constructor(device: EventStore | null) {
    this.device = device;
    this.failed = device === null;
  }

  static async open(): Promise<SafeStore> {
    return new SafeStore(await inTime(DeviceStore.open()).catch(() => null));
  }

  /** Whether what waits would survive the end of this page. */
  get durable(): boolean {
    return !this.failed;
  }

  async add(event: NewEvent): Promise<WaitingEvent> {
    if (!this.failed && this.device) {
      try {
        return await inTime(this.device.add(event));
      } catch {
        this.failed = true;
      }
    }
    return this.memory.add(event);
  }

  async waiting(attempt: string): Promise<WaitingEvent[]> {
    const kept = this.device ? await inTime(this.device.waiting(attempt)).catch(() => []) : [];
    return [...kept, ...(await this.memory.waiting(attempt))];
  }

  async remove(sequences: number[]): Promise<void> {
    await this.memory.remove(sequences);
    if (this.device) await this.device.remove(sequences);
  }
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, fail) => setTimeout(() => fail(new Error("storage too slow")), WRITE_PATIENCE_MS));
  return Promise.race([work, late]);
}
