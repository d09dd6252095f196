"""An item as plain JSON-able data, in one canonical form, and its digest."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from question_bank.item import ItemVersion, Option


def to_dict(item: ItemVersion) -> dict[str, Any]:
    """`item` as JSON-able data; sets become sorted lists. `parse.parse_item` reads it back.

    The fields of `_LATER` are left out where they are empty: versions stored before these fields were known keep
    their digests.
    """
    data = {
        "id": item.item_id,
        "version": item.version,
        "type": item.type.value,
        "part": item.part.value,
        "topic": item.topic.value,
        "classes": sorted(licence.value for licence in item.classes),
        "difficulty": item.difficulty.value,
        "stem": item.stem.as_dict(),
        "options": [_option(option) for option in item.options],
        "key": sorted(item.key),
        "explanation": item.explanation.as_dict(),
        "article": item.article,
        "picture": item.picture,
        "picture_alt": item.picture_alt.as_dict() if item.picture_alt else None,
        "enemies": sorted(item.enemies),
        "source": item.source,
        "author": item.author,
        "weight": item.weight,
        "order": list(item.order),
        "clip": item.clip,
        "audio": item.audio.as_dict(),
        "competency": item.competency.value if item.competency else None,
    }
    return _without_empty(data)


_LATER = frozenset({"order", "clip", "audio", "competency", "region"})


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value or name not in _LATER}


def _option(option: Option) -> dict[str, Any]:
    region = option.region
    return _without_empty(
        {
            "id": option.id,
            "text": option.text.as_dict(),
            "picture": option.picture,
            "audio": option.audio.as_dict(),
            "region": {"shape": region.shape.value, "coords": list(region.coords)} if region else None,
        }
    )


def canonical_json(data: Any) -> str:
    """JSON with sorted keys and no blanks: equal data give equal bytes in every Python."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_digest(item: ItemVersion) -> str:
    """SHA-256 (64 hex digits) over the canonical JSON of the version, its number and author included."""
    return digest(to_dict(item))


def same_content(one: ItemVersion, other: ItemVersion) -> bool:
    """Whether two versions ask the same thing: equal in all but version number and author."""
    left, right = to_dict(one), to_dict(other)
    for data in (left, right):
        del data["version"], data["author"]
    return left == right


def bank_digest(items: Iterable[ItemVersion]) -> str:
    """SHA-256 over the versions of a bank, whatever order they come in."""
    return digest(sorted((item.item_id, item.version, content_digest(item)) for item in items))


def digest(data: Any) -> str:
    """SHA-256 of the canonical JSON of `data`; a lone surrogate, which UTF-8 cannot carry, is escaped."""
    return hashlib.sha256(canonical_json(data).encode("utf-8", "backslashreplace")).hexdigest()
