import type { Clock } from "./clock.ts";
import type { Context, Json, Problem } from "./contract.ts";

/** The line failed: no reply, not in time, or not a complete one. Whether the server acted is unknown. */
export class LineError extends Error {}

/** The server refused, and said why. */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
  }
}

export interface RequestOptions {
  timeoutMs?: number;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  priority?: RequestPriority;
}

const DEFAULT_TIMEOUT_MS = 20_000;

/** Believes a reply only when it is one whole JSON object with the server's time in it. */
export function readContext(text: string): Context {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new LineError("the reply is not complete JSON");
  }
  const now = (body as Context | null)?.now;
  if (typeof now !== "string" || Number.isNaN(Date.parse(now))) throw new LineError("the reply has no server time");
  return body as Context;
}

/** One attempt's API: sends, checks replies, and tells the clock and the listeners what each reply says. */
export class Api {
  readonly base: string;
  private readonly clock: Clock;
  private token: string;
  private readonly listeners = new Set<(reply: Context) => void>();
  private lastReplyAt = -Infinity;

  constructor(attemptId: string, token: string, clock: Clock) {
    this.base = `/api/v1/attempts/${encodeURIComponent(attemptId)}`;
    this.token = token;
    this.clock = clock;
  }

  onReply(listener: (reply: Context) => void): void {
    this.listeners.add(listener);
  }

  /** Milliseconds since the server was last heard of. */
  silenceMs(): number {
    return performance.now() - this.lastReplyAt;
  }

  get<T extends Context>(path: string, options: RequestOptions = {}): Promise<T> {
    return this.request<T>("GET", path, undefined, options);
  }

  post<T extends Context>(path: string, body: Json | Blob, options: RequestOptions = {}): Promise<T> {
    return this.request<T>("POST", path, body, options);
  }

  private async request<T extends Context>(
    method: string,
    path: string,
    body: Json | Blob | undefined,
    options: RequestOptions,
    again = true,
  ): Promise<T> {
    const { status, reply } = await this.exchange(method, path, body, options);
    if (status === 400 && (reply as Problem).error === "form_expired" && again) {
      // Signed in anew in another tab: the token of this page is of the old session.
      await this.renewToken();
      return this.request<T>(method, path, body, options, false);
    }
    if (status >= 200 && status < 300) return reply as T;
    // A server that fails says nothing about what was sent: only a clear refusal is one.
    if (status >= 500) throw new LineError(`the server failed with ${status}`);
    throw new Refused(status, reply as Problem);
  }

  private async exchange(method: string, path: string, body: Json | Blob | undefined, options: RequestOptions) {
    const raw = body instanceof Blob;
    const timeout = AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const init: RequestInit = {
      method,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      headers: {
        Accept: "application/json",
        "X-CSRFToken": this.token,
        ...(body === undefined ? {} : { "Content-Type": raw ? body.type : "application/json" }),
        ...options.headers,
      },
      signal: options.signal ? anyOf(options.signal, timeout) : timeout,
    };
    if (options.priority) init.priority = options.priority;
    if (body !== undefined) init.body = raw ? body : JSON.stringify(body);
    const sentAt = performance.now();
    let response: Response;
    let firstByteAt: number;
    let text: string;
    try {
      response = await fetch(this.base + path, init);
      firstByteAt = performance.now();
      text = await response.text();
    } catch (error) {
      throw new LineError(String(error));
    }
    const reply = readContext(text);
    this.lastReplyAt = performance.now();
    this.clock.observe(Date.parse(reply.now), sentAt, firstByteAt);
    for (const listener of this.listeners) listener(reply);
    return { status: response.status, reply };
  }

  private async renewToken(): Promise<void> {
    try {
      const page = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
      const token = parsed.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
      if (token) this.token = token;
    } catch (error) {
      throw new LineError(String(error));
    }
  }
}

/** `AbortSignal.any`, which phones of 2022 don't have. */
function anyOf(...signals: AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason);
    signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}
