import "htmx.org";
import { wireReveal } from "./reveal";
import { wireTheme } from "./theme";

wireTheme(document);
wireReveal(document);

// Pages that know which sitting is still open say so; the rest is taken off this device.
const { keep } = document.body.dataset;
if (keep !== undefined) void import("../exam/offline/leaving.ts").then(({ cleanUp }) => cleanUp(keep));
