"""The blueprint editor: what is typed is checked against the bank, proposed, and approved by somebody else."""

from examapp.domain.roles import Role
from examapp.services.bank.seed import seed_shipped_items
from tests.support.marks import only_sqlite
from tests.support.people import make_applicant
from tests.support.sitting import begun

pytestmark = only_sqlite


def test_counts_are_checked_while_they_are_typed(platform, person, visit) -> None:
    seed_shipped_items(platform)
    ratna = visit(person(Role.ADMINISTRATOR))
    fine = ratna.post("/admin/blueprints/sim-a/check", {"minutes": "40"}).get_json()
    assert fine["items"] == 30 and "note--green" in fine["html"]
    short = ratna.post("/admin/blueprints/sim-a/check", {"topic_first_aid": "190"}).get_json()
    assert "note--red" in short["html"]
    missing = ratna.post(
        "/admin/blueprints/sim-a/check",
        {"topic_markings": "60", **{f"{level}_max": "99" for level in ("easy", "medium", "hard")}},
    ).get_json()
    assert "note--red" in missing["html"] and "60" in missing["html"]
    words = ratna.post("/admin/blueprints/sim-a/check", {"minutes": "<b>tiga</b>"}).get_json()
    assert "&lt;b&gt;" in words["html"] and "<b>tiga" not in words["html"]


def test_a_version_goes_from_the_form_to_the_second_person(platform, person, visit) -> None:
    seed_shipped_items(platform)
    ratna, budi = (visit(person(Role.ADMINISTRATOR)) for _ in range(2))
    unclear = ratna.post("/admin/blueprints/sim-a", {"minutes": "lama"})
    assert unclear.status_code == 422 and "lama" in unclear.get_data(as_text=True)
    assert ratna.post("/admin/blueprints/sim-a", {"minutes": "45", "note": "Lebih lama"}).status_code == 302
    assert ratna.post("/admin/blueprints/sim-a", {"minutes": "50"}).status_code == 409
    page = budi.get("/admin/blueprints/sim-a").get_data(as_text=True)
    assert "Lebih lama" in page and 'value="approve"' in page
    assert 'value="approve"' not in ratna.get("/admin/blueprints/sim-a").get_data(as_text=True)
    assert budi.post("/admin/blueprints/sim-a/versions/2", {"decision": "approve"}).status_code == 302
    assert 'value="45"' in budi.get("/admin/blueprints/sim-a").get_data(as_text=True)


def test_the_exposure_page_has_a_row_for_every_item(platform, person, visit) -> None:
    begun(platform, make_applicant(platform))
    begun(platform, make_applicant(platform))
    ratna = visit(person(Role.ADMINISTRATOR))
    page = ratna.get("/admin/blueprints/sim-a/exposure").get_data(as_text=True)
    assert page.count('<rect class="bar-value') == page.count("/admin/items/") - page.count(
        'href="/admin/items/"'
    )
    assert 'href="/admin/blueprints/sim-a"' in page
    assert ratna.get("/admin/blueprints/sim-z/exposure").status_code == 404
    assert ratna.get("/admin/blueprints").status_code == 200


def test_an_empty_bank_says_what_is_missing_in_the_readers_language(person, visit) -> None:
    page = visit(person(Role.ADMINISTRATOR)).get("/admin/blueprints").get_data(as_text=True)
    assert "kurang 6" in page or "6 are missing" in page
