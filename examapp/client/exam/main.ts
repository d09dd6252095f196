import "./exam.css";
import { CameraPage } from "./camera_page.ts";
import { ExamPage } from "./exam_page.ts";
import { PhotoPage } from "./photo_page.ts";
import { PracticePage } from "./practice_page.ts";

/** Each page of the sitting names itself by the id of its root. */
if (document.getElementById("exam")) void new ExamPage().open();
if (document.getElementById("practice")) void new PracticePage().open();
if (document.getElementById("camera-check")) new CameraPage().open();
if (document.getElementById("photo")) new PhotoPage().open();
