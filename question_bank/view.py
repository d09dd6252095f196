"""What an applicant may see of an item."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from question_bank.item import ItemVersion, Region
from question_bank.text import Text


@dataclass(frozen=True, slots=True)
class PublicOption:
    """An option in one language; `region` as shape and coords in thousandths of the item's picture."""

    id: str
    text: str
    picture: str | None
    audio: str | None = None
    region: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PublicItem:
    """An item without key, explanation, article, author, difficulty or enemies: the page gets no more."""

    item_id: str
    version: int
    type: str
    language: str
    stem: str
    options: tuple[PublicOption, ...]
    picture: str | None
    picture_alt: str
    clip: str | None = None
    audio: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "item_id": self.item_id,
            "version": self.version,
            "type": self.type,
            "language": self.language,
            "stem": self.stem,
            "options": [
                {
                    "id": option.id,
                    "text": option.text,
                    "picture": option.picture,
                    "audio": option.audio,
                    "region": option.region,
                }
                for option in self.options
            ],
            "picture": self.picture,
            "picture_alt": self.picture_alt,
            "clip": self.clip,
            "audio": self.audio,
        }


def picture_token(reference: str) -> str:
    """32 hex digits that stand for a picture. A name like `sign:warning/slippery-road` is an answer."""
    return hashlib.sha256(f"picture:{reference}".encode()).hexdigest()[:32]


def public_view(
    item: ItemVersion,
    option_order: Sequence[str],
    language: str,
    picture_address: Callable[[str], str] = picture_token,
) -> PublicItem:
    """`item` as an applicant sees it in `language`, options in `option_order` (every option id once).

    `picture_address` turns a picture reference into what the page gets (a token or an address); it must
    not show the reference's name. Raises `ValueError` when `option_order` is not a permutation of the option
    ids.
    """
    if sorted(option_order) != sorted(item.option_ids):
        raise ValueError(f"{list(option_order)} is no order of the options of {item.item_id}")
    by_id = {option.id: option for option in item.options}

    def address(reference: str | None) -> str | None:
        return picture_address(reference) if reference else None

    return PublicItem(
        item_id=item.item_id,
        version=item.version,
        type=item.type.value,
        language=language,
        stem=item.stem.in_language(language),
        options=tuple(
            PublicOption(
                name,
                by_id[name].text.in_language(language),
                address(by_id[name].picture),
                address(spoken(by_id[name].audio, language)),
                _region(by_id[name].region),
            )
            for name in option_order
        ),
        picture=address(item.picture),
        picture_alt=(item.picture_alt or Text()).in_language(language),
        clip=address(item.clip),
        audio=address(spoken(item.audio, language)),
    )


def spoken(audio: Text, language: str) -> str | None:
    """The recording in just this language: one in another would not say what stands there."""
    return audio.as_dict().get(language)


def _region(region: Region | None) -> dict[str, Any] | None:
    return {"shape": region.shape.value, "coords": list(region.coords)} if region else None
