import { listen } from "./keys.ts";
import { age, poll, serverNow } from "./poll.ts";
import { showPicture, type Tile } from "./wall.ts";

interface LiveBody {
  tile: Tile;
  episodes: { kind: string; tone: string; at: string; lasted: string; ongoing: boolean }[];
  seen: Record<string, string>;
}

const EVERY_MS = 1500;

function cell(text: string, name = ""): HTMLTableCellElement {
  const made = document.createElement("td");
  made.textContent = text;
  made.className = name;
  return made;
}

function row(each: LiveBody["episodes"][number], ongoing: string): HTMLTableRowElement {
  const made = document.createElement("tr");
  const kind = document.createElement("td");
  const pill = document.createElement("span");
  pill.className = `pill pill--${each.tone}`;
  pill.textContent = each.kind;
  kind.append(pill);
  made.append(cell(each.at, "at"), kind, cell(each.ongoing ? `${each.lasted} · ${ongoing}` : each.lasted, "at"));
  return made;
}

export function openLive(root: HTMLElement): void {
  const need = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;
  let frame: number | null = null;

  function show({ tile, episodes, seen }: LiveBody): void {
    const condition = need("live-condition");
    condition.className = `pill pill--${tile.tone}`;
    condition.textContent = tile.condition;
    need("live-part").textContent = tile.part;
    need("live-camera").textContent = tile.camera;
    need("live-age").dataset["seen"] = String(tile.seen_at ?? "");
    if (tile.picture && tile.frame !== frame) {
      frame = tile.frame;
      showPicture(need<HTMLImageElement>("live-image"), `${tile.picture}?n=${frame}`);
    }
    need("live-episodes").replaceChildren(...episodes.map((each) => row(each, root.dataset["ongoing"]!)));
    need("live-nothing").hidden = episodes.length > 0;
    for (const [id, at] of Object.entries(seen)) {
      const line = document.querySelector<HTMLElement>(`[data-notice="${CSS.escape(id)}"] .seen`);
      if (line) line.textContent = line.dataset["words"]!.replace("{at}", at);
    }
    ages();
  }

  function ages(): void {
    const line = need("live-age");
    const seen = Number(line.dataset["seen"]) || null;
    line.textContent = age(seen, serverNow(), root.dataset["second"]!, root.dataset["none"]!);
  }

  poll<LiveBody>(root.dataset["url"]!, EVERY_MS, {
    changed: show,
    offline: (is) => {
      need("live-offline").hidden = !is;
      need("live-offline").textContent = is ? root.dataset["offline"]! : "";
    },
    gone: () => location.assign(root.dataset["wall"]!),
  });
  window.setInterval(ages, 1000);
  ages();
  listen({});
}
