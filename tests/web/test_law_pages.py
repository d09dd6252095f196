"""The law register and the checks of keys, through their pages."""

from examapp.domain.roles import Role
from examapp.services.bank import editing
from tests.support.bank_items import content
from tests.support.marks import only_sqlite

pytestmark = only_sqlite


def test_registering_an_article_and_recording_a_check(platform, person, visit) -> None:
    author, second = person(Role.ADMINISTRATOR), person(Role.ADMINISTRATOR)
    item = editing.create_item(platform, author.actor, content())
    visitor = visit(second)
    assert "disebut, belum terdaftar" in visitor.get("/admin/law").text
    given = {
        "revision": "0",
        "title_id": "Rambu peringatan",
        "reference": "BN 2014",
        "valid_until": "2020-01-01",
    }
    assert visitor.post("/admin/law/pm-13-2014/8", given).status_code == 302
    page = visitor.get("/admin/law/pm-13-2014/8").text
    assert item.item_id in page and "BN 2014" in page
    check = {"version": "1", "kind": "second", "outcome": "agrees", "source": "BN 2014, hlm. 7"}
    assert visitor.post(f"/admin/items/{item.item_id}/key-checks", check).status_code == 302
    assert "BN 2014, hlm. 7" in visitor.get(f"/admin/items/{item.item_id}/history").text


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(platform, person, visit) -> None:
    editing.create_item(platform, person(Role.ADMINISTRATOR).actor, content())
    given = {"revision": "0", "title_id": "", "reference": "BN 2014", "valid_from": "besok"}
    answer = visit(person(Role.ADMINISTRATOR)).post("/admin/law/pm-13-2014/8", given)
    assert answer.status_code == 422
    assert "BN 2014" in answer.text and "field-error" in answer.text


def test_an_article_nobody_cites_is_not_there(person, visit) -> None:
    assert visit(person(Role.ADMINISTRATOR)).get("/admin/law/uu-1-1900/1").status_code == 404
