"""Hypothesis strategies for the values of the rules."""

from hypothesis import strategies as st

from question_bank.item import (
    PART_OF_TOPIC,
    SHAPES,
    Competency,
    Difficulty,
    ItemType,
    ItemVersion,
    Option,
    Region,
    RegionShape,
    Topic,
)
from question_bank.licence import LicenceClass
from question_bank.text import Text

# Everything an author may type, the awkward included: HTML, formulas, quotes, semicolons, line breaks, emoji.
_AWKWARD = [
    "=SUM(A1)",
    "+62",
    "-1",
    "@cmd",
    "'quoted",
    "''=x",
    "<b>tebal</b>",
    "<script>alert(1)</script>",
    'kata "kutip"; lalu, koma',
    "baris\nbaru",
    "_x0041_",
    "1e5",
    "TRUE",
    "0012",
    "🚦 lampu",
    "a|b",
    "#N/A",
]
_LETTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Cn", "Co"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
words = st.one_of(st.sampled_from(_AWKWARD), st.text(_LETTERS, min_size=1, max_size=60)).filter(
    lambda text: bool(Text.of(id=text))
)
lines = st.one_of(st.just(""), words).map(lambda text: Text.of(id=text).in_language("id"))


def texts(*, required: bool = True) -> st.SearchStrategy[Text]:
    """Texts in Indonesian, some with English."""
    both = st.builds(lambda own, other: Text.of(id=own, en=other), words, st.one_of(st.just(""), words))
    return both if required else st.one_of(st.just(Text()), both)


item_ids = st.integers(0, 9999).map(lambda number: f"RAM-{number:04d}")
pictures = st.one_of(
    st.none(),
    st.sampled_from(["sign:warning/y-junction", "scene:four-arm-left-priority", f"media:{'0a' * 32}.png"]),
)


# Values of the shape that lies in a picture and is large enough for a finger.
regions = st.one_of(
    st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(500, 1000), st.integers(500, 1000)).map(
        lambda coords: Region(RegionShape.RECT, coords)
    ),
    st.tuples(st.integers(0, 1000), st.integers(0, 1000), st.integers(30, 400)).map(
        lambda coords: Region(RegionShape.CIRCLE, coords)
    ),
    st.lists(st.integers(0, 1000), max_size=12).map(
        lambda more: Region(RegionShape.POLY, (10, 10, 900, 40, 500, 800, *more[: len(more) // 2 * 2]))
    ),
)
recordings = st.one_of(
    st.just(Text()),
    st.just(Text.of(id=f"media:{'0b' * 32}.mp3")),
    st.just(Text.of(en=f"media:{'0c' * 32}.ogg")),
)
clips = st.one_of(st.none(), st.sampled_from([f"media:{'0d' * 32}.mp4", "scene:four-arm-left-priority"]))


def _looks(text: Text, language: str) -> str:
    return " ".join(text.in_language(language).casefold().split())


@st.composite
def items(draw: st.DrawFn, item_id: st.SearchStrategy[str] = item_ids) -> ItemVersion:
    """Items that `check_item` accepts."""
    kind = draw(st.sampled_from(ItemType))
    shape = SHAPES[kind]
    size = draw(st.integers(shape.min_options, shape.max_options))
    wordings = draw(
        st.lists(
            texts(),
            min_size=size,
            max_size=size,
            unique_by=(lambda text: _looks(text, "id"), lambda text: _looks(text, "en")),
        )
    )
    options = tuple(
        Option(
            "abcdef"[place], text, draw(pictures), draw(recordings), draw(regions) if shape.regions else None
        )
        for place, text in enumerate(wordings)
    )
    ids = [option.id for option in options]
    keys = st.frozensets(st.sampled_from(ids), min_size=shape.min_keys, max_size=shape.max_keys)
    topic = draw(st.sampled_from(Topic))
    own_id = draw(item_id)
    return ItemVersion(
        item_id=own_id,
        version=draw(st.integers(1, 99)),
        type=kind,
        part=PART_OF_TOPIC[topic],
        topic=topic,
        classes=draw(st.frozensets(st.sampled_from(LicenceClass), min_size=1)),
        difficulty=draw(st.sampled_from(Difficulty)),
        stem=draw(texts()),
        options=options,
        key=draw(keys) if not shape.ordered else frozenset(),
        explanation=draw(texts(required=False)),
        article=draw(lines),
        picture=draw(pictures.filter(bool) if shape.regions else pictures),
        picture_alt=draw(texts(required=False)) or None,
        enemies=draw(st.frozensets(item_ids, max_size=3)) - {own_id},
        source=draw(lines),
        author=draw(lines),
        weight=draw(st.integers(1, 5)),
        order=tuple(draw(st.permutations(ids))) if shape.ordered else (),
        clip=draw(clips),
        audio=draw(recordings),
        competency=draw(st.one_of(st.none(), st.sampled_from(Competency))),
    )


def distinct_items(max_size: int = 8) -> st.SearchStrategy[list[ItemVersion]]:
    return st.lists(items(), max_size=max_size, unique_by=lambda item: item.item_id)
