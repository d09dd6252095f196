"""GIFT as drafts: choices and true/false are taken in; every other kind, feedback and share is reported."""

import re

from question_bank.formats.carried import cell_of, cells_of
from question_bank.formats.columns import LETTERS, split_list
from question_bank.formats.drafts import Draft
from question_bank.formats.markup import Markup, read_html
from question_bank.formats.media import MediaReader
from question_bank.formats.moodle_write import FALSE_WORDS, TRUE_WORDS
from question_bank.formats.report import TableRefused
from question_bank.formats.settle_markup import settle_shown, take_words
from question_bank.formats.xml_reading import decode
from question_bank.problem import Problem

# Escaped signs rest as control characters while the others are looked for; a control character typed is refused.
_SIGNS = {"\\" + sign: chr(place) for place, sign in enumerate("\\:#={}~n", 1)}
_ESCAPE = re.compile(r"\\[\\:#={}~n]")
_BACK = str.maketrans({code: "\n" if sign == "\\n" else sign[1] for sign, code in _SIGNS.items()})
_TYPED = str.maketrans(dict.fromkeys(map(chr, range(1, 9)), "\x0e"))
_TAG = re.compile(r"\[tag:((?:[^\]\\]|\\.)*)\]")
_NUMBER = re.compile(r"\[id:((?:[^\]\\]|\\.)*)\]")
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_ANSWER = re.compile(r"([=~])([^=~]*)")
_SHARE = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_TRUE = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#(.*))?", re.DOTALL | re.IGNORECASE)


def read_gift(data: bytes, _media: MediaReader) -> list[Draft]:
    """A draft for each question, and one aside for each category. Raises `TableRefused`."""
    text = decode(data).translate(_TYPED).replace("\r\n", "\n").replace("\r", "\n")
    drafts: list[Draft] = []
    number = 0
    for line, block in _blocks(text):
        words = [each for each in block.split("\n") if not each.lstrip().startswith("//")]
        comments = [each.strip()[2:] for each in block.split("\n") if each.lstrip().startswith("//")]
        place = f"line {line}"
        while words and words[0].strip().startswith("$CATEGORY:"):
            lost = Problem.of(place, "element_lost", value=words.pop(0).strip()[:80])
            drafts.append(Draft(line, place, lost=[lost], aside=True))
        if not "".join(words).strip():
            continue
        number += 1
        drafts.append(_Question(Draft(number, place), "\n".join(words), comments).draft)
    if drafts and all("no_braces" in {fault.code for fault in draft.faults} for draft in drafts):
        raise TableRefused(Problem.of("file", "wrong_kind", expected="GIFT", found="text"))
    return drafts


