import { forgetKept } from "./kept.ts";
import { leaveShelters } from "./shelter.ts";

/**
 * What sittings left on this device goes, but that of `keep` (an attempt's id, or nothing). Answers that still wait to
 * be sent are not touched; they lie elsewhere.
 */
export function cleanUp(keep: string): void {
  const open = keep ? [keep] : [];
  void leaveShelters(open).catch(() => undefined);
  void forgetKept(null, open);
}
