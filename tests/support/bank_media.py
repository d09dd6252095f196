"""Files behind the made-up media of generated items: each a few bytes that begin as its kind does."""

from dataclasses import replace

from question_bank.formats.media import reference_of
from question_bank.formats.report import MediaFile
from question_bank.item import ItemVersion
from question_bank.text import Text

STARTS = {
    "png": b"\x89PNG\r\n\x1a\n",
    "mp3": b"ID3",
    "ogg": b"OggS",
    "mp4": b"\0\0\0\x18ftypmp42",
}


class BankMedia:
    """A store of media for items whose references were made up: `with_files` gives them real ones."""

    def __init__(self) -> None:
        self.files: dict[str, MediaFile] = {}

    def __call__(self, reference: str) -> MediaFile | None:
        return self.files.get(reference)

    def with_files(self, item: ItemVersion) -> ItemVersion:
        options = tuple(
            replace(option, picture=self._real(option.picture), audio=self._real_text(option.audio))
            for option in item.options
        )
        return replace(
            item,
            options=options,
            picture=self._real(item.picture),
            clip=self._real(item.clip),
            audio=self._real_text(item.audio),
        )

    def _real_text(self, audio: Text) -> Text:
        return Text.of({language: self._real(reference) or "" for language, reference in audio.entries})

    def _real(self, reference: str | None) -> str | None:
        if reference is None or not reference.startswith("media:"):
            return reference
        ending = reference.rpartition(".")[2]
        file = MediaFile(STARTS[ending] + reference.encode(), ending)
        self.files[reference_of(file)] = file
        return reference_of(file)
