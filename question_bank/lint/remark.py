"""A remark of lint, in both languages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from question_bank.item import ItemVersion

Words = tuple[str, str]
"""What a rule says: English, Indonesian."""
Rule = Callable[[ItemVersion], Iterator[Words]]
LANGUAGE_NAMES = MappingProxyType({"id": ("Indonesian", "Indonesia"), "en": ("English", "Inggris")})


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: the item's id, the rule's name, and a sentence in English and Indonesian."""

    item: str
    rule: str
    message: str
    message_id: str

    def as_dict(self) -> dict[str, str]:
        return {"item": self.item, "rule": self.rule, "message": self.message}
