/** Our own drawings of the twelve symbols and of the arrows, on a 48 × 48 grid; colour and size come from the sheet. */
const SHAPES: Record<string, string> = {
  circle: "M24 8a16 16 0 1 0 0 32a16 16 0 0 0 0-32",
  triangle: "M24 8L41 38H7z",
  square: "M10 10h28v28H10z",
  star: "M24 6l5.3 11.4 12.5 1.6-9.2 8.6 2.4 12.4-11-6.1-11 6.1 2.4-12.4-9.2-8.6 12.5-1.6z",
  cross: "M19 8h10v11h11v10H29v11H19V29H8V19h11z",
  diamond: "M24 6l14 18-14 18-14-18z",
  crescent: "M31 8a17 17 0 1 0 8 24a14 14 0 0 1-8-24",
  hexagon: "M15 9h18l9 15-9 15H15L6 24z",
  arrow: "M24 7l15 15h-9v18H18V22H9z",
  ring: "M24 7a17 17 0 1 0 0 34a17 17 0 0 0 0-34zM24 16a8 8 0 1 1 0 16a8 8 0 0 1 0-16z",
  drop: "M24 6c7 9 12 15 12 21.500a12 12 0 0 1-24 0C12 21 17 15 24 6z",
  wave: "M5 20c6-8 13-8 19 0s13 8 19 0v9c-6 8-13 8-19 0s-13-8-19 0z",
};

const ARROW = "M24 5l17 17h-10v20H17V22H7z";
const TURNS: Record<string, number> = { up: 0, right: 90, down: 180, left: 270 };
const SVG = "http://www.w3.org/2000/svg";

export const SYMBOL_NAMES = Object.keys(SHAPES);

/** A symbol by its name. Without a `label` it is decoration: the element around it says what it is. */
export function glyph(name: string, label?: string): SVGElement {
  const shape = SHAPES[name];
  if (!shape) throw new Error(`there is no drawing of ${name}`);
  return drawing(shape, label);
}

/** An arrow towards `direction`: up, down, left or right. */
export function arrow(direction: string, label?: string): SVGElement {
  const turn = TURNS[direction];
  if (turn === undefined) throw new Error(`there is no arrow ${direction}`);
  const made = drawing(ARROW, label);
  made.firstElementChild!.setAttribute("transform", `rotate(${turn} 24 24)`);
  return made;
}

function drawing(shape: string, label?: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 48 48");
  svg.setAttribute("class", "glyph");
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", shape);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
