"""XML of strangers: parsed without entities, document types and network, within bounds, and accounted for."""

import re
from collections.abc import Iterator
from typing import Any, cast
from xml.etree.ElementTree import Comment, Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from question_bank.formats.report import TableRefused
from question_bank.problem import Problem

MAX_ELEMENTS = 3_000_000
MAX_DEPTH = 60
MAX_ATTRIBUTES = 100
_DECLARED = re.compile(r"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class _TooMuch(Exception):
    pass


class _Bounded(TreeBuilder):
    """Stops while it is still small: neither depth nor number nor attributes may run away."""

    def __init__(self) -> None:
        super().__init__(insert_comments=True)
        self._depth = self._count = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH or self._count > MAX_ELEMENTS or len(attrs) > MAX_ATTRIBUTES:
            raise _TooMuch
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def decode(data: bytes) -> str:
    """UTF-8, with or without its byte order mark. Raises `TableRefused` for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:4] in {b"<\0?\0", b"\0<\0?"}:
        raise TableRefused(Problem.of("file", "not_utf8_file", line=1, found="UTF-16"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TableRefused(Problem.of("file", "not_utf8_file", line=line, found="?")) from error
    if "\0" in text:
        raise TableRefused(
            Problem.of("file", "not_utf8_file", line=text[: text.index("\0")].count("\n") + 1, found="?")
        )
    return text


def parse_xml(data: bytes, file: str = "file") -> Element:
    """The root element. Raises `TableRefused`, whose problems name `file`."""
    text = decode(data)
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise TableRefused(Problem.of(file, "not_utf8_file", line=1, found=declared[1]))
    parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        parser.feed(text)
        root: Element = parser.close()
    except ParseError as error:
        line, place = error.position
        raise TableRefused(Problem.of(file, "broken_xml", line=line, place=place + 1, file=file)) from error
    except DefusedXmlException as error:
        raise TableRefused(Problem.of(file, "xml_entities", file=file)) from error
    except _TooMuch as error:
        raise TableRefused(
            Problem.of(file, "xml_too_deep", depth=MAX_DEPTH, count=MAX_ELEMENTS, file=file)
        ) from error
    return root


def is_element(node: Element) -> bool:
    return isinstance(node.tag, str)


def comments_of(element: Element) -> Iterator[str]:
    """The comments directly inside an element."""
    # A comment's tag is the function that makes one, which the type of a tag does not admit.
    return (node.text or "" for node in element if cast(object, node.tag) is Comment)


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


class Ledger:
    """Which elements, attributes and words of a tree were taken in; the rest is reported, so nothing is lost unseen."""

    def __init__(self) -> None:
        self._elements: set[int] = set()
        self._words: set[int] = set()
        self._attributes: set[tuple[int, str]] = set()

    def take(self, element: Element, *attributes: str) -> Element:
        """Account for an element itself and these attributes of it, not for what it holds."""
        self._elements.add(id(element))
        self._attributes.update((id(element), name) for name in attributes)
        return element

    def words(self, element: Element | None, *attributes: str) -> str:
        """The text of an element, accounted for."""
        if element is None:
            return ""
        self.take(element, *attributes)
        self._words.add(id(element))
        return element.text or ""

    def whole(self, element: Element) -> None:
        """Account for an element and everything in it."""
        for each in element.iter():
            if is_element(each):
                self.words(each, *each.keys())

    def left(self, root: Element, path: str) -> Iterator[Problem]:
        """What was not taken in of `root`, the topmost element each time, with its place and how it begins."""
        for name, value in root.items():
            if (id(root), name) not in self._attributes and value:
                yield Problem.of(path, "attribute_lost", name=local(name), value=value[:60])
        if id(root) not in self._words and (root.text or "").strip():
            yield Problem.of(path, "words_lost", value=(root.text or "").strip()[:60])
        counts: dict[str, int] = {}
        for child in root:
            if is_element(child):
                name = local(child.tag)
                counts[name] = counts.get(name, 0) + 1
                yield from self._child(child, f"{path}/{name}[{counts[name]}]")
            if (child.tail or "").strip() and id(root) not in self._words:
                yield Problem.of(path, "words_lost", value=(child.tail or "").strip()[:60])

    def _child(self, child: Element, path: str) -> Iterator[Problem]:
        if id(child) in self._elements:
            yield from self.left(child, path)
        elif beginning := _beginning(child):
            yield Problem.of(path, "element_lost", value=beginning)


def _beginning(element: Element) -> str:
    """How an element that says anything begins: its marks and its words; empty if it says nothing."""
    name = f"<{local(element.tag)}>"
    words = " ".join(part.strip() for part in element.itertext() if part.strip())
    inner = (
        [] if words else [mark for child in element.iter() if child is not element for mark in _marks(child)]
    )
    if said := " ".join([*_marks(element), words, *inner]).strip():
        return f"{name} {said[:60]}"
    # Moodle's empty feedbacks say nothing; an empty element like <shownumcorrect/> is a setting that is on.
    return name if len(element) == 0 and not element.attrib else ""


def _marks(element: Element) -> list[str]:
    """Its attributes; of a long value the end, which tells addresses apart."""
    return [
        f'{local(key)}="{value[-30:]}"' for key, value in element.items() if value and local(key) != "format"
    ]
