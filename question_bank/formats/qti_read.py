"""One QTI item, 2.1 or 3.0, into a draft: one interaction, its key, its words and media; the rest is reported."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from question_bank.check import OPTION_ID
from question_bank.formats.archive import Package
from question_bank.formats.columns import LETTERS
from question_bank.formats.drafts import Draft
from question_bank.formats.markup import Markup, language_of, read_html
from question_bank.formats.media import PICTURES, SOUNDS, MediaReader, drawing, seen_in
from question_bank.formats.moodle_write import FALSE_WORDS, TRUE_WORDS
from question_bank.formats.qti_names import Generation, to_plain, xml_lang
from question_bank.formats.qti_regions import read_regions
from question_bank.formats.qti_write import EXPLANATION, FOLDER, media_path
from question_bank.formats.report import MediaFile, TableRefused
from question_bank.formats.settle_markup import settle_shown, take_words
from question_bank.formats.xml_reading import XML_LANG, Ledger, is_element, local, parse_xml
from question_bank.problem import Problem

_KINDS = {
    "choiceInteraction": "simpleChoice",
    "orderInteraction": "simpleChoice",
    "hotspotInteraction": "hotspotChoice",
}
_NEUTRAL_ROOT = ("identifier", "toolName", "toolVersion", XML_LANG, "class", "id")
_XHTML = frozenset(
    {
        *("a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "bdi", "bdo"),
        *("big", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd"),
        *("dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hr", "i", "img", "kbd", "label", "li", "nav", "object"),
        *("ol", "p", "param", "picture", "pre", "q", "rb", "rp", "rt", "ruby", "samp"),
        *("section", "small", "source", "span", "strong", "sub", "summary", "sup", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "track", "tt", "u", "ul", "var"),
        *("video", "prompt", "contentBody"),
    }
)


def read_item_xml(
    data: bytes,
    draft: Draft,
    media: MediaReader,
    generation: Generation,
    package: Package | None,
    part: str,
    named: Iterable[str] = (),
) -> set[str]:
    """Fill `draft` from an item's XML; returns the parts of the package that it shows or that its metadata names.

    `named`: columns of media that the metadata gave.
    """
    try:
        root = parse_xml(data, part)
    except TableRefused as refused:
        draft.faults += refused.problems
        return set()
    hyphenated = local(str(root.tag)).startswith("qti-")
    to_plain(root)
    if root.tag != "assessmentItem" or hyphenated != generation.hyphenated:
        found = f"<{'qti-' if hyphenated else ''}{str(root.tag)[-40:]}>"
        draft.faults.append(Problem.of(part, "wrong_kind", expected=f"QTI {generation.name}", found=found))
        return set()
    reader = _Item(root, draft, media, package, part)
    reader.read(list(named))
    return reader.used


class _Item:
    """One `assessmentItem` with plain names, being read into its draft."""

    def __init__(
        self, root: Element, draft: Draft, media: MediaReader, package: Package | None, part: str
    ) -> None:
        self._root, self.draft, self._media, self._package, self._part = root, draft, media, package, part
        self._ledger = Ledger()
        self._language = language_of(xml_lang(root)) or "id"
        self.used: set[str] = set()

    def read(self, named: list[str]) -> None:
        draft, root = self.draft, self._root
        draft.row["id"] = root.get("identifier", "").strip()
        schema = [name for name in root.attrib if name.endswith("schemaLocation")]
        self._ledger.take(root, *_NEUTRAL_ROOT, *schema)
        for name, usual in (("adaptive", "false"), ("timeDependent", "false"), ("title", draft.row["id"])):
            if root.get(name) == usual:
                self._ledger.take(root, name)
        body = root.find("itemBody")
        found = (
            [each for each in body.iter() if str(each.tag).endswith("Interaction")]
            if body is not None
            else []
        )
        if body is None or len(found) != 1 or found[0].tag not in _KINDS:
            kinds = ", ".join(dict.fromkeys(str(each.tag) for each in found)) or "–"
            draft.faults.append(Problem.of(self._part, "type_unknown", value=kinds[:80]))
            return
        interaction = found[0]
        choices = list(interaction.iter(_KINDS[str(interaction.tag)]))
        if len(choices) > len(LETTERS):
            draft.faults.append(
                Problem.of("options", "too_many_options", high=len(LETTERS), count=len(choices))
            )
            return
        self._type(interaction, choices)
        self._choices(interaction, choices)
        self._words_of_body(body, interaction, named)
        self._explanation()
        self._rest()
        draft.lost += self._ledger.left(root, self._part)

    def _type(self, interaction: Element, choices: list[Element]) -> None:
        """What kind of question it is, its key and the names of its options."""
        row = self.draft.row
        identifiers = [choice.get("identifier", "") for choice in choices]
        names = dict(zip(identifiers, identifiers, strict=True))
        if not all(OPTION_ID.fullmatch(name) for name in identifiers):
            names = dict(zip(identifiers, LETTERS, strict=False))
            self.draft.changed.append(
                Problem.of("option_ids", "options_renamed", value=", ".join(identifiers)[:60])
            )
        if list(names.values()) != list(LETTERS[: len(names)]):
            row["option_ids"] = ", ".join(names.values())
        right = [names.get(value, value[:40]) for value in self._correct(interaction)]
        if interaction.tag == "orderInteraction":
            row["type"], row["order"] = "ordering", ", ".join(right)
        else:
            row["key"] = ", ".join(right)
            single = "hotspot" if interaction.tag == "hotspotInteraction" else "single_choice"
            row.setdefault("type", "multiple_response" if self._cardinality == "multiple" else single)

    def _correct(self, interaction: Element) -> list[str]:
        name = interaction.get("responseIdentifier", "")
        self._cardinality = ""
        for response in self._root.findall("responseDeclaration"):
            if response.get("identifier") != name:
                continue
            self._cardinality = response.get("cardinality", "")
            self._ledger.take(response, "identifier", "cardinality", "baseType")
            correct = response.find("correctResponse")
            if correct is not None:
                self._ledger.take(correct)
                return [self._ledger.words(value).strip() for value in correct.findall("value")]
            entries = response.findall("mapping/mapEntry")
            return [each.get("mapKey", "") for each in entries if _number(each.get("mappedValue")) > 0]
        return []

    def _choices(self, interaction: Element, choices: list[Element]) -> None:
        kind = self.draft.row["type"]
        usual = {"single_choice": "1", "true_false": "1", "hotspot": "1", "multiple_response": "0"}.get(kind)
        self._ledger.take(interaction, "responseIdentifier", "id", "class")
        if interaction.get("shuffle") == "true" or kind in {"true_false", "hotspot"}:
            self._ledger.take(interaction, "shuffle")
        if interaction.get("maxChoices") in {usual, str(len(choices))}:
            self._ledger.take(interaction, "maxChoices")
        if interaction.get("minChoices") in {"0", "1"}:
            self._ledger.take(interaction, "minChoices")
        for letter, choice in zip(LETTERS, choices, strict=False):
            self._ledger.take(choice, "identifier", "id", "class")
            for name, value in (("fixed", "false"), ("showHide", "show")):
                if choice.get(name) == value:
                    self._ledger.take(choice, name)
            if choice.tag == "simpleChoice":
                markup = self._markup(choice, f"{self._part} {letter}")
                take_words(self.draft, f"option_{letter}", markup, f"{self._part} {letter}")
                self._settle(markup, f"{self._part} {letter}", letter)
        if kind == "hotspot":
            self._hotspot(interaction, choices)
        if kind == "single_choice":
            self._as_pair()

    def _as_pair(self) -> None:
        """Two choices that say no more than true and false are a true-or-false question."""
        row = self.draft.row
        words = [row.get(f"option_{letter}_id", "").strip().lower() for letter in "abc"]
        pairs = [
            [TRUE_WORDS.in_language(language).lower(), FALSE_WORDS.in_language(language).lower(), ""]
            for language in ("id", "en")
        ]
        # An item of ours, which brings its topic along, is what its type says.
        if words in pairs and not row.get("topic"):
            row["type"] = "true_false"

    def _hotspot(self, interaction: Element, choices: list[Element]) -> None:
        draft = self.draft
        shown = next((each for each in interaction if each.tag in {"object", "img"}), None)
        address = (shown.get("data") or shown.get("src") or "") if shown is not None else ""
        data, size = None, (0, 0)
        if shown is not None:
            self._ledger.whole(shown)
            data = self._bytes(address)
            size = (round(_number(shown.get("width"))), round(_number(shown.get("height"))))
            alt = shown.get("alt") or " ".join((shown.text or "").split())
            known = draft.row.get("picture_alt_id") or seen_in(draft.row.get("picture", ""))
            if alt and alt.split() != known.split():
                draft.row["picture_alt_id"] = alt
        self._media.settle(draft, "picture", data, PICTURES, f"{self._part} {address}"[:80])
        read_regions(draft, choices, size, data, self._part)
        for choice in choices:
            self._ledger.take(choice, "shape", "coords", "hotspotLabel")

    def _words_of_body(self, body: Element, interaction: Element, named: list[str]) -> None:
        prompt = interaction.find("prompt")
        parents = {child: parent for parent in body.iter() for child in parent}
        parent = parents[interaction]
        place = list(parent).index(interaction)
        parent.remove(interaction)
        before = interaction.tail
        around = _inner(body)
        parent.insert(place, interaction)
        interaction.tail = before
        asked = _inner(prompt) if prompt is not None else ""
        self._ledger.take(body, "class", "id")
        for element in body.iter():
            if is_element(element) and not _inside(element, interaction, parents) and element.tag in _XHTML:
                self._ledger.words(element, *element.keys())
        if prompt is not None:
            self._ledger.whole(prompt)
        where = f"{self._part} itemBody"
        markup = read_html(f"<div>{around}</div><div>{asked}</div>", self._language)
        take_words(self.draft, "stem", markup, where)
        self._settle(markup, where, "")
        if self.draft.row["type"] == "hotspot":
            self._named_media([column for column in named if column.startswith("option_")])

    def _named_media(self, columns: list[str]) -> None:
        """Media of regions, which nothing shows: they lie in the package under the name that the metadata gives."""
        for column in columns:
            reference = self.draft.row[column]
            ending = reference.rpartition(".")[2]
            path = media_path(reference, drawing(reference) or MediaFile(b"", ending))
            kinds = PICTURES if column.endswith("picture") else SOUNDS
            data = self._bytes(path.removeprefix(f"{FOLDER}/"))
            self._media.settle(self.draft, column, data, kinds, f"{self._part} {column}")

    def _markup(self, element: Element, where: str) -> Markup:
        for each in element.iter():
            if is_element(each) and (each.tag in _XHTML or each is element):
                self._ledger.words(each, *(each.keys() if each is not element else ()))
        return read_html(_inner(element), self._language)

    def _settle(self, markup: Markup, where: str, letter: str) -> None:
        files = {shown.source: self._bytes(shown.source) for shown in markup.shown}
        there = {name: data for name, data in files.items() if data is not None}
        settle_shown(self.draft, self._media, markup, there, where, letter)

    def _bytes(self, address: str) -> bytes | None:
        part = self._package.beside(self._part, address) if self._package is not None else None
        if part is None or self._package is None:
            return None
        self.used.add(part)
        return self._package.read(part)

    def _explanation(self) -> None:
        for feedback in self._root.findall("modalFeedback"):
            if feedback.get("identifier") != EXPLANATION:
                continue
            where = f"{self._part} modalFeedback"
            self._ledger.take(feedback, "outcomeIdentifier", "identifier", "showHide")
            take_words(self.draft, "explanation", self._markup(feedback, where), where)

    def _rest(self) -> None:
        """Declarations and rules that say what holds here anyway."""
        for outcome in self._root.findall("outcomeDeclaration"):
            value = (outcome.findtext("defaultValue/value") or "0").strip()
            if outcome.get("identifier") in {"SCORE", "FEEDBACK"} and value in {"0", "0.0", EXPLANATION}:
                self._ledger.whole(outcome)
        for rules in self._root.findall("responseProcessing"):
            template = rules.get("template", "").rpartition("/")[2].partition(".")[0]
            if template == "match_correct":
                self._ledger.take(rules, "template")


def _inner(element: Element) -> str:
    """What stands inside an element, as HTML; QTI's own elements in it say nothing here and are left out."""
    out = [_text(element.text)]
    for child in element:
        if is_element(child) and child.tag in _XHTML:
            name = {"prompt": "div", "contentBody": "div"}.get(str(child.tag), str(child.tag))
            marks = "".join(
                f' {"xml:lang" if key == XML_LANG else local(key)}="{_text(value)}"'
                for key, value in child.items()
            )
            out.append(
                f"<{name}{marks}>" + (f"{_inner(child)}</{name}>" if name not in {"br", "img", "hr"} else "")
            )
        out.append(_text(child.tail))
    return "".join(out)


def _text(words: str | None) -> str:
    return (
        (words or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def _inside(element: Element, top: Element, parents: dict[Element, Element]) -> bool:
    step: Element | None = element
    while step is not None:
        if step is top:
            return True
        step = parents.get(step)
    return False


def _number(value: str | None) -> float:
    try:
        return float(value or "0")
    except ValueError:
        return 0.0
