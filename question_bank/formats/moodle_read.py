"""Moodle XML (4 and 5, and ours) as drafts: every element is taken in, or reported with its place."""

import base64
import binascii
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from question_bank.formats.carried import cell_of, cells_of
from question_bank.formats.columns import LETTERS, split_list
from question_bank.formats.drafts import Draft
from question_bank.formats.markup import Markup, read_html
from question_bank.formats.media import PICTURES, SOUNDS, MediaReader
from question_bank.formats.moodle_write import FALSE_WORDS, TRUE_WORDS
from question_bank.formats.report import TableRefused
from question_bank.formats.settle_markup import settle_shown, take_words
from question_bank.formats.xml_reading import Ledger, comments_of, is_element, parse_xml
from question_bank.problem import Problem

# Settings of a question that say what holds here anyway.
_NEUTRAL = {
    "hidden": {"0", ""},
    "penalty": {"0"},
    "answernumbering": {"abc", "none", "ABCD"},
    "shuffleanswers": {"1", "true"},
    "selecttype": {"ALL", "0"},
    "selectcount": {"0", ""},
    "gradingtype": {"ALL_OR_NOTHING", "-1"},
    "showgrading": {"HIDE", "0"},
    "numberingstyle": {"none"},
    "layouttype": {"VERTICAL", "0"},
    "showstandardinstruction": {"0"},
}
_KINDS = {"multichoice", "truefalse", "ordering", "ddmarker"}


def read_moodle(data: bytes, media: MediaReader) -> list[Draft]:
    """A draft for each question and one aside for each category. Raises `TableRefused`."""
    root = parse_xml(data)
    if root.tag != "quiz":
        raise TableRefused(
            Problem.of("file", "wrong_kind", expected="Moodle XML", found=f"<{str(root.tag)[-40:]}>")
        )
    return list(_drafts(root, media))


def _drafts(root: Element, media: MediaReader) -> Iterator[Draft]:
    number = 0
    ledger = Ledger()
    ledger.take(root)
    for place, element in enumerate([each for each in root if is_element(each)], 1):
        path = f"question[{place}]"
        if element.tag == "question" and element.get("type") != "category":
            number += 1
            yield _Question(element, Draft(number, path), media).draft
        else:
            # A category is where Moodle keeps a question; the bank has topics instead.
            words = " ".join(" ".join(element.itertext()).split())[:60]
            lost = Problem.of(path, "element_lost", value=f"<{element.get('type') or element.tag}> {words}")
            yield Draft(place, path, lost=[lost], aside=True)


