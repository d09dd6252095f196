const SVG = "http://www.w3.org/2000/svg";

/** An SVG whose x is a time in seconds, right of a gutter for the lanes' names; colours come from classes alone. */
export class Drawing {
  readonly svg: SVGSVGElement;
  /** The field of time: an inner picture, so that what lies outside the view is cut off before the gutter. */
  private readonly field: SVGSVGElement;
  private readonly width: number;

  constructor(
    whole: number,
    height: number,
    private readonly view: { from: number; to: number },
    private readonly gutter: number,
  ) {
    this.width = whole - gutter;
    this.svg = document.createElementNS(SVG, "svg");
    this.set(this.svg, { viewBox: `0 0 ${whole} ${height}`, width: whole, height, role: "img" });
    this.field = document.createElementNS(SVG, "svg");
    this.set(this.field, { x: gutter, y: 0, width: this.width, height });
    this.svg.append(this.field);
  }

  described(words: string): void {
    this.svg.setAttribute("aria-label", words);
  }

  private set(element: Element, attributes: Record<string, string | number>): void {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  }

  private add(name: string, attributes: Record<string, string | number>, onto = this.field): SVGElement {
    const element = document.createElementNS(SVG, name);
    this.set(element, attributes);
    onto.append(element);
    return element;
  }

  private x(at: number): number {
    const { from, to } = this.view;
    return Math.round(((at - from) / Math.max(0.001, to - from)) * this.width * 100) / 100;
  }

  private outside(from: number, to: number): boolean {
    return to < this.view.from || from > this.view.to;
  }

  /** A bar over a span; at least two pixels wide, so that something short is not lost. */
  bar(span: { from: number; to: number }, y: number, height: number, name: string, radius: number, title?: string): void {
    if (this.outside(span.from, span.to)) return;
    const left = Math.max(0, this.x(span.from));
    const width = Math.max(2, Math.min(this.width, this.x(span.to)) - left);
    const made = this.add("rect", { x: left, y, width, height, rx: radius, class: name });
    if (title) {
      const words = document.createElementNS(SVG, "title");
      words.textContent = title;
      made.append(words);
    }
  }

  curve(points: [number, number][], name: string): void {
    const seen = points.filter(([at]) => !this.outside(at - 10, at + 10));
    if (seen.length === 0) return;
    if (seen.length === 1) this.dot(seen[0]![0], seen[0]![1], 1.2, `${name} is-dot`);
    else this.add("polyline", { points: seen.map(([at, y]) => `${this.x(at)},${Math.round(y * 10) / 10}`).join(" "), class: name });
  }

  dot(at: number, y: number, radius: number, name: string): void {
    if (!this.outside(at, at)) this.add("circle", { cx: this.x(at), cy: y, r: radius, class: name });
  }

  level(y: number, name: string): void {
    this.add("line", { x1: 0, x2: this.width, y1: y, y2: y, class: name });
  }

  upright(at: number, top: number, bottom: number, name: string): void {
    if (!this.outside(at, at)) this.add("line", { x1: this.x(at), x2: this.x(at), y1: top, y2: bottom, class: name });
  }

  /** A lane's name in the gutter, at the height of the lane's middle. */
  label(y: number, words: string): void {
    const at = { x: this.gutter - 12, y, class: "lane-label", "text-anchor": "end", "dominant-baseline": "central" };
    this.add("text", at, this.svg).textContent = words;
  }

  /** Words in the middle of what is seen of a span, where it is at least `room` pixels wide. */
  within(span: { from: number; to: number }, y: number, words: string, name: string, room: number): void {
    const [left, right] = [Math.max(0, this.x(span.from)), Math.min(this.width, this.x(span.to))];
    if (right - left >= room) this.write((left + right) / 2, y, words, name, "middle");
  }

  /** Words at a moment, kept inside the picture. */
  text(at: number, y: number, words: string, name: string): void {
    if (this.outside(at, at)) return;
    const x = this.x(at);
    const anchor = x < 24 ? "start" : x > this.width - 24 ? "end" : "middle";
    this.write(Math.min(this.width - 1, Math.max(1, x)), y, words, name, anchor);
  }

  private write(x: number, y: number, words: string, name: string, anchor: string): void {
    this.add("text", { x, y, class: name, "text-anchor": anchor }).textContent = words;
  }
}
