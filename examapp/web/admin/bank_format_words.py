"""The names of the formats as people know them, and in a line what each holds."""

from typing import Any

from flask_babel import lazy_gettext as _l

FORMATS = {
    "csv": "CSV",
    "xlsx": "Excel (XLSX)",
    "moodle-xml": "Moodle XML",
    "gift": "GIFT",
    "aiken": "Aiken",
    "qti21": "QTI 2.1",
    "qti30": "QTI 3.0",
}
HOLDS: dict[str, Any] = {
    "csv": _l("A table with every field; pictures by name."),
    "xlsx": _l("A table with every field; pictures by name. For Excel."),
    "moodle-xml": _l("Everything, with pictures, sounds and films. For Moodle 4 and newer."),
    "gift": _l("Text of choice questions, easy to read; pictures by name."),
    "aiken": _l("Question, choices and key in Indonesian alone."),
    "qti21": _l("Everything, with media. For Canvas, TAO and most exam systems."),
    "qti30": _l("Everything, with media. The newest standard."),
}
