"""Items as QTI 2.1 or 3.0 packages: choice, order and hotspot interactions, media as resources, a manifest.

What QTI has no element for stands in the manifest, as keywords of each item's metadata (`sim:topic=signs`).
"""

import io
import zipfile
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from question_bank.formats.columns import LETTERS
from question_bank.formats.drafts import positional_row
from question_bank.formats.media import (
    FILMS,
    MEDIA_TYPES,
    SOUNDS,
    MediaSource,
    drawing,
    file_behind,
    no_media,
    seen_in,
    size_of,
)
from question_bank.formats.qti_manifest import manifest_of
from question_bank.formats.qti_names import XSI, Generation, to_hyphens
from question_bank.formats.report import Loss, MediaFile, Writing
from question_bank.item import ItemType, ItemVersion, Option, Region
from question_bank.problem import Problem
from question_bank.text import Text
from question_bank.view import picture_token

FOLDER = "items"
EXPLANATION = "explanation"
# A fixed time: equal banks give equal bytes.
_TIME = (2020, 1, 1, 0, 0, 0)


def write_qti(
    items: Iterable[ItemVersion], generation: Generation, source: MediaSource = no_media
) -> Writing:
    """A package of the items, one file each."""
    losses: list[Loss] = []
    out = io.BytesIO()
    resources: list[tuple[ItemVersion, dict[str, str], list[str]]] = []
    packed: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for item in items:
            made = QtiItem(item, generation, source)
            losses += [Loss(item.item_id, "changed", problem) for problem in made.problems]
            _pack(archive, f"{FOLDER}/{item.item_id}.xml", made.to_bytes())
            for path, file in made.files.items():
                if path not in packed:
                    packed.add(path)
                    _pack(archive, path, file.data)
            resources.append((item, made.carried, list(made.files)))
        _pack(archive, "imsmanifest.xml", manifest_of(resources, generation, FOLDER))
    return Writing(out.getvalue(), tuple(losses))


