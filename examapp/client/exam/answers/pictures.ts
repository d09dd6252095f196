import type { Picture } from "../contract.ts";
import { make } from "../dom.ts";

/** Pictures fetched once and kept, so that turning to their question never waits for the line. */
export class Pictures {
  private readonly kept = new Map<string, HTMLImageElement>();

  get({ url, alt }: Picture): HTMLImageElement {
    const picture = this.kept.get(url) ?? make("img", { attributes: { src: url, decoding: "async" } });
    this.kept.set(url, picture);
    picture.alt = alt;
    return picture;
  }
}
