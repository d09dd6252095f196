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

/** When the browser refuses to keep anything (private window, full phone): as good as it gets, and the page says so. */
export class MemoryStore implements EventStore {
  private events: WaitingEvent[] = [];
  private last = Date.now();

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

export async function openStore(): Promise<{ store: EventStore; durable: boolean }> {
  try {
    return { store: await DeviceStore.open(), durable: true };
  } catch {
    return { store: new MemoryStore(), durable: false };
  }
}
