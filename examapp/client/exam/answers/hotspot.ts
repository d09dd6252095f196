import type { Item, Region } from "../contract.ts";
import { make } from "../dom.ts";
import type { AnswerTools, AnswerView } from "./answer_view.ts";
import { ChoiceView, LETTERS } from "./choice.ts";
import { bounds, regionAt, WHOLE } from "./regions.ts";

const SVG = "http://www.w3.org/2000/svg";
const SQUARE = { width: WHOLE, height: WHOLE };

/**
 * A picture with outlined, lettered regions to press, and below it the same regions as a list of their letters and words:
 * the list is what a keyboard and a screen reader use.
 */
export class HotspotView implements AnswerView {
  readonly picture: HTMLElement;
  readonly options: HTMLElement[];
  private readonly list: ChoiceView;
  private readonly regions: Region[];
  private readonly outlines: SVGElement[] = [];
  private readonly badges: HTMLElement[] = [];
  private locked = false;

  constructor(item: Item, tools: AnswerTools) {
    this.list = new ChoiceView(item, tools, false);
    this.options = this.list.options;
    for (const option of this.options) option.classList.add("option--region");
    this.regions = item.options.map((option) => option.region ?? { shape: "rect", coords: [0, 0, WHOLE, WHOLE] });
    this.picture = this.stage(item, tools);
  }

  show(value: readonly string[] | null, locked: boolean): void {
    this.locked = locked;
    this.list.show(value, locked);
    const chosen = this.options.map((option) => option.querySelector("input")?.checked ?? false);
    chosen.forEach((on, place) => {
      this.outlines[place]?.classList.toggle("is-chosen", on);
      this.badges[place]?.classList.toggle("is-chosen", on);
    });
    this.picture.classList.toggle("is-locked", locked);
  }

  press(place: number): void {
    this.list.press(place);
  }

  spot(id: string): HTMLElement | undefined {
    return this.list.spot(id);
  }

  private stage(item: Item, tools: AnswerTools): HTMLElement {
    const image = item.picture ? tools.pictures.get(item.picture) : make("img");
    image.className = "region-picture";
    const layer = document.createElementNS(SVG, "svg");
    layer.setAttribute("class", "region-layer");
    layer.setAttribute("aria-hidden", "true");
    layer.setAttribute("preserveAspectRatio", "none");
    const stage = make("div", { class: "region-stage" }, image, layer);
    this.regions.forEach((_, place) => {
      const badge = make("span", { class: "region-letter", text: LETTERS[place] ?? "", attributes: { "aria-hidden": "true" } });
      this.badges.push(badge);
      stage.append(badge);
    });
    const draw = (): void => this.outline(stage, layer, image);
    if (image.complete && image.naturalWidth) draw();
    else image.addEventListener("load", draw, { once: true });
    stage.addEventListener("click", (event) => this.tap(event, image));
    return stage;
  }

  /** Drawn once the picture's proportions are known: only then is a circle round. */
  private outline(stage: HTMLElement, layer: SVGElement, image: HTMLImageElement): void {
    const size = { width: WHOLE, height: (WHOLE * image.naturalHeight) / image.naturalWidth };
    stage.style.setProperty("--proportion", String(image.naturalWidth / image.naturalHeight));
    layer.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    layer.replaceChildren();
    this.outlines.length = 0;
    this.regions.forEach((region, place) => {
      const line = outlineOf(region, size.height / WHOLE);
      const shape = path(line, "region");
      // A dark line within a light one is seen on whatever the picture shows.
      layer.append(path(line, "region-halo"), shape);
      this.outlines.push(shape);
      const box = bounds(region, size);
      const badge = this.badges[place]!;
      badge.style.left = `${(box.left + box.right) / 2 / (size.width / 100)}%`;
      badge.style.top = `${(box.top + box.bottom) / 2 / (size.height / 100)}%`;
    });
    stage.classList.add("is-ready");
    for (const option of this.options) {
      const input = option.querySelector("input");
      if (input?.checked) this.show([input.value], this.locked);
    }
  }

  private tap(event: MouseEvent, image: HTMLImageElement): void {
    if (this.locked) return;
    const box = image.getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    const place = regionAt(this.regions, point, box);
    if (place >= 0) this.list.press(place);
  }
}

function path(line: string, name: string): SVGElement {
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", line);
  shape.setAttribute("class", name);
  return shape;
}

/** An SVG path in thousandths of the width; `proportion` is the picture's height over its width. */
export function outlineOf(region: Region, proportion: number): string {
  if (region.shape === "poly") {
    const corners: string[] = [];
    for (let i = 0; i + 1 < region.coords.length; i += 2) {
      corners.push(`${region.coords[i]} ${region.coords[i + 1]! * proportion}`);
    }
    return `M ${corners.join(" L ")} Z`;
  }
  const { left, top, right, bottom } = bounds(region, { ...SQUARE, height: WHOLE * proportion });
  if (region.shape === "rect") return `M ${left} ${top} H ${right} V ${bottom} H ${left} Z`;
  const radius = (right - left) / 2;
  const middle = (top + bottom) / 2;
  return `M ${left} ${middle} a ${radius} ${radius} 0 1 0 ${2 * radius} 0 a ${radius} ${radius} 0 1 0 ${-2 * radius} 0 Z`;
}
