"""Items as Moodle XML: multichoice, truefalse, ordering, and ddmarker for hotspots; media as embedded files.

What Moodle has no element for stands in tags (`sim:topic=signs`) or, where it is too long for one, in a comment.
"""

import base64
from collections.abc import Iterable
from html import escape
from xml.etree.ElementTree import Comment, Element, SubElement, tostring

from question_bank.formats.carried import comment_of, tags_of
from question_bank.formats.columns import LETTERS
from question_bank.formats.drafts import positional_row
from question_bank.formats.markup import html_of
from question_bank.formats.media import MediaSource, file_behind, no_media, seen_in, size_of
from question_bank.formats.report import Loss, MediaFile, Writing
from question_bank.item import ItemType, ItemVersion, Option, Region, RegionShape
from question_bank.problem import Problem
from question_bank.text import Text

TRUE_WORDS = Text.of(id="Benar", en="True")
FALSE_WORDS = Text.of(id="Salah", en="False")


def write_moodle(items: Iterable[ItemVersion], source: MediaSource = no_media) -> Writing:
    """The items as one `<quiz>`; the losses name media that the bank no longer has."""
    losses: list[Loss] = []
    questions = [b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    for item in items:
        question = _Question(item, source)
        questions.append(tostring(question.element, "utf-8", xml_declaration=False) + b"\n")
        losses += [Loss(item.item_id, "changed", problem) for problem in question.problems]
    return Writing(b"".join([*questions, b"</quiz>\n"]), tuple(losses))


def plainly_true_false(item: ItemVersion) -> bool:
    """Whether the options are no more than true and false, which is all that Moodle's truefalse can say."""
    texts = [option.text for option in item.options]
    bare = not any(option.picture or option.audio for option in item.options)
    return item.type is ItemType.TRUE_FALSE and texts == [TRUE_WORDS, FALSE_WORDS] and bare


def zone_of(region: Region, size: tuple[int, int]) -> tuple[str, str]:
    """Shape and coordinates of a drop zone in pixels, as ddmarker writes them."""
    width, height = size
    xs = [round(each * width / 1000) for each in region.coords]
    ys = [round(each * height / 1000) for each in region.coords]
    if region.shape is RegionShape.RECT:
        return "rectangle", f"{xs[0]},{ys[1]};{xs[2] - xs[0]},{ys[3] - ys[1]}"
    if region.shape is RegionShape.CIRCLE:
        return "circle", f"{xs[0]},{ys[1]};{xs[2]}"
    return "polygon", ";".join(f"{xs[i]},{ys[i + 1]}" for i in range(0, len(xs), 2))


def _fraction(share: float) -> str:
    return "0" if share == 0 else f"{share:.7f}".rstrip("0").rstrip(".")


class _Question:
    """One `<question>`; `carried` are the cells that no element has taken yet."""

    def __init__(self, item: ItemVersion, source: MediaSource) -> None:
        self.problems: list[Problem] = []
        self._item, self._source = item, source
        self._carried = positional_row(item)
        kind, write = {
            ItemType.MULTIPLE_RESPONSE: ("multichoice", self._choices),
            ItemType.ORDERING: ("ordering", self._ordering),
            ItemType.HOTSPOT: ("ddmarker", self._hotspot),
        }.get(item.type, ("multichoice", self._choices))
        if plainly_true_false(item):
            kind, write = "truefalse", self._true_false
        self.element = Element("question", type=kind)
        self.element.text = "\n"
        self._common()
        write()
        self._rest()

    def _spend(self, *columns: str) -> None:
        for column in columns:
            self._carried.pop(column, None)

    def _common(self) -> None:
        item = self._item
        self._say("name", item.item_id)
        self._html("questiontext", item.stem, *self._stem_media())
        self._html("generalfeedback", item.explanation)
        self._plain("defaultgrade", str(item.weight))
        self._plain("penalty", "0")
        self._plain("hidden", "0")
        self._plain("idnumber", item.item_id)
        self._spend("id", "stem_id", "stem_en", "explanation_id", "explanation_en", "weight", "type")

    def _choices(self) -> None:
        item = self._item
        single = item.type is not ItemType.MULTIPLE_RESPONSE
        if item.type is ItemType.TRUE_FALSE:
            self._carried["type"] = item.type.value
        self._plain("single", "true" if single else "false")
        self._plain("shuffleanswers", "true" if item.shape.shuffles else "false")
        self._plain("answernumbering", "abc")
        # Moodle adds shares up: a wrong one takes all away, as here only exactly the right ones count.
        wrong = 0.0 if single else -100.0
        for place, option in enumerate(item.options):
            self._answer(place, option, 100 / len(item.key) if option.id in item.key else wrong)
        self._spend("key")

    def _true_false(self) -> None:
        for option, word in zip(self._item.options, ("true", "false"), strict=True):
            right = option.id in self._item.key
            answer = SubElement(
                self.element, "answer", fraction="100" if right else "0", format="moodle_auto_format"
            )
            SubElement(answer, "text").text = word
            answer.tail = "\n"
        self._spend("key", *(f"option_{letter}_{code}" for letter in "ab" for code in ("id", "en")))

    def _ordering(self) -> None:
        item = self._item
        for name, value in (
            ("layouttype", "VERTICAL"),
            ("selecttype", "ALL"),
            ("selectcount", "0"),
            ("gradingtype", "ALL_OR_NOTHING"),
            ("showgrading", "HIDE"),
            ("numberingstyle", "none"),
        ):
            self._plain(name, value)
        places = {option.id: place for place, option in enumerate(item.options)}
        for number, option_id in enumerate(item.order, 1):
            self._answer(places[option_id], item.options[places[option_id]], float(number))
        # The answers stand in their right order; in which order they were written, only the names tell.
        if item.order == item.option_ids:
            self._spend("order")

    def _hotspot(self) -> None:
        item = self._item
        background = self._file("picture", item.picture or "")
        self._plain("shuffleanswers", "1")
        key = next(option for option in item.options if option.id in item.key)
        if background is not None:
            self.element.append(_file("picture", background))
            drag = SubElement(self.element, "drag")
            for name, value in (("no", "1"), ("text", "×"), ("noofdrags", "1")):
                SubElement(drag, name).text = value
            drop = SubElement(self.element, "drop")
            shape, coords = zone_of(key.region, size_of(background)) if key.region else ("", "")
            for name, value in (("no", "1"), ("shape", shape), ("coords", coords), ("choice", "1")):
                SubElement(drop, name).text = value
            drag.tail = drop.tail = "\n"

    def _stem_media(self) -> tuple[str, list[Element]]:
        item, parts, files = self._item, list[str](), list[Element]()
        if item.picture and item.type is not ItemType.HOTSPOT:
            alt = (item.picture_alt or Text()).in_language("id") or seen_in(item.picture)
            parts.append(self._show("picture", item.picture, files, alt=alt))
        if item.clip:
            parts.append(self._show("clip", item.clip, files, alt=seen_in(item.clip)))
        for language, reference in item.audio.entries:
            parts.append(self._show(f"audio_{language}", reference, files, language=language))
        if item.type is ItemType.HOTSPOT:
            # Regions have no element of their own; their media travel beside the question's.
            for place, option in enumerate(item.options):
                self._option_media(LETTERS[place], option, files)
        return "".join(parts), files

    def _option_media(self, letter: str, option: Option, files: list[Element]) -> str:
        parts = []
        if option.picture:
            alt = seen_in(option.picture)
            parts.append(self._show(f"option_{letter}_picture", option.picture, files, alt=alt))
        for language, reference in option.audio.entries:
            column = f"option_{letter}_audio_{language}"
            parts.append(self._show(column, reference, files, language=language))
        return "".join(parts)

    def _answer(self, place: int, option: Option, share: float) -> None:
        letter, files = LETTERS[place], list[Element]()
        shown = self._option_media(letter, option, files)
        answer = SubElement(self.element, "answer", fraction=_fraction(share), format="html")
        SubElement(answer, "text").text = html_of(option.text) + shown
        answer.extend(files)
        answer.tail = "\n"
        self._spend(f"option_{letter}_id", f"option_{letter}_en")

    def _show(
        self, column: str, reference: str, files: list[Element], *, alt: str = "", language: str = ""
    ) -> str:
        """HTML that shows a file, which is added to `files`; the column keeps its reference besides."""
        file = self._file(column, reference)
        if file is None:
            return ""
        files.append(_file(column, file))
        address = f"@@PLUGINFILE@@/{files[-1].get('name')}"
        role = "clip" if column == "clip" else "picture"
        if file.ending in {"mp3", "ogg", "m4a", "wav"}:
            return f'<audio controls="controls" lang="{language}" src="{address}"></audio>'
        if file.ending in {"mp4", "webm"}:
            return f'<video controls="controls" class="{role}" src="{address}"></video>'
        return f'<p><img class="{role}" src="{address}" alt="{escape(alt)}"></p>'

    def _file(self, column: str, reference: str) -> MediaFile | None:
        file = file_behind(reference, self._source)
        if file is None:
            self.problems.append(Problem.of(column, "media_missing", value=reference[:80]))
        return file

    def _say(self, name: str, words: str) -> None:
        child = SubElement(self.element, name)
        SubElement(child, "text").text = words
        child.tail = "\n"

    def _plain(self, name: str, value: str) -> None:
        child = SubElement(self.element, name)
        child.text, child.tail = value, "\n"

    def _html(self, name: str, text: Text, shown: str = "", files: Iterable[Element] = ()) -> None:
        child = SubElement(self.element, name, format="html")
        SubElement(child, "text").text = html_of(text) + shown
        child.extend(files)
        child.tail = "\n"

    def _rest(self) -> None:
        tags, rest = tags_of(self._carried)
        holder = SubElement(self.element, "tags")
        for words in tags:
            SubElement(SubElement(holder, "tag"), "text").text = words
        holder.tail = "\n"
        if rest:
            comment = Comment(comment_of(rest))
            comment.tail = "\n"
            self.element.append(comment)


def _file(column: str, file: MediaFile) -> Element:
    # Named by its place: the name of a sign is an answer.
    name = f"{column.replace('_', '-')}.{file.ending}"
    element = Element("file", name=name, path="/", encoding="base64")
    element.text = base64.b64encode(file.data).decode()
    return element
