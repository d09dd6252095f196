import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { apply } from "../acknowledged.ts";
import type { Acknowledgement, AttemptView } from "../contract.ts";
import type { WaitingEvent } from "../storage.ts";

/** A running part as the server last told it, so that a page loaded without a line can go on with it. */
export interface KeptView {
  attempt: string;
  view: AttemptView;
  epoch: number;
  /** The server's time, and the device's own at that moment, in ms: together they tell about what time it is later. */
  server: number;
  wall: number;
}

interface Schema extends DBSchema {
  sittings: { key: string; value: KeptView };
}

const DATABASE = "simexam-kept";

/**
 * One attempt's view on this device, brought up to date with every acknowledgement. It holds questions, never a key and
 * never a picture of a person, and is forgotten when the part is submitted or nobody is signed in. Where the browser
 * keeps nothing, nothing is kept: the exam needs it only after a reload without a line.
 */
export class KeptSitting {
  private kept: KeptView | null = null;
  private writing = Promise.resolve();
  private readonly attempt: string;

  constructor(attempt: string) {
    this.attempt = attempt;
  }

  async read(): Promise<KeptView | null> {
    try {
      const db = await open();
      this.kept = (await db.get("sittings", this.attempt)) ?? null;
      db.close();
    } catch {
      this.kept = null;
    }
    return this.kept;
  }

  keep(view: AttemptView, epoch: number, server: number): void {
    this.kept = { attempt: this.attempt, view, epoch, server, wall: Date.now() };
    this.write();
  }

  /** The server has this event: what was kept says so too. */
  acknowledged(event: WaitingEvent, ack: Acknowledgement): void {
    if (!this.kept) return;
    apply(this.kept.view, event, ack);
    this.write();
  }

  /** About what time the server has, by the device's own clock; the next reply corrects it. */
  static serverNow(kept: KeptView): number {
    return kept.server + Math.max(0, Date.now() - kept.wall);
  }

  async forget(): Promise<void> {
    this.kept = null;
    await this.writing;
    await forgetKept([this.attempt]);
  }

  private write(): void {
    const { kept } = this;
    if (!kept) return;
    this.writing = this.writing.then(async () => {
      if (this.kept === null) return;
      try {
        const db = await open();
        await db.put("sittings", kept);
        db.close();
      } catch {
        // A full or refusing device: a reload without a line then shows the page that waits.
      }
    });
  }
}

/** Forget what was kept of these attempts, or (null) of all. */
export async function forgetKept(attempts: string[] | null, except: string[] = []): Promise<void> {
  try {
    const db = await open();
    const known = attempts ?? (await db.getAllKeys("sittings"));
    for (const each of known) if (!except.includes(each)) await db.delete("sittings", each);
    db.close();
  } catch {
    // Nothing is kept where nothing can be.
  }
}

function open(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(DATABASE, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("sittings", { keyPath: "attempt" });
    },
  });
}
