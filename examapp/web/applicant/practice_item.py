"""The practice item: ours, never in the bank, about a sign that everybody knows."""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from examapp.services.bank import pictures

SIGN = "sign:warning/traffic-lights"


def practice_items(language: str) -> list[dict[str, Any]]:
    """The item as the exam client takes it, in `language`. It is never scored, so it needs no key."""
    with force_locale(language):
        options = [
            ("a", _("There are traffic lights ahead; slow down and be ready to stop")),
            ("b", _("The road ends here; turn around")),
            ("c", _("A place to park vehicles")),
        ]
        return [
            {
                "position": 1,
                "item_id": "practice",
                "chapter": "knowledge",
                "topic": "signs",
                "type": "single_choice",
                "stem": _("What does this sign tell you?"),
                "picture": {
                    "url": pictures.address(SIGN, language),
                    "alt": pictures.alt_text(SIGN, language) or _("A traffic sign"),
                },
                "options": [{"id": id_, "text": text, "picture": None} for id_, text in options],
            }
        ]
