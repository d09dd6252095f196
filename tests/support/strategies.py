"""Hypothesis strategies for the values of the rules."""

from hypothesis import strategies as st

from question_bank.item import PART_OF_TOPIC, Difficulty, ItemType, ItemVersion, Option, Topic
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


def _looks(text: Text, language: str) -> str:
    return " ".join(text.in_language(language).casefold().split())


@st.composite
def items(draw: st.DrawFn, item_id: st.SearchStrategy[str] = item_ids) -> ItemVersion:
    """Items that `check_item` accepts."""
    kind = draw(st.sampled_from(ItemType))
    size = 2 if kind is ItemType.TRUE_FALSE else draw(st.integers(2, 6))
    wordings = draw(
        st.lists(
            texts(),
            min_size=size,
            max_size=size,
            unique_by=(lambda text: _looks(text, "id"), lambda text: _looks(text, "en")),
        )
    )
    options = tuple(Option("abcdef"[place], text, draw(pictures)) for place, text in enumerate(wordings))
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
        key=frozenset({draw(st.sampled_from(options)).id}),
        explanation=draw(texts(required=False)),
        article=draw(lines),
        picture=draw(pictures),
        picture_alt=draw(texts(required=False)) or None,
        enemies=draw(st.frozensets(item_ids, max_size=3)) - {own_id},
        source=draw(lines),
        author=draw(lines),
        weight=draw(st.integers(1, 5)),
    )


def distinct_items(max_size: int = 8) -> st.SearchStrategy[list[ItemVersion]]:
    return st.lists(items(), max_size=max_size, unique_by=lambda item: item.item_id)
