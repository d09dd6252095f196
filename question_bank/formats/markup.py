"""Text in HTML as learning platforms keep it: our words as HTML, and any HTML as words with what it shows.

Two languages stand in Moodle's multi-language spans; `{mlang}` and `xml:lang` are understood too. Inside
`class="simdaring"` blanks count as they stand; elsewhere HTML's rule holds, by which a run of blanks is one.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from question_bank.text import LANGUAGES, PRIMARY_LANGUAGE, Text

LITERAL_CLASS = "simdaring"
_BLOCKS = frozenset(
    {
        *(
            "p",
            "div",
            "li",
            "ul",
            "ol",
            "table",
            "tr",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "pre",
            "blockquote",
        ),
        *("section", "article", "figure", "figcaption", "dl", "dt", "dd"),
    }
)
# Tags and attributes that carry no emphasis and no meaning of their own.
_PLAIN_TAGS = frozenset({"p", "div", "span", "br", "html", "body"})
_PLAIN_ATTRIBUTES = frozenset({"dir", "lang", "xml:lang", "class", "id", "role"})
_UNSEEN = frozenset({"script", "style", "head", "template", "iframe", "object", "embed", "noscript"})
_VOID = frozenset({"br", "img", "hr", "source", "input", "wbr", "embed", "link", "meta", "track", "col"})
_MEDIA = {"img": "picture", "audio": "sound", "video": "film"}
# Where a block begins or ends; no text holds this sign.
_SOFT = "\x00"
_OBJECTS = {"image": "picture", "audio": "sound", "video": "film"}
_MLANG = re.compile(r"\{mlang\s+([\w,-]+)\}(.*?)\{mlang\}", re.DOTALL | re.IGNORECASE)
_CODES = {"in": "id", "ind": "id", "eng": "en"}


def html_of(text: Text) -> str:
    """`text` as HTML: Indonesian alone as it is, else each language in Moodle's multi-language span."""
    if text.missing() == ("en",):
        words = _escaped(text.in_language(PRIMARY_LANGUAGE))
    else:
        words = "".join(
            f'<span lang="{language}" class="multilang">{_escaped(words)}</span>'
            for language, words in sorted(text.entries, reverse=True)
        )
    return f'<div class="{LITERAL_CLASS}">{words}</div>' if text else ""


def _escaped(words: str) -> str:
    return escape(words, quote=False).replace("\n", "<br>")


def language_of(code: str) -> str:
    """`id-ID`, `in` and `ind` are `id`; other codes are cut to their first part."""
    first = re.split(r"[-_]", code.strip().lower())[0]
    return _CODES.get(first, first)


@dataclass(frozen=True, slots=True)
class Shown:
    """Something shown among the words. `kind`: picture, sound or film; `role` what our own files say it is."""

    kind: str
    source: str
    alt: str = ""
    language: str = ""
    role: str = ""


