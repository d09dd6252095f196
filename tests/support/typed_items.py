"""One item of each type, approved into the bank, and a sitting whose form begins with them."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete

from examapp.domain.roles import Role
from examapp.persistence.records.attempts import FormItem
from examapp.persistence.records.bank import Item
from examapp.services.platform import Platform
from tests.support.bank_items import approved
from tests.support.people import Person, make_staff
from tests.support.sitting import begun


def _options(*pairs: tuple[str, str], **more: Any) -> list[dict[str, Any]]:
    return [
        {"id": letter, "text": {"id": here, "en": there}} | {name: values[n] for name, values in more.items()}
        for n, (letter, (here, there)) in enumerate(zip("abcdef", pairs, strict=False))
    ]


MULTIPLE = {
    "id": "TIP-0001",
    "type": "multiple_response",
    "topic": "vehicle",
    "picture": None,
    "stem": {
        "id": "Apa yang Anda periksa sebelum perjalanan jauh?",
        "en": "What do you check before a long drive?",
    },
    "options": _options(
        ("Tekanan angin ban", "The pressure of the tyres"),
        ("Warna cat kendaraan", "The colour of the paint"),
        ("Rem dan lampu", "Brakes and lights"),
        ("Jumlah pengikut media sosial", "The number of followers"),
    ),
    "key": ["a", "c"],
}
ORDERING = {
    "id": "TIP-0002",
    "type": "ordering",
    "part": "insight",
    "topic": "first_aid",
    "picture": None,
    "stem": {
        "id": "Anda tiba pertama di tempat kecelakaan. Apa yang Anda lakukan, dari yang pertama?",
        "en": "You are the first to arrive at an accident. What do you do, from the first on?",
    },
    "options": _options(
        ("Menelepon 112 dan menyebut tempatnya", "Call 112 and say where it is"),
        ("Mengamankan tempat dengan segitiga pengaman", "Secure the place with a warning triangle"),
        ("Menolong yang terluka sampai petugas datang", "Help the injured until help arrives"),
        ("Menceritakan kejadian kepada petugas", "Tell the officers what happened"),
    ),
    "key": [],
    "order": ["b", "a", "c", "d"],
}
HOTSPOT = {
    "id": "TIP-0003",
    "type": "hotspot",
    "part": "hazard",
    "topic": "right_of_way",
    "picture": "sign:warning/y-junction",
    "stem": {"id": "Di bagian mana jalan bercabang?", "en": "Where does the road fork?"},
    "options": _options(
        ("Bagian atas", "The upper part"),
        ("Bagian tengah", "The middle"),
        ("Bagian bawah", "The lower part"),
        region=[
            {"shape": "rect", "coords": [250, 150, 750, 380]},
            {"shape": "circle", "coords": [500, 520, 110]},
            {"shape": "poly", "coords": [420, 680, 580, 680, 500, 900]},
        ],
    ),
    "key": ["b"],
}
TRUE_FALSE = {
    "id": "TIP-0004",
    "type": "true_false",
    "picture": "sign:warning/y-junction",
    "stem": {
        "id": "Rambu ini memberi tahu bahwa jalan bercabang.",
        "en": "This sign says that the road forks.",
    },
    "options": _options(("Benar", "True"), ("Salah", "False")),
    "key": ["a"],
}
TYPED = (MULTIPLE, ORDERING, HOTSPOT, TRUE_FALSE)


def _known(platform: Platform, content: dict[str, Any]) -> str:
    item_id = str(content["id"])
    with platform.reading() as db:
        if db.get(Item, item_id) is not None:
            return item_id
    author, second = (make_staff(platform, Role.ADMINISTRATOR) for _ in range(2))
    changes = {name: value for name, value in content.items() if name != "id"}
    return approved(platform, author, second, item_id=item_id, **changes)


def begun_with(platform: Platform, applicant: Person, *contents: dict[str, Any]) -> UUID:
    """A sitting in its theory exam, whose form holds just these items, each with its options in order."""
    item_ids = [_known(platform, content) for content in contents]
    attempt_id = begun(platform, applicant)
    with platform.writing() as tx:
        tx.session.execute(delete(FormItem).where(FormItem.attempt_id == attempt_id))
        tx.session.add_all(
            FormItem(
                attempt_id=attempt_id,
                position=position,
                item_id=item_id,
                version=1,
                option_order=[option["id"] for option in content["options"]],
            )
            for position, (item_id, content) in enumerate(zip(item_ids, contents, strict=True), 1)
        )
    return attempt_id