class _Question:
    """One `<question>` being read into its draft."""

    def __init__(self, element: Element, draft: Draft, media: MediaReader) -> None:
        self.draft, self._root, self._media = draft, element, media
        self._ledger = Ledger()
        self._ledger.take(element, "type")
        self._carried()
        self._identity()
        kind = element.get("type", "")
        if kind not in _KINDS:
            draft.faults.append(Problem.of(draft.place, "type_unknown", value=kind[:40] or "?"))
            return
        self._stem()
        {
            "multichoice": self._choices,
            "truefalse": self._true_false,
            "ordering": self._ordering,
            "ddmarker": self._hotspot,
        }[kind]()
        self._settings()
        draft.lost += self._ledger.left(element, draft.place)

    def _carried(self) -> None:
        for comment in comments_of(self._root):
            self.draft.row.update(cells_of(comment))
        for tags in self._root.findall("tags"):
            self._ledger.take(tags)
            for tag in tags.findall("tag"):
                words = tag.findtext("text") or ""
                if cell := cell_of(words):
                    self._ledger.take(tag)
                    self._ledger.words(tag.find("text"))
                    self.draft.row.setdefault(*cell)

    def _identity(self) -> None:
        number, name = self._root.find("idnumber"), self._root.find("name")
        self.draft.row["id"] = self._ledger.words(number).strip()
        title = (name.findtext("text") or "").strip() if name is not None else ""
        if name is not None and (not title or title == self.draft.row["id"]):
            self._ledger.whole(name)

    def _stem(self) -> None:
        markup, files = self._markup(self._root.find("questiontext"))
        take_words(self.draft, "stem", markup, f"{self.draft.place}/questiontext")
        if self._root.get("type") == "ddmarker":
            self._hotspot_media(files)
        settle_shown(self.draft, self._media, markup, files, f"{self.draft.place}/questiontext")
        feedback, _files = self._markup(self._root.find("generalfeedback"))
        take_words(self.draft, "explanation", feedback, f"{self.draft.place}/generalfeedback")
        for shown in feedback.shown:
            where = f"{self.draft.place}/generalfeedback"
            self.draft.lost.append(
                Problem.of(where, "element_lost", value=f"<{shown.kind}> {shown.source[:60]}")
            )

    def _markup(self, element: Element | None) -> tuple[Markup, dict[str, bytes | None]]:
        """The text of an element in any of Moodle's formats, and its files by name."""
        if element is None:
            return Markup(), {}
        self._ledger.take(element, "format")
        words = self._ledger.words(element.find("text"))
        files: dict[str, bytes | None] = {}
        for file in element.findall("file"):
            self._ledger.words(file, *file.keys())
            files[file.get("name", "")] = _bytes(file)
        if element.get("format") in {"plain_text", "2"}:
            return Markup(words={"id": words}), files
        return read_html(words), files

    def _answers(self) -> Iterator[tuple[Element, float]]:
        for answer in self._root.findall("answer"):
            self._ledger.take(answer, "format", "fraction")
            try:
                yield answer, float(answer.get("fraction", "0"))
            except ValueError:
                self.draft.faults.append(
                    Problem.of(self.draft.place, "not_a_number", value=answer.get("fraction", "")[:40])
                )

    def _option(self, answer: Element, letter: str) -> None:
        where = f"{self.draft.place}/answer[{letter}]"
        markup, files = self._markup(answer)
        take_words(self.draft, f"option_{letter}", markup, where)
        settle_shown(self.draft, self._media, markup, files, where, letter)

    def _ids(self, count: int) -> list[str]:
        ids = split_list(self.draft.row.get("option_ids", ""))
        return ids if len(ids) == count else list(LETTERS[:count])

    def _choices(self) -> None:
        draft, answers = self.draft, list(self._answers())
        single = self._ledger.words(self._root.find("single")).strip().lower() in {"true", "1"}
        if len(answers) > len(LETTERS):
            draft.faults.append(
                Problem.of("options", "too_many_options", high=len(LETTERS), count=len(answers))
            )
            return
        draft.row.setdefault("type", "single_choice" if single else "multiple_response")
        ids = self._ids(len(answers))
        for letter, (answer, _share) in zip(LETTERS, answers, strict=False):
            self._option(answer, letter)
        best = max((share for _, share in answers), default=0)
        right = [
            place for place, (_, share) in enumerate(answers) if share > 0 and (not single or share == best)
        ]
        draft.row["key"] = ", ".join(ids[place] for place in right)
        usual = {100.0} if single else {round(100 / max(1, len(right)), 5)}
        odd = [share for _, share in answers if round(share, 5) not in usual and share not in {0, -100}]
        if odd:
            shares = ", ".join(f"{share:g}" for share in odd)
            draft.lost.append(Problem.of(draft.place, "partial_credit_lost", value=shares[:60]))
        elif not single and any(share == 0 for _, share in answers):
            draft.changed.append(Problem.of("key", "all_or_nothing"))

    def _true_false(self) -> None:
        row = self.draft.row
        row["type"] = "true_false"
        ids = self._ids(2)
        for letter, text in (("a", TRUE_WORDS), ("b", FALSE_WORDS)):
            row[f"option_{letter}_id"] = text.in_language("id")
            row[f"option_{letter}_en"] = text.in_language("en")
        for answer, share in self._answers():
            word = self._ledger.words(answer.find("text")).strip().lower()
            if share > 0:
                row["key"] = ids[0] if word == "true" else ids[1]

    def _ordering(self) -> None:
        draft, answers = self.draft, sorted(self._answers(), key=lambda pair: pair[1])
        if len(answers) > len(LETTERS):
            draft.faults.append(
                Problem.of("options", "too_many_options", high=len(LETTERS), count=len(answers))
            )
            return
        draft.row["type"] = "ordering"
        ids = self._ids(len(answers))
        order = split_list(draft.row.get("order", ""))
        if sorted(order) != sorted(ids):
            order = ids
        for (answer, _), option_id in zip(answers, order, strict=True):
            self._option(answer, LETTERS[ids.index(option_id)])
        draft.row["order"] = ", ".join(order)

    def _hotspot(self) -> None:
        """A hotspot of ours: its regions travel with it. Markers of others have no equal here."""
        draft = self.draft
        if not draft.row.get("option_a_region"):
            draft.faults.append(Problem.of(draft.place, "type_unknown", value="ddmarker"))
            return
        draft.row["type"] = "hotspot"
        for name in ("drag", "drop"):
            for each in self._root.findall(name):
                self._ledger.whole(each)

    def _hotspot_media(self, files: dict[str, bytes | None]) -> None:
        """The picture that is pointed at, and the media of its regions, which are named by their columns."""
        draft, file = self.draft, self._root.find("file")
        draft.row["type"] = "hotspot"
        data = None
        if file is not None:
            self._ledger.words(file, *file.keys())
            data = _bytes(file)
        self._media.settle(draft, "picture", data, PICTURES, f"{draft.place}/file")
        for column in [name for name in draft.row if re.fullmatch(r"option_._(picture|audio_..)", name)]:
            kinds = PICTURES if column.endswith("picture") else SOUNDS
            name = next((name for name in files if name.startswith(column.replace("_", "-") + ".")), None)
            self._media.settle(draft, column, files.pop(name) if name else None, kinds, f"{draft.place}/file")

    def _settings(self) -> None:
        for name, usual in _NEUTRAL.items():
            element = self._root.find(name)
            if element is None:
                continue
            value = (element.text or "").strip()
            pair = self.draft.row.get("type") == "true_false" and name == "shuffleanswers"
            if value in usual or pair:
                self._ledger.words(element)
        grade = self._root.find("defaultgrade")
        value = (grade.text or "").strip() if grade is not None else "1"
        weight = value.partition(".")[0] if value.partition(".")[2].strip("0") == "" else value
        if weight in {"1", "2", "3", "4", "5"}:
            self._ledger.words(grade)
            self.draft.row["weight"] = weight


def _bytes(file: Element) -> bytes | None:
    try:
        return base64.b64decode("".join((file.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