@dataclass(slots=True)
class Markup:
    """HTML read: words by language, what is shown, and what of it plain text has no place for.

    `formatting`: names of tags and attributes whose words are kept without them. `dropped`: what is gone altogether.
    """

    words: dict[str, str] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    formatting: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def read_html(html: str, language: str = PRIMARY_LANGUAGE) -> Markup:
    """`html` as plain words; `language` is that of words in no marked language."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.result(language)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found = Markup()
        # Open elements: tag, language in force, whether blanks count, whether its content is unseen.
        self._open: list[tuple[str, str, bool, bool]] = [("", "", False, False)]
        self._pieces: list[tuple[str, bool, str]] = []
        self._sounds = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        _, language, literal, unseen = self._open[-1]
        if code := values.get("xml:lang") or values.get("lang"):
            language = language_of(code)
        if tag == "br":
            self._piece("\n", exact=True)
        elif tag in _BLOCKS and not literal:
            self._piece(_SOFT, exact=False)
        literal = literal or LITERAL_CLASS in values.get("class", "").split()
        if not unseen:
            self._note(tag, values, language)
        if tag not in _VOID:
            self._open.append((tag, language, literal, unseen or tag in _UNSEEN))

    def _note(self, tag: str, values: dict[str, str], language: str) -> None:
        if tag == "object" and (kind := _OBJECTS.get(values.get("type", "").partition("/")[0])):
            role = values.get("class", "")
            self._found.shown.append(Shown(kind, values.get("data", ""), "", language, role))
        elif tag in _MEDIA:
            self._found.shown.append(
                Shown(
                    _MEDIA[tag],
                    values.get("src", ""),
                    values.get("alt", ""),
                    language,
                    values.get("class", ""),
                )
            )
        elif tag == "source":
            last = self._found.shown[-1] if self._found.shown else None
            if last is not None and not last.source:
                self._found.shown[-1] = Shown(
                    last.kind, values.get("src", ""), last.alt, last.language, last.role
                )
        elif tag == "a" and values.get("href"):
            self._found.dropped.append(f"<a> {values['href'][:60]}")
        elif tag in _UNSEEN:
            self._found.dropped.append(f"<{tag}>")
        elif tag not in _PLAIN_TAGS:
            self._found.formatting.append(f"<{tag}>")
        else:
            odd = [f"<{tag} {name}>" for name in values if name not in _PLAIN_ATTRIBUTES]
            self._found.formatting.extend(odd)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {name for name, *_ in self._open}:
            return
        while self._open[-1][0] != tag:
            self._open.pop()
        literal = self._open.pop()[2]
        if tag in _BLOCKS and not literal:
            self._piece(_SOFT, exact=False)

    def handle_data(self, data: str) -> None:
        self._piece(data, exact=self._open[-1][2])

    def _piece(self, words: str, *, exact: bool) -> None:
        _, language, _, unseen = self._open[-1]
        if not unseen:
            self._pieces.append((language, exact, words))

    def result(self, language: str) -> Markup:
        spoken = [code for code, *_ in self._pieces if code]
        for code in dict.fromkeys(spoken) or [language]:
            mine = [(exact, words) for other, exact, words in self._pieces if other in {"", code}]
            words = _joined(mine)
            literal = any(exact and words.strip() for exact, words in mine)
            for found, said in ({code: words} if literal or spoken else _mlang(words, code)).items():
                if found in LANGUAGES:
                    self._found.words[found] = said
                elif said:
                    self._found.dropped.append(f"[{found}] {said[:60]}")
        return self._found


def _joined(pieces: list[tuple[bool, str]]) -> str:
    """Pieces in a row: exact ones as they stand, of the others every run of blanks as one."""
    out = ""
    for exact, words in pieces:
        if words == _SOFT:
            # Blocks begin on a new line, and nothing between two of them makes no second one.
            out = out if out.endswith("\n") or not out.strip() else out.rstrip(" ") + "\n"
            continue
        if exact:
            out += words
            continue
        single = re.sub(r"[ \t\r\n\f]+", " ", words)
        out += single.removeprefix(" ") if out.endswith(("\n", " ")) or not out else single
    return re.sub(r" +\n", "\n", out) if not any(exact and w.strip() for exact, w in pieces) else out


def _mlang(words: str, language: str) -> dict[str, str]:
    """Words with `{mlang}` marks by language; what stands outside them belongs to all."""
    codes = [language_of(code) for marks, _ in _MLANG.findall(words) for code in marks.split(",")]
    spoken = dict.fromkeys(code for code in codes if code != "other")
    if not codes:
        return {language: words}
    if "other" in codes:
        spoken.setdefault(language)

    def chosen(code: str) -> str:
        def pick(match: re.Match[str]) -> str:
            marks = {language_of(mark) for mark in match[1].split(",")}
            return match[2] if code in marks or ("other" in marks and code not in codes) else ""

        return _MLANG.sub(pick, words).strip()

    return {code: chosen(code) for code in spoken}
