import { listen } from "./keys.ts";
import { age, poll, serverNow } from "./poll.ts";

export interface Tile {
  id: string;
  reference: string;
  licence_class: string;
  part: string;
  camera: string;
  condition: string;
  tone: string;
  episodes: number;
  frame: number | null;
  seen_at: number | null;
  picture: string | null;
  url: string;
}

// Frames come every two seconds: asked every second, none is older than three when it is shown.
const EVERY_MS = 1000;

/** Put `text` where it changed: an unchanged tile is not touched at all. */
function put(parent: Element, selector: string, text: string): void {
  const element = parent.querySelector(selector)!;
  if (element.textContent !== text) element.textContent = text;
}

/** Show a newer picture only once it is here, so that a tile never turns white. */
export function showPicture(image: HTMLImageElement, address: string): void {
  const next = new Image();
  next.onload = () => {
    image.src = next.src;
    image.hidden = false;
  };
  next.src = address;
}

class Wall {
  private readonly list: HTMLElement;
  private readonly template: HTMLTemplateElement;
  private readonly visible = new Set<Element>();
  private readonly watcher: IntersectionObserver;

  constructor(private readonly root: HTMLElement) {
    this.list = root.querySelector<HTMLElement>("#tiles")!;
    this.template = root.querySelector<HTMLTemplateElement>("#tile-template")!;
    // Faces that nobody looks at are not fetched.
    this.watcher = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) this.visible.add(entry.target);
        else this.visible.delete(entry.target);
      }
    });
    for (const tile of this.list.children) this.watcher.observe(tile);
  }

  show(tiles: Tile[]): void {
    const known = new Map([...this.list.children].map((each) => [(each as HTMLElement).dataset["id"], each]));
    tiles.forEach((tile, place) => {
      const element = (known.get(tile.id) ?? this.make(tile)) as HTMLElement;
      known.delete(tile.id);
      this.fill(element, tile);
      if (this.list.children[place] !== element) this.list.insertBefore(element, this.list.children[place] ?? null);
    });
    for (const gone of known.values()) {
      this.watcher.unobserve(gone);
      gone.remove();
    }
    put(this.root, "#wall-count", (this.root.dataset["count"] ?? "").replace("{n}", String(tiles.length)));
    this.root.querySelector<HTMLElement>("#wall-empty")!.hidden = tiles.length > 0;
    this.ages();
  }

  ages(): void {
    for (const element of this.list.children as HTMLCollectionOf<HTMLElement>) {
      const seen = Number(element.dataset["seen"]) || null;
      put(element, ".tile-age", age(seen, serverNow(), this.root.dataset["second"]!, this.root.dataset["none"]!));
    }
  }

  private make(tile: Tile): HTMLElement {
    const element = (this.template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    element.dataset["id"] = tile.id;
    this.watcher.observe(element);
    this.visible.add(element);
    return element;
  }

  private fill(element: HTMLElement, tile: Tile): void {
    element.className = `tile tile--${tile.tone}`;
    element.querySelector("a")!.href = tile.url;
    put(element, ".tile-name", `#${tile.reference} · SIM ${tile.licence_class}`);
    put(element, ".tile-part", tile.part);
    put(element, ".tile-camera", tile.camera);
    const condition = element.querySelector(".tile-condition")!;
    condition.className = `tile-condition pill pill--${tile.tone}`;
    put(element, ".tile-condition", tile.condition);
    put(element, ".tile-past", tile.episodes ? this.root.dataset["episodes"]!.replace("{n}", String(tile.episodes)) : "");
    element.dataset["seen"] = String(tile.seen_at ?? "");
    const frame = String(tile.frame ?? "");
    if (tile.picture && element.dataset["frame"] !== frame && this.visible.has(element)) {
      element.dataset["frame"] = frame;
      showPicture(element.querySelector("img")!, `${tile.picture}?n=${frame}`);
    }
  }

  move(step: number): void {
    const links = [...this.list.querySelectorAll<HTMLElement>("a")];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
  }
}

export function openWall(root: HTMLElement): void {
  const wall = new Wall(root);
  const offline = root.querySelector<HTMLElement>("#wall-offline")!;
  poll<{ tiles: Tile[] }>(root.dataset["url"]!, EVERY_MS, {
    changed: (body) => wall.show(body.tiles),
    offline: (is) => {
      offline.hidden = !is;
      offline.textContent = is ? root.dataset["offline"]! : "";
    },
    gone: () => location.reload(),
  });
  window.setInterval(() => wall.ages(), 1000);
  listen({ ArrowRight: () => wall.move(1), ArrowLeft: () => wall.move(-1) });
}
