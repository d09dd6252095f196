"""Which faults make an item unfit to be stored or asked."""

import re
from collections.abc import Iterator

from question_bank.item import PART_OF_TOPIC, ItemVersion, Option
from question_bank.problem import Problem
from question_bank.regions import check_regions
from question_bank.text import LANGUAGES, PRIMARY_LANGUAGE, Text

ITEM_ID = re.compile(r"[A-Z]{3}-\d{4}", re.ASCII)
OPTION_ID = re.compile(r"[a-z][a-z0-9_]{0,15}", re.ASCII)
PICTURE = re.compile(
    r"sign:[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*){0,3}"
    r"|scene:[a-z0-9]+(?:-[a-z0-9]+)*"
    r"|media:[0-9a-f]{64}\.(?:png|jpg|jpeg|webp)",
    re.ASCII,
)
AUDIO = re.compile(r"media:[0-9a-f]{64}\.(?:mp3|ogg|m4a|wav)", re.ASCII)
CLIP = re.compile(r"media:[0-9a-f]{64}\.(?:mp4|webm)|scene:[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
LIMITS = {"stem": 1000, "option": 400, "explanation": 2000, "picture_alt": 600, "article": 300, "source": 300}
AUTHOR_LIMIT = 200
PICTURE_LIMIT = 200
MAX_WEIGHT = 5

# Control characters except the line break, lone surrogates and non-characters; and directional overrides, which let a
# text show other words than it holds: no Indonesian or English item needs them.
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(
    rf"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069{_NO_CHARACTERS}]"
)


def check_item(item: ItemVersion) -> tuple[Problem, ...]:
    """Every fault of `item`, in the order of its fields; empty when it may be stored.

    HTML is no fault: every text is plain text, shown letter by letter and never interpreted.
    """
    return (
        *_identity(item),
        *_words("stem", item.stem, LIMITS["stem"], required=True),
        *_options(item),
        *_key(item),
        *_words("explanation", item.explanation, LIMITS["explanation"]),
        *_line("article", item.article, LIMITS["article"]),
        *_picture("picture", item.picture),
        *_words("picture_alt", item.picture_alt or Text(), LIMITS["picture_alt"]),
        *_clip(item.clip),
        *_recordings("audio", item.audio),
        *_line("source", item.source, LIMITS["source"]),
        *_line("author", item.author, AUTHOR_LIMIT),
        *_enemies(item),
    )


def _identity(item: ItemVersion) -> Iterator[Problem]:
    if not ITEM_ID.fullmatch(item.item_id):
        yield Problem.of("id", "bad_item_id", value=item.item_id[:40])
    if item.version < 1:
        yield Problem.of("version", "out_of_range", low=1, high=10**6, value=item.version)
    if not 1 <= item.weight <= MAX_WEIGHT:
        yield Problem.of("weight", "out_of_range", low=1, high=MAX_WEIGHT, value=item.weight)
    if not item.classes:
        yield Problem.of("classes", "missing")
    if PART_OF_TOPIC[item.topic] is not item.part:
        yield Problem.of("part", "part_topic_mismatch", topic=item.topic, part=PART_OF_TOPIC[item.topic])


def _options(item: ItemVersion) -> Iterator[Problem]:
    count, shape = len(item.options), item.shape
    if count < shape.min_options:
        yield Problem.of("options", "too_few_options", low=shape.min_options, count=count)
    if count > shape.max_options:
        yield Problem.of("options", "too_many_options", high=shape.max_options, count=count)
    for option in item.options:
        if not OPTION_ID.fullmatch(option.id):
            yield Problem.of("options", "bad_option_id", value=option.id[:40])
        yield from _words(f"options.{option.id}.text", option.text, LIMITS["option"], required=True)
        yield from _picture(f"options.{option.id}.picture", option.picture)
        yield from _recordings(f"options.{option.id}.audio", option.audio)
    yield from _twins(item.options)
    yield from check_regions(item)


def _twins(options: tuple[Option, ...]) -> Iterator[Problem]:
    """Options that an applicant could not tell apart, or that carry one id."""
    ids = [option.id for option in options]
    for option_id in sorted({option_id for option_id in ids if ids.count(option_id) > 1}):
        yield Problem.of("options", "duplicate_option_id", value=option_id)
    for language in LANGUAGES:
        seen: dict[tuple[str, str | None], str] = {}
        for option in options:
            if not option.text.has(language):
                continue
            # Under a picture the same caption may stand twice; the pictures tell them apart.
            looks = (" ".join(option.text.in_language(language).casefold().split()), option.picture)
            if looks in seen:
                yield Problem.of(
                    f"options.{option.id}.text.{language}", "duplicate_option_text", other=seen[looks]
                )
            seen.setdefault(looks, option.id)


def _key(item: ItemVersion) -> Iterator[Problem]:
    yield from _order(item)
    if item.shape.ordered:
        if item.key:
            yield Problem.of("key", "order_instead")
        return
    if not item.key:
        yield Problem.of("key", "missing")
    for stray in sorted(item.key - set(item.option_ids)):
        yield Problem.of("key", "key_not_an_option", value=stray[:40])
    if len(item.key) > item.shape.max_keys:
        yield Problem.of("key", "too_many_keys", high=item.shape.max_keys, count=len(item.key))


def _order(item: ItemVersion) -> Iterator[Problem]:
    if not item.shape.ordered:
        if item.order:
            yield Problem.of("order", "no_order_here")
    elif not item.order:
        yield Problem.of("order", "missing")
    elif sorted(item.order) != sorted(item.option_ids):
        yield Problem.of("order", "order_incomplete")


def _enemies(item: ItemVersion) -> Iterator[Problem]:
    for enemy in sorted(item.enemies):
        if not ITEM_ID.fullmatch(enemy):
            yield Problem.of("enemies", "bad_item_id", value=enemy[:40])
        elif enemy == item.item_id:
            yield Problem.of("enemies", "enemy_of_itself")


def _words(field: str, text: Text, limit: int, *, required: bool = False) -> Iterator[Problem]:
    if required and not text.has(PRIMARY_LANGUAGE):
        yield Problem.of(f"{field}.{PRIMARY_LANGUAGE}", "missing")
    for language, words in text.entries:
        if language not in LANGUAGES:
            yield Problem.of(field, "unknown_language", value=language[:40])
        yield from _line(f"{field}.{language}", words, limit)


def _line(field: str, words: str, limit: int) -> Iterator[Problem]:
    if len(words) > limit:
        yield Problem.of(field, "too_long", limit=limit, length=len(words))
    found = _FORBIDDEN.search(words)
    if found:
        character = f"U+{ord(found[0]):04X}"
        yield Problem.of(field, "control_character", character=character, place=found.start() + 1)


def _picture(field: str, reference: str | None) -> Iterator[Problem]:
    if reference is not None and not _is_reference(reference, PICTURE):
        yield Problem.of(field, "bad_picture", value=reference[:80])


def _clip(reference: str | None) -> Iterator[Problem]:
    if reference is not None and not _is_reference(reference, CLIP):
        yield Problem.of("clip", "bad_clip", value=reference[:80])


def _recordings(field: str, audio: Text) -> Iterator[Problem]:
    for language, reference in audio.entries:
        if language not in LANGUAGES:
            yield Problem.of(field, "unknown_language", value=language[:40])
        if not _is_reference(reference, AUDIO):
            yield Problem.of(f"{field}.{language}", "bad_audio", value=reference[:80])


def _is_reference(reference: str, kind: re.Pattern[str]) -> bool:
    return len(reference) <= PICTURE_LIMIT and kind.fullmatch(reference) is not None
