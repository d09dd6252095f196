"""What an item lacks: a language, a description, a recording, an article, an explanation."""

from collections.abc import Iterator

from question_bank.item import ItemVersion
from question_bank.lint.remark import LANGUAGE_NAMES, Words
from question_bank.text import Text


def missing_translation(item: ItemVersion) -> Iterator[Words]:
    texts: list[tuple[Words, Text]] = [
        (("the question", "pertanyaan"), item.stem),
        (("the explanation", "penjelasan"), item.explanation),
        (("the description of the picture", "keterangan gambar"), item.picture_alt or Text()),
    ]
    texts += [((f"option {each.id}", f"pilihan {each.id.upper()}"), each.text) for each in item.options]
    for (place, tempat), text in texts:
        for language in text.missing() if text else ():
            english, indonesian = LANGUAGE_NAMES[language]
            yield f"{place} has no words in {english}", f"{tempat} belum ada dalam bahasa {indonesian}"


def picture_without_alt(item: ItemVersion) -> Iterator[Words]:
    if item.picture and not item.picture_alt:
        yield (
            "the picture has no description for people who can't see it",
            "gambar belum diberi deskripsi bagi peserta yang tidak dapat melihatnya",
        )


def audio_in_part(item: ItemVersion) -> Iterator[Words]:
    """A recording of the question alone leaves whoever listens without the options, and the other way round."""
    for language, (english, indonesian) in LANGUAGE_NAMES.items():
        spoken = [item.audio.has(language), *(option.audio.has(language) for option in item.options)]
        if any(spoken) and not all(spoken):
            yield (
                f"only a part is recorded in {english}; the rest would be read by another voice",
                f"rekaman bahasa {indonesian} baru sebagian; sisanya akan dibacakan suara lain",
            )


def no_article(item: ItemVersion) -> Iterator[Words]:
    if not item.article:
        yield "no article is named that the key rests on", "pasal yang menjadi dasar kunci belum disebut"


def no_explanation(item: ItemVersion) -> Iterator[Words]:
    if not item.explanation:
        yield "there is no explanation", "penjelasan belum ada"
