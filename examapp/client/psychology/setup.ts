/** The set-ups of the three parts as the server sends them, and the answers their wire formats ask for. */
export interface StatementsSetup {
  scale: string[];
  statements: { id: string; text: string }[];
}

export interface SymbolRow {
  id: string;
  shown: string[];
}

export interface SymbolsSetup {
  seconds_per_column: number;
  columns: { key: string[]; rows: SymbolRow[] }[];
}

export interface ReactionTrial {
  id: string;
  stimulus: string;
  foreperiod_ms: number;
  practice: boolean;
}

export interface ReactionSetup {
  mapping: Record<string, string>;
  timeout_ms: number;
  trials: ReactionTrial[];
}

export type PsychologyPart = "statements" | "missing_symbol" | "choice_reaction";
export const PARTS: readonly PsychologyPart[] = ["statements", "missing_symbol", "choice_reaction"];

/** A number that an answer carries in `field`, or null when it has none. */
export function numberIn(value: unknown, field: string): number | null {
  const found = (value as Record<string, unknown> | null)?.[field];
  return typeof found === "number" && Number.isFinite(found) ? found : null;
}
