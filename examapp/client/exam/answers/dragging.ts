import { placeUnder, type Row } from "./order.ts";

/** Near an edge of the screen the page moves along, so that a long list can be crossed in one go. */
const EDGE = 72;
const SCROLL_STEP = 12;

interface Drag {
  row: HTMLElement;
  from: number;
  to: number;
  startY: number;
  rows: Row[];
  gap: number;
}

/**
 * Lets a row of `list` be dragged by its grip, with a finger, a pen or a mouse. Nothing is moved in the document while
 * the finger is down (that would end the touch): the rows only look moved, until `dropped` is told the new place.
 */
export function makeDraggable(list: HTMLElement, mayDrag: () => boolean, dropped: (row: HTMLElement, place: number) => void): void {
  let drag: Drag | null = null;
  const rows = (): HTMLElement[] => [...list.children] as HTMLElement[];

  list.addEventListener("pointerdown", (event) => {
    const grip = (event.target as Element).closest("[data-grip]");
    const row = grip?.closest<HTMLElement>("li");
    if (!row || !mayDrag() || event.button !== 0) return;
    const boxes = rows().map((each) => each.getBoundingClientRect());
    const from = rows().indexOf(row);
    drag = {
      row,
      from,
      to: from,
      startY: event.pageY,
      rows: boxes.map((box) => ({ top: box.top + window.scrollY, height: box.height })),
      gap: boxes.length > 1 ? boxes[1]!.top - boxes[0]!.bottom : 0,
    };
    grip!.setPointerCapture(event.pointerId);
  });
  list.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (event.clientY < EDGE) window.scrollBy(0, -SCROLL_STEP);
    else if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, SCROLL_STEP);
    const by = event.pageY - drag.startY;
    drag.to = placeUnder(drag.rows, drag.from, by);
    list.classList.add("is-dragging");
    drag.row.classList.add("is-held");
    paint(rows(), drag, by);
  });
  const end = (keep: boolean): void => {
    if (!drag) return;
    const { row, from, to } = drag;
    drag = null;
    list.classList.remove("is-dragging");
    row.classList.remove("is-held");
    for (const each of rows()) each.style.transform = "";
    if (keep && to !== from) dropped(row, to);
  };
  list.addEventListener("pointerup", () => end(true));
  list.addEventListener("pointercancel", () => end(false));
}

function paint(rows: HTMLElement[], drag: Drag, by: number): void {
  const room = drag.rows[drag.from]!.height + drag.gap;
  rows.forEach((row, index) => {
    let shift = 0;
    if (index === drag.from) shift = by;
    else if (index > drag.from && index <= drag.to) shift = -room;
    else if (index < drag.from && index >= drag.to) shift = room;
    row.style.transform = shift ? `translateY(${shift}px)` : "";
  });
}
