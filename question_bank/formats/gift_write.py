"""Items as GIFT: single choice, true/false and multiple response; metadata in Moodle's `[tag:…]` comments.

GIFT holds no files and knows no ordering or hotspot: those items stay out, and pictures go by name alone; both are
named in the losses.
"""

from collections.abc import Iterable

from question_bank.formats.carried import comment_of, tags_of
from question_bank.formats.drafts import positional_row
from question_bank.formats.markup import html_of
from question_bank.formats.moodle_write import plainly_true_false
from question_bank.formats.report import Loss, Writing
from question_bank.item import ItemType, ItemVersion
from question_bank.problem import Problem
from question_bank.text import Text

TYPES = frozenset({ItemType.SINGLE_CHOICE, ItemType.TRUE_FALSE, ItemType.MULTIPLE_RESPONSE})
_ESCAPED = str.maketrans(
    {"\\": "\\\\", ":": "\\:", "#": "\\#", "=": "\\=", "{": "\\{", "}": "\\}", "~": "\\~", "\n": "\\n"}
)
_FILES = ("picture", "clip", "audio_id", "audio_en")


def write_gift(items: Iterable[ItemVersion]) -> Writing:
    """The items GIFT can hold, a blank line between them."""
    blocks, losses = [], []
    for item in items:
        if item.type not in TYPES:
            problem = Problem.of("type", "type_no_place", value=item.type.value)
            losses.append(Loss(item.item_id, "lost", problem, whole=True))
            continue
        row = positional_row(item)
        for column, cell in row.items():
            if column.endswith(_FILES):
                losses.append(Loss(item.item_id, "changed", Problem.of(column, "name_only", value=cell[:80])))
        blocks.append(_question(item, row))
    return Writing(("\n\n".join(blocks) + "\n").encode(), tuple(losses))


def _question(item: ItemVersion, row: dict[str, str]) -> str:
    held = {"id", "type", "stem_id", "stem_en", "key", "explanation_id", "explanation_en"}
    held |= {f"option_{letter}_{code}" for letter in "abcdef" for code in ("id", "en")}
    carried = {column: cell for column, cell in row.items() if column not in held}
    plain_pair = plainly_true_false(item)
    if item.type is ItemType.TRUE_FALSE and not plain_pair:
        carried["type"] = item.type.value
    tags, rest = tags_of(carried)
    marks = [f"[id:{item.item_id}]", *(f"[tag:{_bracketed(tag)}]" for tag in tags)]
    lines = [f"// question: {item.item_id}", f"// {' '.join(marks)}"]
    if rest:
        lines.append(f"//{comment_of(rest).rstrip()}")
    explanation = f"\n####{_text(item.explanation)}" if item.explanation else ""
    lines.append(f"::{_escape(item.item_id)}::{_text(item.stem)} {{")
    if plain_pair:
        word = "TRUE" if item.options[0].id in item.key else "FALSE"
        lines.append(f"{word}{explanation}")
    else:
        lines += [f"\t{_mark(item, option.id)}{_text(option.text)}" for option in item.options]
        if explanation:
            lines.append(explanation.strip())
    return "\n".join([*lines, "}"])


def _mark(item: ItemVersion, option_id: str) -> str:
    right = option_id in item.key
    if item.type is not ItemType.MULTIPLE_RESPONSE:
        return "=" if right else "~"
    return f"~%{100 / len(item.key):.5f}".rstrip("0").rstrip(".") + "%" if right else "~%-100%"


def _text(text: Text) -> str:
    """Indonesian alone as plain text, which people can edit; two languages as HTML that says which is which."""
    if text.missing() == ("en",):
        return "[plain]" + _escape(text.in_language("id"))
    return "[html]" + _escape(html_of(text))


def _escape(words: str) -> str:
    return words.translate(_ESCAPED)


def _bracketed(tag: str) -> str:
    return tag.replace("\\", "\\\\").replace("]", "\\]")
