import { LineError, type Api } from "./api.ts";

export interface LineSpeed {
  roundTripMs: number;
  /** Upload, in kbit/s, rounded to tens: more would pretend to know. */
  kbit: number;
}

const TRIPS = 4;
const UPLOAD_BYTES = 64_000;

/** Try the line: the shortest of four round trips, and what it takes to send 64 kB that can't be compressed. */
export async function measureLine(api: Api, uploadTo: string, token: string): Promise<LineSpeed> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let trip = 0; trip < TRIPS; trip += 1) {
    const began = performance.now();
    await api.get("");
    shortest = Math.min(shortest, performance.now() - began);
  }
  const noise = new Uint8Array(UPLOAD_BYTES);
  crypto.getRandomValues(noise);
  const began = performance.now();
  try {
    const reply = await fetch(uploadTo, {
      method: "POST",
      body: noise,
      headers: { "X-CSRFToken": token, "Content-Type": "application/octet-stream" },
      signal: AbortSignal.timeout(20_000),
    });
    if (!reply.ok) throw new LineError(`upload check: ${reply.status}`);
  } catch (error) {
    throw new LineError(String(error));
  }
  const seconds = Math.max(0.005, (performance.now() - began - shortest) / 1000);
  return { roundTripMs: shortest, kbit: Math.round((UPLOAD_BYTES * 8) / 1000 / seconds / 10) * 10 };
}
