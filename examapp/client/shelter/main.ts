/**
 * The service worker of one sitting: its scope is `/sittings/<id>/`, its cache bears that name. The exam page fills the
 * cache (`exam/offline/shelter.ts`); this only answers from it when the line does not. It imports nothing, so that a
 * browser can run it as a plain script.
 */

/** What of a service worker's world is used here; the DOM library knows only pages. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface InstallEvent extends WorkerEvent {
  /** Newer browsers: requests that never need this worker pass it by. */
  addRoutes?(rule: { condition: { urlPattern: string }; source: "network" }): Promise<void>;
}
interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  readonly registration: { scope: string };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install", listener: (event: InstallEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
}
const worker = self as unknown as WorkerScope;

const ROOM = new URL(worker.registration.scope).pathname;
const EXAM = `${ROOM}exam`;
const WAITING = `${ROOM}waiting`;
const UNTIL = `${ROOM}until`;
/** A line that says nothing for so long is as good as none; the page itself goes on asking. */
const PATIENCE_MS = 8_000;

worker.addEventListener("install", (event) => {
  event.waitUntil(
    Promise.all([
      worker.skipWaiting(),
      event.addRoutes?.({ condition: { urlPattern: "/api/*" }, source: "network" }).catch(() => undefined),
    ]),
  );
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/dist/") || pathname.startsWith("/pictures/")) event.respondWith(file(request));
});

/** The server's page whenever it answers; else the exam as it was kept; else the page that waits for the line. */
async function page(request: Request, pathname: string): Promise<Response> {
  const kept = await keptPage(pathname);
  if (!kept) return fetch(request);
  try {
    const answer = await inTime(fetch(request));
    return answer.status >= 500 ? kept : answer;
  } catch {
    return kept;
  }
}

async function keptPage(pathname: string): Promise<Response | undefined> {
  const cache = await caches.open(ROOM);
  const until = await (await cache.match(UNTIL))?.text();
  if (until === undefined || Date.now() > Number(until)) {
    await caches.delete(ROOM);
    return undefined;
  }
  return (pathname === EXAM ? await cache.match(EXAM) : undefined) ?? cache.match(WAITING);
}

/** Built files and pictures never change under their address. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

function inTime(answer: Promise<Response>): Promise<Response> {
  const late = new Promise<never>((_, fail) => setTimeout(() => fail(new Error("no answer")), PATIENCE_MS));
  return Promise.race([answer, late]);
}

export {};
