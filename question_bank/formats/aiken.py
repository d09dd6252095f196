"""Aiken: a question on a line, choices `A. …`, `ANSWER: A`. It holds nothing else, and the losses say what."""

import re
from collections.abc import Iterable

from question_bank.formats.columns import LETTERS
from question_bank.formats.drafts import Draft, positional_row
from question_bank.formats.media import MediaReader
from question_bank.formats.report import Loss, TableRefused, Writing
from question_bank.formats.xml_reading import decode
from question_bank.item import ItemType, ItemVersion
from question_bank.problem import Problem

_CHOICE = re.compile(r"([A-Z])[.)]\s+(.*)")
_KEY = re.compile(r"ANSWER:\s*([A-Z])\s*", re.IGNORECASE)
_HELD = frozenset({"stem_id", "key", *(f"option_{letter}_id" for letter in LETTERS)})


def read_aiken(data: bytes, _media: MediaReader) -> list[Draft]:
    """A draft for each question. Raises `TableRefused` when there is no `ANSWER:` in the file."""
    text = decode(data)
    drafts: list[Draft] = []
    draft: Draft | None = None
    letters: list[str] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line:
            continue
        if draft is None:
            draft, letters = Draft(len(drafts) + 1, f"line {number}"), []
        if key := _KEY.fullmatch(line):
            _close(draft, letters, key[1].upper())
            drafts.append(draft)
            draft = None
        elif choice := _CHOICE.fullmatch(line):
            letters.append(choice[1])
            if len(letters) <= len(LETTERS):
                draft.row[f"option_{LETTERS[len(letters) - 1]}_id"] = choice[2]
        elif letters:
            draft.faults.append(Problem.of(f"line {number}", "aiken_line", value=line[:60]))
        else:
            draft.row["stem_id"] = f"{draft.row['stem_id']}\n{line}" if "stem_id" in draft.row else line
    if not drafts:
        raise TableRefused(Problem.of("file", "wrong_kind", expected="Aiken", found="text"))
    if draft is not None:
        draft.faults.append(Problem.of(draft.place, "aiken_unfinished"))
        drafts.append(draft)
    return drafts


def _close(draft: Draft, letters: list[str], key: str) -> None:
    draft.row["type"] = "single_choice"
    if len(letters) > len(LETTERS):
        draft.faults.append(Problem.of("options", "too_many_options", high=len(LETTERS), count=len(letters)))
    if key not in letters:
        draft.faults.append(Problem.of("key", "key_not_an_option", value=key))
    else:
        draft.row["key"] = LETTERS[min(letters.index(key), len(LETTERS) - 1)]


def write_aiken(items: Iterable[ItemVersion]) -> Writing:
    """Single choice and true/false in Indonesian. An item that Aiken would read otherwise stays out."""
    blocks, losses = [], []
    for item in items:
        if item.type not in {ItemType.SINGLE_CHOICE, ItemType.TRUE_FALSE}:
            problem = Problem.of("type", "type_no_place", value=item.type.value)
            losses.append(Loss(item.item_id, "lost", problem, whole=True))
            continue
        row = positional_row(item)
        place = item.option_ids.index(next(iter(item.key)))
        held = {name: " ".join(row[name].split()) for name in _HELD if name in row and name != "key"}
        block = _block(held, place)
        if not _reads_back(block, held, place):
            losses.append(Loss(item.item_id, "lost", Problem.of("stem_id", "aiken_ambiguous"), whole=True))
            continue
        blocks.append(block)
        losses += [
            Loss(item.item_id, "changed", Problem.of(name, "one_line"))
            for name in held
            if held[name] != row[name]
        ]
        losses += [
            Loss(item.item_id, "lost", Problem.of(name, "no_place")) for name in row if name not in _HELD
        ]
    return Writing(("\n\n".join(blocks) + "\n").encode(), tuple(losses))


def _block(held: dict[str, str], place: int) -> str:
    options = [held[f"option_{letter}_id"] for letter in LETTERS if f"option_{letter}_id" in held]
    lines = [held["stem_id"], *(f"{LETTERS[i].upper()}. {words}" for i, words in enumerate(options))]
    return "\n".join([*lines, f"ANSWER: {LETTERS[place].upper()}"])


def _reads_back(block: str, held: dict[str, str], place: int) -> bool:
    """Whether the words survive: a question that begins like a choice would not."""
    try:
        drafts = read_aiken(block.encode(), MediaReader())
    except TableRefused:
        return False
    wanted = held | {"key": LETTERS[place], "type": "single_choice"}
    return len(drafts) == 1 and drafts[0].row == wanted and not drafts[0].faults
