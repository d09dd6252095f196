import { outlineOf } from "../exam/answers/hotspot.ts";
import { bounds, WHOLE, type Point } from "../exam/answers/regions.ts";
import { dragged, regionFrom, within, wordsOf, type Shape } from "./region_text.ts";

const SVG = "http://www.w3.org/2000/svg";
/** This near to the first corner a press closes the outline, in thousandths. */
const CLOSING = 25;

/** Draws an option's place on the picture; the numbers beside it say the same, and may be typed instead. */
export function wireRegions(form: HTMLFormElement, changed: () => void): void {
  const root = form.querySelector<HTMLElement>("[data-regions]");
  const canvas = root?.querySelector<HTMLElement>("[data-canvas]");
  if (!root || !canvas) return;
  const image = document.createElement("img");
  image.className = "region-picture";
  image.alt = "";
  image.draggable = false;
  const layer = document.createElementNS(SVG, "svg");
  layer.setAttribute("class", "region-layer");
  layer.setAttribute("preserveAspectRatio", "none");
  let shape: Shape = "rect";
  let from: Point | null = null;
  let corners: Point[] = [];

  const field = (): HTMLInputElement => {
    const letter = root.querySelector<HTMLInputElement>("input[name=region_of]:checked")?.value ?? "a";
    return form.elements.namedItem(`option_${letter}_region`) as HTMLInputElement;
  };
  const proportion = (): number => (image.naturalHeight || 1) / (image.naturalWidth || 1);
  const put = (words: string): void => {
    field().value = words;
    draw();
  };
  const draw = (): void => {
    const size = { width: WHOLE, height: WHOLE * proportion() };
    layer.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    canvas.style.setProperty("--proportion", String(1 / proportion()));
    canvas.replaceChildren(image, layer);
    layer.replaceChildren();
    for (const row of root.querySelectorAll<HTMLElement>(".region-row:not([hidden])")) {
      const letter = row.dataset["option"] ?? "";
      const input = form.elements.namedItem(`option_${letter}_region`) as HTMLInputElement;
      const region = regionFrom(input.value);
      if (!region) continue;
      const line = outlineOf(region, proportion());
      layer.append(path(line, "region-halo"), path(line, input === field() ? "region is-chosen" : "region"));
      const box = bounds(region, size);
      canvas.append(badge(letter, (box.left + box.right) / 20, (box.top + box.bottom) / 2 / (size.height / 100)));
    }
    if (corners.length) layer.append(path(openLine(corners, proportion()), "region is-chosen"));
  };
  const picture = (): void => {
    const shown = form.querySelector<HTMLImageElement>("[data-picture=picture] .picture-thumb img");
    if ((shown?.src ?? "") !== image.src) image.src = shown?.src ?? "";
    canvas.hidden = !shown;
  };
  const at = (event: PointerEvent): Point => {
    const box = image.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * WHOLE, y: ((event.clientY - box.top) / box.height) * WHOLE };
  };

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const point = at(event);
    if (shape !== "poly") {
      from = point;
      canvas.setPointerCapture(event.pointerId);
      return;
    }
    const first = corners[0];
    if (first && corners.length > 2 && Math.hypot(first.x - point.x, first.y - point.y) < CLOSING) {
      put(wordsOf({ shape, coords: corners.flatMap(({ x, y }) => [within(x), within(y)]) }));
      corners = [];
      changed();
    } else corners.push(point);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (from && shape !== "poly") put(wordsOf(dragged(shape, from, at(event), proportion())));
  });
  canvas.addEventListener("pointerup", () => {
    if (from) changed();
    from = null;
  });
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-shape]")) {
    button.addEventListener("click", () => {
      shape = button.dataset["shape"] as Shape;
      corners = [];
      for (const each of root.querySelectorAll("[data-shape]")) each.setAttribute("aria-pressed", String(each === button));
      draw();
    });
  }
  const again = (): void => {
    picture();
    draw();
  };
  image.addEventListener("load", draw);
  form.addEventListener("input", again);
  form.addEventListener("change", () => {
    corners = [];
    again();
  });
  again();
}

function path(line: string, name: string): SVGElement {
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", line);
  shape.setAttribute("class", name);
  return shape;
}

function openLine(corners: readonly Point[], proportion: number): string {
  return `M ${corners.map(({ x, y }) => `${x} ${y * proportion}`).join(" L ")}`;
}

function badge(letter: string, left: number, top: number): HTMLElement {
  const mark = document.createElement("span");
  mark.className = "region-letter";
  mark.textContent = letter.toUpperCase();
  mark.style.left = `${left}%`;
  mark.style.top = `${top}%`;
  return mark;
}
