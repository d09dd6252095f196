import "./wall.css";
import "./desk.css";
import "./timeline.css";
import { openCase } from "./case.ts";
import { openLive } from "./live.ts";
import { openWall } from "./wall.ts";

const PAGES: Record<string, (root: HTMLElement) => void> = { wall: openWall, live: openLive, case: openCase };

const root = document.querySelector<HTMLElement>("[data-page]");
if (root) PAGES[root.dataset["page"] ?? ""]?.(root);
