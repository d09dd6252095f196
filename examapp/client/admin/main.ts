import "./admin.css";
import "./bulk.css";
import "./editor.css";
import "./law.css";
import "./open_work.css";
import "./picker.css";
import "./signs.css";
import { wireEditor } from "./editor.ts";
import { wireFile } from "./file.ts";
import { wireKeys } from "./keys.ts";
import { wireRows } from "./rows.ts";

wireKeys(document);
wireRows(document);
wireFile(document);
const form = document.querySelector<HTMLFormElement>("[data-editor]");
if (form) wireEditor(form);
