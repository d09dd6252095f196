/** An order of options, and how a person changes it: by a step, or by letting go of one above another place. */
export type Order = readonly string[];

/** `order` with `id` at `place` (from 0); beyond an end means that end. */
export function movedTo(order: Order, id: string, place: number): Order {
  const rest = order.filter((each) => each !== id);
  if (rest.length === order.length) return order;
  const at = Math.min(rest.length, Math.max(0, place));
  return [...rest.slice(0, at), id, ...rest.slice(at)];
}

export function movedBy(order: Order, id: string, step: number): Order {
  return movedTo(order, id, order.indexOf(id) + step);
}

/** An answer over the options that there are: one from an older form of the item is none. */
export function isOrderOf(value: Order | null, options: Order): value is Order {
  return value !== null && value.length === options.length && options.every((id) => value.includes(id));
}

export interface Row {
  top: number;
  height: number;
}

/** The place that a dragged row has come to: it passes another when its leading edge passes the other's middle. */
export function placeUnder(rows: readonly Row[], dragged: number, by: number): number {
  const own = rows[dragged]!;
  const edge = by > 0 ? own.top + own.height + by : own.top + by;
  const passed = (row: Row, index: number): boolean => {
    const middle = row.top + row.height / 2;
    return index < dragged ? edge < middle : index > dragged && edge > middle;
  };
  const count = rows.filter(passed).length;
  return by > 0 ? dragged + count : dragged - count;
}
