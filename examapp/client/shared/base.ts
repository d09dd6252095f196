import "htmx.org";
import { wireTheme } from "./theme";

wireTheme(document);
