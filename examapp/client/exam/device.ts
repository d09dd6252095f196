/** Which device this is: a UUID that stays with the browser, so that a reload or a kill finds its sitting again. */
const KEY = "simexam.device";
let inMemory: string | null = null;

export function deviceId(): string {
  // Without locks two tabs could not see each other: there each tab is a device of its own, and the server sees them.
  const keep = hasLocks() ? tryStorage("localStorage") : tryStorage("sessionStorage");
  const known = keep?.getItem(KEY) ?? inMemory;
  if (known) return known;
  inMemory = crypto.randomUUID();
  try {
    keep?.setItem(KEY, inMemory);
  } catch {
    // Kept for this page at least.
  }
  return inMemory;
}

export function tryStorage(kind: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}

function hasLocks(): boolean {
  return "locks" in navigator;
}

/**
 * One tab of a browser holds an attempt; the lock goes with the tab, however it ends.
 * Resolves to whether we hold it. With `steal` we do, and the tab that held it hears `onLost`.
 */
export function holdAttempt(attempt: string, steal: boolean, onLost: () => void): Promise<boolean> {
  if (!hasLocks()) return Promise.resolve(true);
  return new Promise((done) => {
    const options: LockOptions = steal ? { steal: true } : { ifAvailable: true };
    navigator.locks
      .request(`simexam.attempt.${attempt}`, options, (lock) => {
        done(lock !== null);
        return lock === null ? undefined : new Promise<never>(() => undefined);
      })
      .catch(onLost);
  });
}
