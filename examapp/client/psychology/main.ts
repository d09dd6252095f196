import "../exam/exam.css";
import "./psychology.css";
import "./symbols.css";
import "./landscape.css";
import { PsychologyPage } from "./page.ts";

if (document.getElementById("psychology")) void new PsychologyPage().open();
