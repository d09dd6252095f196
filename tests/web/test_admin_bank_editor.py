"""The editor over HTTP: each kind of question is kept as it is, tabs say what is whole, two know of each other."""

from collections.abc import Callable

import pytest

from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account
from examapp.services.bank.reading import read_dossier
from examapp.services.platform import Platform
from tests.support import bank_items
from tests.support.browserless import Browserless
from tests.support.people import Person

Visit = Callable[[Person | None], Browserless]


@pytest.fixture
def ratna(person: Callable[[Role], Person]) -> Person:
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def budi(person: Callable[[Role], Person]) -> Person:
    return person(Role.ADMINISTRATOR)


def typed(**changes: object) -> dict[str, object]:
    """What the editor's form sends."""
    return bank_items.row(1, **{"classes": ["A", "C"]}) | changes  # type: ignore[arg-type]


def test_what_another_type_had_is_not_saved_with_this_one(
    platform: Platform, visit: Visit, ratna: Person
) -> None:
    sent = typed(
        type="ordering",
        option_c_id="Terakhir",
        order="c, a, b",
        key=["a"],
        option_a_region="rect 0 0 500 500",
    )
    assert visit(ratna).post("/admin/items/new", sent).status_code == 302
    item = read_dossier(platform, ratna.actor, "UJI-0001").current
    assert (item.order, item.key, item.options[0].region) == (("c", "a", "b"), frozenset(), None)
    sent |= {"type": "multiple_response", "key": ["a", "c"], "revision": "1"}
    assert visit(ratna).post("/admin/items/UJI-0001", sent).status_code == 302
    item = read_dossier(platform, ratna.actor, "UJI-0001").current
    assert (item.order, item.key) == ((), frozenset({"a", "c"}))


def test_a_tab_is_ticked_when_its_language_is_whole(visit: Visit, ratna: Person) -> None:
    visitor = visit(ratna)

    def complete(**more: str) -> list[str]:
        return visitor.post("/admin/items/preview", typed(**more)).get_json()["complete"]

    assert complete() == ["id"]
    english = {"stem_en": "Which?", "option_a_en": "This", "option_b_en": "That"}
    assert complete(**english) == ["en", "id"]
    assert complete(**english, explanation_id="Karena begitu.") == ["id"]
    assert complete(picture="sign:warning/y-junction", article="PM 13/2014 Pasal 8") == [
        "id",
        "law",
        "pictures",
    ]


def test_two_who_have_one_item_open_are_told_of_each_other_and_of_a_save(
    platform: Platform, visit: Visit, ratna: Person, budi: Person
) -> None:
    item_id = bank_items.approved(platform, ratna, budi)
    here = {"revision": str(bank_items.revision(platform, ratna, item_id))}
    path = f"/admin/items/{item_id}/editing"
    assert visit(ratna).post(path, here).get_json() == {"words": ""}
    with platform.reading() as db:
        names = [db.get_one(Account, each.account_id).display_name for each in (ratna, budi)]
    assert names[0] in visit(budi).post(path, here).get_json()["words"]
    assert names[1] in visit(ratna).post(path, here).get_json()["words"]
    version = bank_items.edit(platform, budi, item_id, article="PM 13/2014 Pasal 11")
    words = visit(ratna).post(path, here).get_json()["words"]
    assert names[1] in words and f"versi {version}" in words
