"""What a person chooses for questions of other systems, which know no topic, class or difficulty."""

import re
from collections.abc import Sequence

from examapp.domain.errors import Invalid
from question_bank.formats import Defaults
from question_bank.item import Difficulty, Topic
from question_bank.licence import LicenceClass


def defaults_of(prefix: str, topic: str, classes: Sequence[str], difficulty: str) -> Defaults:
    """The choices as typed; empty ones stay open. Raises `Invalid("default_unknown")`."""
    if not re.fullmatch(r"[A-Z]{3}", prefix):
        raise Invalid("default_unknown", field="prefix", value=prefix[:20] or "–", allowed="ABC")
    known: dict[str, tuple[list[str], list[str]]] = {
        "topic": ([topic] if topic else [], [*Topic]),
        "classes": (list(classes), [*LicenceClass]),
        "difficulty": ([difficulty] if difficulty else [], [*Difficulty]),
    }
    for field, (chosen, allowed) in known.items():
        for each in chosen:
            if each not in allowed:
                raise Invalid("default_unknown", field=field, value=each[:20], allowed=", ".join(allowed))
    return Defaults(
        prefix,
        Topic(topic) if topic else None,
        frozenset(LicenceClass(each) for each in classes),
        Difficulty(difficulty) if difficulty else None,
    )
