import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventsReply } from "./contract.ts";
import { Outbox, type OutboxEvents, type Send } from "./outbox.ts";
import { MemoryStore, type WaitingEvent } from "./storage.ts";

const ATTEMPT = "a-1";
const context = { now: "2026-11-23T03:41:07.000Z", deadline: null, state: "running" as const, notices: [] };

function acknowledge(batch: readonly WaitingEvent[]): EventsReply {
  const acknowledged = batch.map((event) => ({
    uuid: event.uuid,
    status: "saved" as const,
    sequence: event.sequence,
    received_at: context.now,
  }));
  return { ...context, acknowledged };
}

function answer(value: string) {
  return { part: "theory", kind: "answer", item_id: "q1", value: [value] };
}

async function outbox(send: Send, store = new MemoryStore(), on: OutboxEvents = {}): Promise<Outbox> {
  const box = new Outbox(ATTEMPT, store, send, on);
  await box.open();
  return box;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("an answer on its way", () => {
  it("leaves at once and is saved when its UUID is acknowledged", async () => {
    const saved: string[] = [];
    const box = await outbox(async (batch) => acknowledge(batch), new MemoryStore(), {
      acknowledged: (event) => saved.push(event.uuid),
    });
    const event = await box.put(answer("b"), 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(saved).toEqual([event.uuid]);
    expect(box.size).toBe(0);
  });

  it("does not wait for the one before it that hangs", async () => {
    const sent: string[][] = [];
    const box = await outbox((batch) => {
      sent.push(batch.map((event) => String((event.value as string[])[0])));
      return sent.length === 1 ? new Promise(() => undefined) : Promise.resolve(acknowledge(batch));
    });
    await box.put(answer("a"), 1);
    await vi.advanceTimersByTimeAsync(10);
    await box.put(answer("b"), 1);
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual([["a"], ["b"]]);
    await vi.advanceTimersByTimeAsync(4_100);
    expect(sent[2]).toEqual(["a"]);
    expect(box.size).toBe(0);
  });

  it("keeps UUID and sequence over every repetition", async () => {
    const seen: [string, number][] = [];
    let fail = true;
    const box = await outbox(async (batch) => {
      for (const event of batch) seen.push([event.uuid, event.sequence]);
      if (fail) throw new Error("500");
      return acknowledge(batch);
    });
    await box.put(answer("a"), 1);
    await vi.advanceTimersByTimeAsync(3_000);
    fail = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen.length).toBeGreaterThan(2);
    expect(new Set(seen.map(String)).size).toBe(1);
    expect(box.size).toBe(0);
  });
});

describe("what is not an acknowledgement", () => {
  const liars: Record<string, (batch: readonly WaitingEvent[]) => Promise<EventsReply>> = {
    "a refusal or a broken reply": () => Promise.reject(new Error("not JSON")),
    "an empty list": async () => ({ ...context, acknowledged: [] }),
    "no list": async () => ({ ...context }),
    "somebody else's UUID": async (batch) => {
      const reply = acknowledge(batch);
      return { ...reply, acknowledged: reply.acknowledged!.map((ack) => ({ ...ack, uuid: "other" })) };
    },
    "a half acknowledgement": async (batch) => {
      const reply = acknowledge(batch);
      return { ...reply, acknowledged: reply.acknowledged!.map((ack) => ({ ...ack, received_at: "" })) };
    },
    "silence": () => new Promise(() => undefined),
  };
  it.each(Object.entries(liars))("%s saves nothing", async (_name, send) => {
    const saved: string[] = [];
    const store = new MemoryStore();
    const box = await outbox(send, store, { acknowledged: (event) => saved.push(event.uuid) });
    await box.put(answer("a"), 1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saved).toEqual([]);
    expect(box.size).toBe(1);
    expect(await store.waiting(ATTEMPT)).toHaveLength(1);
  });
});

describe("a line that drops", () => {
  it("loses nothing over a reload and drains within five seconds of its return", async () => {
    const store = new MemoryStore();
    const first = await outbox(() => Promise.reject(new Error("offline")), store);
    for (const value of ["a", "b", "c"]) await first.put(answer(value), 1);

    let online = false;
    const got: WaitingEvent[] = [];
    const second = await outbox(async (batch) => {
      if (!online) throw new Error("offline");
      got.push(...batch);
      return acknowledge(batch);
    }, store);
    await vi.advanceTimersByTimeAsync(30 * 60_000);
    expect(second.failing).toBe(true);
    online = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(got.map((event) => (event.value as string[])[0])).toEqual(["a", "b", "c"]);
    expect(second.size).toBe(0);
  });

  it("drains within five seconds even if every request before hung", async () => {
    let online = false;
    const box = await outbox(async (batch) => {
      if (!online) {
        // The API gives a request up after eight seconds.
        await new Promise((_, fail) => setTimeout(fail, 8_000));
      }
      return acknowledge(batch);
    });
    await box.put(answer("a"), 1);
    await vi.advanceTimersByTimeAsync(61_000);
    online = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(box.size).toBe(0);
  });

  it("does not hammer a server that is down", async () => {
    let tries = 0;
    const box = await outbox(async () => {
      tries += 1;
      throw new Error("refused");
    });
    await box.put(answer("a"), 1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries).toBeLessThan(35);
    expect(tries).toBeGreaterThan(12);
  });
});

describe("order and epochs", () => {
  it("never mixes epochs in a batch, the older one goes first", async () => {
    const batches: number[][] = [];
    const store = new MemoryStore();
    const offline = await outbox(() => Promise.reject(new Error("offline")), store);
    await offline.put(answer("a"), 1);
    await offline.put(answer("b"), 2);
    const box = await outbox(async (batch) => {
      batches.push(batch.map((event) => event.epoch));
      return acknowledge(batch);
    }, store);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(batches).toEqual([[1], [2]]);
    expect(box.size).toBe(0);
  });

  it("numbers quick taps in their order", async () => {
    const box = await outbox(() => Promise.reject(new Error("offline")));
    await Promise.all(["a", "b", "c", "d"].map((value) => box.put(answer(value), 1)));
    expect(box.waiting().map((event) => (event.value as string[])[0])).toEqual(["a", "b", "c", "d"]);
  });

  it("gives up only what the server names as refused", async () => {
    const refused: string[] = [];
    const box = await outbox(
      async (batch) => ({
        ...acknowledge(batch.slice(1)),
        rejected: [{ uuid: batch[0]!.uuid, error: "unknown_item", message: "…" }],
      }),
      new MemoryStore(),
      { rejected: (event) => refused.push(event.uuid) },
    );
    const event = await box.put(answer("a"), 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(refused).toEqual([event.uuid]);
    expect(box.size).toBe(0);
  });
});
