export interface Poll<T> {
  changed(body: T): void;
  /** The line failed (true), or works again (false). */
  offline(is: boolean): void;
  /** The thing is gone: over, or no longer ours. */
  gone?(): void;
}

// How far the server's clock is ahead of this device's, by its last reply: a proctor's clock may be wrong too.
let offset = 0;

/** The server's time in milliseconds. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** Asks `url` every `everyMs`, one question at a time; an unchanged answer (304) costs nothing and tells nothing. */
export function poll<T>(url: string, everyMs: number, on: Poll<T>): void {
  let etag = "";
  async function ask(): Promise<void> {
    try {
      const reply = await fetch(url, {
        headers: etag ? { "If-None-Match": etag } : {},
        cache: "no-store",
        signal: AbortSignal.timeout(8000),
      });
      const date = Date.parse(reply.headers.get("Date") ?? "");
      if (!Number.isNaN(date)) offset = date - Date.now();
      if (reply.status === 401 || reply.redirected) return location.reload();
      if ([403, 404, 409].includes(reply.status)) return on.gone?.();
      if (!reply.ok && reply.status !== 304) throw new Error(String(reply.status));
      on.offline(false);
      if (reply.status !== 304) {
        etag = reply.headers.get("ETag") ?? "";
        on.changed((await reply.json()) as T);
      }
    } catch {
      on.offline(true);
    }
    window.setTimeout(() => void ask(), document.visibilityState === "visible" ? everyMs : everyMs * 4);
  }
  void ask();
}

/** "3 s ago" from `words` with `{n}`, or `none` where nothing was seen. */
export function age(seenAt: number | null, now: number, words: string, none: string): string {
  if (!seenAt) return none;
  const seconds = Math.max(0, Math.round((now - seenAt) / 1000));
  return words.replace("{n}", String(seconds));
}
