import "./psychologist.css";
import { wireKeys } from "./keys.ts";

wireKeys(document);
