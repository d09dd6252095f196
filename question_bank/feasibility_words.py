"""Why a bank gives no form, in words of either language."""

from typing import Any

from question_bank.feasibility import Infeasible, Shortage

_TOPICS = {
    "signs": ("Signs", "Rambu"),
    "markings": ("Road markings", "Marka jalan"),
    "right_of_way": ("Right of way", "Hak utama"),
    "speed": ("Speed", "Kecepatan"),
    "safety": ("Safety", "Keselamatan"),
    "ethics": ("Ethics", "Etika"),
    "vehicle": ("Vehicle basics", "Dasar kendaraan"),
    "law": ("Law", "Hukum"),
    "first_aid": ("First aid", "Pertolongan pertama"),
    "hazard": ("Hazards", "Bahaya"),
}
_LEVELS = {"easy": ("easy", "mudah"), "medium": ("medium", "sedang"), "hard": ("hard", "sulit")}
_FAMILIES = {
    "difficulty_mix": ("the expected difficulty", "tingkat kesulitan yang diharapkan"),
    "weight": ("the total weight", "jumlah bobot"),
    "information": ("the information at the cut score", "informasi tes di sekitar batas lulus"),
    "enemies": ("items that may not meet in one form", "soal yang tidak boleh bertemu dalam satu paket"),
    "same_picture": ("items that show the same picture", "soal dengan gambar yang sama"),
}
_SENTENCES = {
    "topic": (
        "Topic {what}: a form takes {required}, the bank has {available}; {missing} are missing.",
        "Topik {what}: satu paket memerlukan {required}, bank memiliki {available}; kurang {missing}.",
    ),
    "difficulty": (
        "Of {what} items at least {required} are wanted, at most {available} can be had; {missing} are missing.",
        "Soal {what} diminta sedikitnya {required}, yang dapat dipakai paling banyak {available}; kurang {missing}.",
    ),
    "difficulty_above": (
        "Of {what} items at most {required} are allowed, but the topics force {available}; {missing} items of "
        "another difficulty are missing.",
        "Soal {what} paling banyak {required}, tetapi topiknya memaksa {available}; kurang {missing} soal dengan "
        "tingkat kesulitan lain.",
    ),
    "contradiction": (
        "No bank could meet this: the demands contradict each other.",
        "Tidak ada bank soal yang dapat memenuhi ini: permintaannya saling bertentangan.",
    ),
    "family": (
        "No form keeps {what}; at least {missing} items must be added.",
        "Tidak ada paket yang memenuhi {what}; sedikitnya {missing} soal perlu ditambahkan.",
    ),
}
_WANTED = (
    "The shortest way: write {items}.",
    "Jalan terpendek: tulis {items}.",
)


def explain(error: Infeasible, language: str) -> tuple[str, ...]:
    """Sentences in `language` (`id`, else English): each constraint with what is missing, then what to write."""
    place = 1 if language == "id" else 0
    sentences = [_sentence(reason, place) for reason in error.reasons]
    if error.wanted:
        items = ", ".join(
            f"{want.count} × {_TOPICS[want.topic.value][place]} ({_LEVELS[want.difficulty.value][place]})"
            for want in error.wanted
        )
        sentences.append(_WANTED[place].format(items=items))
    return tuple(sentences)


def as_dict(error: Infeasible) -> dict[str, Any]:
    """For programs: the reasons, their sentences in both languages, and the shortest list of items to write."""
    return {
        "blueprint": error.blueprint,
        "reasons": [
            {
                "constraint": reason.constraint,
                "required": reason.required,
                "available": reason.available,
                "missing": reason.missing,
                "en": _sentence(reason, 0),
                "id": _sentence(reason, 1),
            }
            for reason in error.reasons
        ],
        "wanted": [
            {"topic": want.topic.value, "difficulty": want.difficulty.value, "count": want.count}
            for want in error.wanted
        ],
    }


def _sentence(reason: Shortage, place: int) -> str:
    kind, _, what = reason.constraint.partition(":")
    if kind not in _SENTENCES:
        joined = (" dan ", " and ")[place == 0].join(_FAMILIES[name][place] for name in kind.split("+"))
        kind, what = "family", joined
    elif kind == "topic":
        what = _TOPICS[what][place]
    elif what:
        what = _LEVELS[what][place]
    return _SENTENCES[kind][place].format(
        what=what, required=reason.required, available=reason.available, missing=reason.missing
    )
