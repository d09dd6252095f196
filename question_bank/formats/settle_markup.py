"""Words and media of a piece of HTML into the cells of a draft; what plain text has no place for into its report."""

from collections.abc import Mapping

from question_bank.formats.drafts import Draft
from question_bank.formats.markup import Markup, Shown
from question_bank.formats.media import FILMS, PICTURES, SOUNDS, MediaReader, seen_in
from question_bank.problem import Problem

_PLUGINFILE = "@@PLUGINFILE@@/"
_KINDS = {"picture": PICTURES, "sound": SOUNDS, "film": FILMS}


def take_words(draft: Draft, field: str, markup: Markup, where: str) -> None:
    """The words by language into `field`'s cells, and what was dropped of the markup into the report."""
    for language, words in markup.words.items():
        draft.row[f"{field}_{language}"] = words
    if markup.formatting:
        names = " ".join(dict.fromkeys(markup.formatting))
        draft.changed.append(Problem.of(where, "formatting_dropped", value=names[:80]))
    draft.lost += [Problem.of(where, "element_lost", value=each[:80]) for each in markup.dropped]


def settle_shown(
    draft: Draft,
    media: MediaReader,
    markup: Markup,
    files: Mapping[str, bytes | None],
    where: str,
    letter: str = "",
) -> None:
    """Pictures, recordings and the clip of a stem, or of an option when `letter` is given.

    `files` by the name in the address. The first of each place is taken in; every other one, and a file that nothing
    shows, is reported.
    """
    prefix = f"option_{letter}_" if letter else ""
    wanted = {f"{prefix}picture", f"{prefix}audio_id", f"{prefix}audio_en"} | (set() if letter else {"clip"})
    if draft.row.get("type") == "hotspot":
        wanted.discard("picture")
    named = {column for column in wanted if draft.row.get(column)}
    used: set[str] = set()
    for shown in markup.shown:
        name = shown.source.removeprefix(_PLUGINFILE).replace("%20", " ")
        column = f"{prefix}{_column(shown)}"
        if column not in wanted or name not in files:
            draft.lost.append(
                Problem.of(where, "element_lost", value=f"<{shown.kind}> {shown.source or '?'}"[:80])
            )
            used.add(name)
            continue
        wanted.discard(column)
        used.add(name)
        media.settle(draft, column, files[name], _KINDS[shown.kind], where)
        if column == "picture":
            _alt(draft, shown.alt)
    for column in sorted(named & wanted):
        media.settle(draft, column, None, PICTURES, where)
    draft.lost += [
        Problem.of(where, "element_lost", value=f"<file> {name}"[:80]) for name in files if name not in used
    ]


def _column(shown: Shown) -> str:
    if shown.kind == "sound":
        return f"audio_{shown.language or 'id'}"
    return "clip" if shown.kind == "film" or shown.role == "clip" else "picture"


def _alt(draft: Draft, alt: str) -> None:
    """A description of the picture counts, unless it is the one that our own drawing brings."""
    known = draft.row.get("picture_alt_id") or seen_in(draft.row.get("picture", ""))
    if alt and " ".join(alt.split()) != " ".join(known.split()):
        draft.row["picture_alt_id"] = alt