def _blocks(text: str) -> list[tuple[int, str]]:
    """Parts between blank lines, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    fresh = True
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            fresh = True
        elif fresh:
            found.append((number, [line]))
            fresh = False
        else:
            found[-1][1].append(line)
    return [(number, "\n".join(lines)) for number, lines in found]


class _Question:
    """One question being read into its draft."""

    def __init__(self, draft: Draft, block: str, comments: list[str]) -> None:
        self.draft = draft
        self._format = ""
        self._comments(comments)
        text = _ESCAPE.sub(lambda match: _SIGNS[match[0]], block)
        if title := _TITLE.match(text):
            text = text[title.end() :]
            self._title(title[1].translate(_BACK).strip())
        before, opened, rest = text.partition("{")
        answers, closed, after = rest.rpartition("}")
        if not opened or not closed:
            draft.faults.append(Problem.of(draft.place, "no_braces"))
            return
        if marked := _FORMAT.match(before):
            self._format = marked[1].lower()
        if after.strip():
            before = f"{before.rstrip()} \\_\\_\\_ {after.strip()}".replace("\\_", "_")
            draft.changed.append(Problem.of("stem_id", "gap_as_line"))
        self._words("stem", before)
        self._answers(answers)

    def _comments(self, comments: list[str]) -> None:
        for comment in comments:
            self.draft.row.update(cells_of(comment))
            if number := _NUMBER.search(comment):
                self.draft.row["id"] = number[1].strip()
            for found in _TAG.findall(comment):
                tag = re.sub(r"\\(.)", r"\1", found)
                if cell := cell_of(tag):
                    self.draft.row.setdefault(*cell)
                else:
                    self.draft.lost.append(
                        Problem.of(self.draft.place, "element_lost", value=f"tag {tag}"[:80])
                    )

    def _title(self, title: str) -> None:
        if title and title != self.draft.row.setdefault("id", title):
            self.draft.lost.append(Problem.of(self.draft.place, "element_lost", value=f"::{title[:60]}::"))

    def _words(self, field: str, raw: str, letter: str = "") -> None:
        marked = _FORMAT.match(raw)
        kind = marked[1].lower() if marked else self._format
        words = (raw[marked.end() :] if marked else raw).strip().translate(_BACK)
        where = f"{self.draft.place} {field}"
        if kind == "html" or (kind in {"", "moodle"} and re.search(r"</?[a-zA-Z]|\{mlang", words)):
            markup = read_html(words)
        else:
            markup = Markup(words={"id": words}, formatting=["markdown"] if kind == "markdown" else [])
        take_words(self.draft, field, markup, where)
        if markup.shown:
            settle_shown(self.draft, MediaReader(), markup, {}, where, letter)

    def _answers(self, raw: str) -> None:
        raw, general, explanation = raw.partition("####")
        if general:
            self._words("explanation", explanation)
        answers = _ANSWER.findall(raw)
        if pair := _TRUE.fullmatch(raw):
            self._pair(pair[1].upper().startswith("T"), pair[2] or "")
        elif raw.strip().startswith("#") or not any(sign == "~" for sign, _ in answers):
            kind = "numerical" if raw.strip().startswith("#") else "short answer" if answers else "essay"
            kind = "matching" if answers and all("->" in words for _, words in answers) else kind
            self.draft.faults.append(Problem.of(self.draft.place, "type_unknown", value=kind))
        else:
            self._choices(answers)

    def _pair(self, right: bool, feedback: str) -> None:
        row = self.draft.row
        row["type"] = "true_false"
        for letter, text in (("a", TRUE_WORDS), ("b", FALSE_WORDS)):
            row[f"option_{letter}_id"], row[f"option_{letter}_en"] = (
                text.in_language("id"),
                text.in_language("en"),
            )
        ids = split_list(row.get("option_ids", "")) or ["a", "b"]
        row["key"] = ids[0 if right else 1]
        self._feedback(feedback, "true/false")

    def _feedback(self, feedback: str, where: str) -> None:
        words = feedback.replace("#", " ").translate(_BACK).strip()
        if words:
            self.draft.lost.append(
                Problem.of(f"{self.draft.place} {where}", "element_lost", value=f"#{words[:60]}")
            )

    def _choices(self, answers: list[tuple[str, str]]) -> None:
        draft = self.draft
        if len(answers) > len(LETTERS):
            draft.faults.append(
                Problem.of("options", "too_many_options", high=len(LETTERS), count=len(answers))
            )
            return
        single = any(sign == "=" for sign, _ in answers)
        draft.row.setdefault("type", "single_choice" if single else "multiple_response")
        ids = split_list(draft.row.get("option_ids", ""))
        ids = ids if len(ids) == len(answers) else list(LETTERS)
        right, odd = [], []
        for place, (sign, words) in enumerate(answers):
            letter = LETTERS[place]
            share = _SHARE.match(words)
            text, _, feedback = (words[share.end() :] if share else words).partition("#")
            self._words(f"option_{letter}", text, letter)
            self._feedback(feedback, f"option_{letter}")
            worth = float(share[1]) if share else 100.0 if sign == "=" else 0.0
            if (sign == "=" and worth == 100) or (not single and worth > 0):
                right.append(ids[place])
            if share:
                odd.append(worth)
        draft.row["key"] = ", ".join(right)
        usual = set() if single else {round(100 / max(1, len(right)), 2), -100.0}
        if strange := [f"{worth:g}" for worth in odd if round(worth, 2) not in usual]:
            draft.lost.append(Problem.of(draft.place, "partial_credit_lost", value=", ".join(strange)[:60]))
