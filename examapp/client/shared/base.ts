import "htmx.org";
import { wireReveal } from "./reveal";
import { wireTheme } from "./theme";

wireTheme(document);
wireReveal(document);
