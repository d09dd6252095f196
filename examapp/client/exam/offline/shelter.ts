import type { Item } from "../contract.ts";

/**
 * What a sitting's pages need without a line, laid into the cache that its service worker (`client/shelter`) answers
 * from. Pages, built files and pictures of questions; never a reply of the API, a key or a picture of a person.
 */
const AFTER_DEADLINE_MS = 60 * 60_000;

export function roomOf(attempt: string): string {
  return `/sittings/${attempt}/`;
}

/** Begin to shelter `attempt`. `pages` besides the one that waits; resolves to whether everything is there. */
export async function takeShelter(attempt: string, pages: string[], items: readonly Item[], leftMs: number): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  const room = roomOf(attempt);
  try {
    await navigator.serviceWorker.register(`${room}worker.js`, { scope: room });
    const cache = await caches.open(room);
    const until = Date.now() + leftMs + AFTER_DEADLINE_MS;
    await cache.put(`${room}until`, new Response(String(until)));
    const kept = await Promise.all([`${room}waiting`, ...pages].map((page) => keepPage(cache, page)));
    for (const each of new Set([...kept.flat(), ...builtFiles(document), ...pictures(items)])) await keepFile(cache, each);
    return true;
  } catch {
    // Without room, or by a browser that refuses: the exam goes on as it did before there was a shelter.
    return false;
  }
}

/** A page as it is for a reload now; the built files it names. One that leads elsewhere is not kept. */
async function keepPage(cache: Cache, address: string): Promise<string[]> {
  const reply = await fetch(address, { credentials: "same-origin", cache: "no-store" });
  if (!reply.ok || reply.redirected) return [];
  const parsed = new DOMParser().parseFromString(await reply.clone().text(), "text/html");
  await cache.put(address, reply);
  return builtFiles(parsed);
}

function builtFiles(page: Document): string[] {
  const named = [...page.querySelectorAll("script[src], link[href]")].map(
    (each) => each.getAttribute("src") ?? each.getAttribute("href") ?? "",
  );
  const loaded = performance.getEntriesByType("resource").map((each) => new URL(each.name).pathname);
  return [...named, ...loaded].filter((address) => address.startsWith("/static/dist/"));
}

function pictures(items: readonly Item[]): string[] {
  return items.flatMap((item) => [item.picture?.url, ...item.options.map((option) => option.picture?.url)]).filter(
    (address): address is string => address?.startsWith("/pictures/") ?? false,
  );
}

/** One after the other and behind everything else: an answer must never wait for a picture. */
async function keepFile(cache: Cache, address: string): Promise<void> {
  if (await cache.match(address)) return;
  const reply = await fetch(address, { priority: "low" });
  if (reply.ok) await cache.put(address, reply);
}

/** Take the shelters of all sittings down but those named: nobody is signed in, or they are over. */
export async function leaveShelters(except: string[] = []): Promise<void> {
  const kept = except.map(roomOf);
  if ("caches" in window) {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => isRoom(name) && !kept.includes(name)).map((name) => caches.delete(name)));
  }
  if ("serviceWorker" in navigator) {
    for (const each of await navigator.serviceWorker.getRegistrations()) {
      const room = new URL(each.scope).pathname;
      if (isRoom(room) && !kept.includes(room)) await each.unregister();
    }
  }
}

function isRoom(name: string): boolean {
  return name.startsWith("/sittings/");
}