def _pack(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def media_path(reference: str, file: MediaFile) -> str:
    """Where a package keeps a file: by its digest, or for a drawing by a token, as its name is an answer."""
    name = (
        picture_token(reference) if drawing(reference) else reference.removeprefix("media:").partition(".")[0]
    )
    return f"{FOLDER}/media/{name}.{file.ending}"


def coords_of(region: Region, size: tuple[int, int]) -> str:
    """A region in pixels of a picture of `size`, as QTI writes it."""
    ends = [round(each * size[place % 2] / 1000) for place, each in enumerate(region.coords)]
    if len(region.coords) == 3:
        ends[2] = round(region.coords[2] * size[0] / 1000)
    return ",".join(map(str, ends))


def shown_size(file: MediaFile) -> tuple[int, int]:
    """The size a hotspot's picture is declared with: a thousand or more each way, so that regions keep their place."""
    width, height = size_of(file)
    scale = max(1, -(-1000 // max(1, min(width, height))))
    return width * scale, height * scale


class QtiItem:
    """One `assessmentItem`; `carried` are the cells for the manifest, `files` the media by path."""

    def __init__(self, item: ItemVersion, generation: Generation, source: MediaSource) -> None:
        self.problems: list[Problem] = []
        self.files: dict[str, MediaFile] = {}
        self._item, self._generation, self._source = item, generation, source
        self.carried = positional_row(item)
        for column in (
            "id",
            "stem_id",
            "stem_en",
            "explanation_id",
            "explanation_en",
            "key",
            "order",
            "option_ids",
        ):
            self.carried.pop(column, None)
        if item.type is not ItemType.TRUE_FALSE:
            self.carried.pop("type")
        self.root = self._root()
        self._declarations()
        self._body()
        SubElement(self.root, "responseProcessing", template=generation.match_correct)
        self._explanation()

    def to_bytes(self) -> bytes:
        if self._generation.hyphenated:
            to_hyphens(self.root)
        body: bytes = tostring(self.root, "utf-8", xml_declaration=False)
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body

    def _root(self) -> Element:
        generation, item_id = self._generation, self._item.item_id
        root = Element("assessmentItem")
        root.set("xmlns", generation.item_space)
        root.set("xmlns:xsi", XSI)
        root.set("xsi:schemaLocation", f"{generation.item_space} {generation.item_schema}")
        for name, value in (
            ("identifier", item_id),
            ("title", item_id),
            ("adaptive", "false"),
            ("timeDependent", "false"),
            ("xml:lang", "id"),
            ("toolName", "SIM Daring"),
            ("toolVersion", "1"),
        ):
            root.set(name, value)
        return root

    def _declarations(self) -> None:
        item = self._item
        cardinality = "ordered" if item.shape.ordered else "multiple" if _many(item) else "single"
        response = SubElement(
            self.root,
            "responseDeclaration",
            identifier="RESPONSE",
            cardinality=cardinality,
            baseType="identifier",
        )
        correct = SubElement(response, "correctResponse")
        for option_id in item.order or [each for each in item.option_ids if each in item.key]:
            SubElement(correct, "value").text = option_id
        score = SubElement(
            self.root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"
        )
        SubElement(SubElement(score, "defaultValue"), "value").text = "0"
        if item.explanation:
            feedback = SubElement(
                self.root,
                "outcomeDeclaration",
                identifier="FEEDBACK",
                cardinality="single",
                baseType="identifier",
            )
            # Its value from the start: match_correct sets the score alone, and the explanation is shown either way.
            SubElement(SubElement(feedback, "defaultValue"), "value").text = EXPLANATION

    def _body(self) -> None:
        item = self._item
        body = SubElement(self.root, "itemBody")
        alt = (item.picture_alt or Text()).in_language("id")
        if item.clip:
            self._show(SubElement(body, "div"), "clip", item.clip, seen_in(item.clip))
        if item.picture and item.type is not ItemType.HOTSPOT:
            self._show(SubElement(body, "div"), "picture", item.picture, alt or seen_in(item.picture))
        for language, reference in item.audio.entries:
            self._show(SubElement(body, "div"), f"audio_{language}", reference, "", language)
        for empty in [each for each in body if len(each) == 0]:
            body.remove(empty)
        if item.type is ItemType.HOTSPOT:
            self._hotspots(body, alt)
        else:
            self._choices(body)

    def _choices(self, body: Element) -> None:
        item = self._item
        kind = "orderInteraction" if item.shape.ordered else "choiceInteraction"
        interaction = SubElement(body, kind, responseIdentifier="RESPONSE")
        interaction.set("shuffle", "true" if item.shape.shuffles else "false")
        if not item.shape.ordered:
            interaction.set("maxChoices", "0" if _many(item) else "1")
        _say(SubElement(interaction, "prompt"), item.stem)
        for place, option in enumerate(item.options):
            choice = SubElement(interaction, "simpleChoice", identifier=option.id)
            _say(choice, option.text)
            self._option_media(choice, LETTERS[place], option)
            for code in ("id", "en"):
                self.carried.pop(f"option_{LETTERS[place]}_{code}", None)

    def _hotspots(self, body: Element, alt: str) -> None:
        item = self._item
        interaction = SubElement(body, "hotspotInteraction", responseIdentifier="RESPONSE", maxChoices="1")
        _say(SubElement(interaction, "prompt"), item.stem)
        file = self._file("picture", item.picture or "")
        size = shown_size(file) if file else (1000, 1000)
        if file is not None:
            path = media_path(item.picture or "", file).removeprefix(f"{FOLDER}/")
            described = alt or seen_in(item.picture or "")
            sides = {"width": str(size[0]), "height": str(size[1])}
            if self._generation.hyphenated:
                SubElement(interaction, "img", src=path, alt=described, attrib=sides)
            else:
                kind = MEDIA_TYPES[file.ending]
                SubElement(interaction, "object", data=path, type=kind, attrib=sides).text = described
        else:
            SubElement(interaction, "object", data="", type="image/png", width="1000", height="1000")
        for place, option in enumerate(item.options):
            assert option.region is not None
            SubElement(
                interaction,
                "hotspotChoice",
                identifier=option.id,
                shape=option.region.shape.value,
                coords=coords_of(option.region, size),
                hotspotLabel=option.text.in_language("id"),
            )
            # Regions show no media; theirs travel in the package under the names that the manifest keeps.
            self._option_media(Element("div"), LETTERS[place], option)

    def _option_media(self, parent: Element, letter: str, option: Option) -> None:
        if option.picture:
            self._show(parent, f"option_{letter}_picture", option.picture, seen_in(option.picture))
        for language, reference in option.audio.entries:
            self._show(parent, f"option_{letter}_audio_{language}", reference, "", language)

    def _show(self, parent: Element, column: str, reference: str, alt: str, language: str = "") -> None:
        file = self._file(column, reference)
        if file is None:
            return
        path = media_path(reference, file).removeprefix(f"{FOLDER}/")
        role = "clip" if column == "clip" else "picture"
        if file.ending not in SOUNDS | FILMS:
            SubElement(parent, "img", src=path, alt=alt).set("class", role)
            return
        if self._generation.hyphenated:
            shown = SubElement(
                parent, "audio" if file.ending in SOUNDS else "video", src=path, controls="controls"
            )
        else:
            # XHTML's audio and video came with QTI 2.2.
            shown = SubElement(parent, "object", data=path, type=MEDIA_TYPES[file.ending])
        if language:
            shown.set("xml:lang", language)

    def _file(self, column: str, reference: str) -> MediaFile | None:
        file = file_behind(reference, self._source)
        if file is None:
            self.problems.append(Problem.of(column, "media_missing", value=reference[:80]))
        else:
            self.files[media_path(reference, file)] = file
        return file

    def _explanation(self) -> None:
        if not self._item.explanation:
            return
        feedback = SubElement(
            self.root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier=EXPLANATION, showHide="show"
        )
        _say(
            SubElement(feedback, "contentBody") if self._generation.hyphenated else feedback,
            self._item.explanation,
        )


def _many(item: ItemVersion) -> bool:
    return item.type is ItemType.MULTIPLE_RESPONSE


def _say(parent: Element, text: Text) -> None:
    """The words of every language, Indonesian first, each in its own span; a line break is `<br/>`."""
    for language, words in sorted(text.entries, reverse=True):
        span = SubElement(parent, "span")
        span.set("class", "simdaring")
        span.set("xml:lang", language)
        span.text, *lines = words.split("\n")
        for line in lines:
            SubElement(span, "br").tail = line
