"""The psychologist's pages: what they show, what they leave out, and a decision that can't be used."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from examapp.domain.roles import Role
from examapp.services.platform import Platform
from scoring.reasons import describe
from tests.support.battery import ready, renewal, sit_battery
from tests.support.browserless import Browserless
from tests.support.people import Person, make_staff

NUMBER = "SIPP 0123-19-2-1"


@pytest.fixture
def waiting(platform: Platform) -> UUID:
    applicant = renewal(platform, name="Sari Wulandari")
    attempt_id = ready(platform, applicant)
    sit_battery(platform, applicant, attempt_id, careless=True)
    return attempt_id


@pytest.fixture
def desk(platform: Platform, visit: Callable[[Person], Browserless]) -> Browserless:
    return visit(make_staff(platform, Role.PSYCHOLOGIST))


def text(visitor: Browserless, path: str) -> str:
    reply = visitor.get(path)
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def test_a_report_says_what_each_figure_means_and_that_there_is_no_norm(
    desk: Browserless, waiting: UUID
) -> None:
    page = text(desk, f"/psychology/{waiting}")
    # Said to the psychologist, about the applicant.
    assert "Belum ada norma" in page and "jawaban pemohon" in page
    assert describe("no_norm", "id") not in page and "reaksi Anda" not in page
    assert describe("open_cognitive", "id") in page
    assert "Ketahanan kerja belum dinilai" in page
    assert "Sari Wulandari" in page
    # Flags in words, for the psychologist; no percentile without a norm.
    assert "44 kali berturut-turut" in page
    assert not re.search(r"<b>P\d+</b>", page)
    assert "<img" not in page


def test_it_is_decided_from_the_page_and_shown_as_decided(desk: Browserless, waiting: UUID) -> None:
    assert desk.post(f"/psychology/{waiting}/claim").status_code == 302
    decided = desk.post(
        f"/psychology/{waiting}/decision",
        {
            "decision": "invalid",
            "registration_number": NUMBER,
            "reason": "Jawaban yang sama pada semua pernyataan.",
        },
    )
    assert decided.status_code == 302
    page = text(desk, f"/psychology/{waiting}")
    assert NUMBER in page and "Jawaban yang sama pada semua pernyataan." in page
    assert 'name="decision"' not in page
    again = desk.post(f"/psychology/{waiting}/decision", {"decision": "fit", "registration_number": NUMBER})
    assert again.status_code == 409


def test_what_was_written_stays_when_the_reason_is_too_short(desk: Browserless, waiting: UUID) -> None:
    desk.post(f"/psychology/{waiting}/claim")
    reply = desk.post(
        f"/psychology/{waiting}/decision",
        {"decision": "unfit", "registration_number": NUMBER, "reason": "kurang <b>baik</b>"},
    )
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert "20" in page and NUMBER in page and "kurang &lt;b&gt;baik&lt;/b&gt;" in page
    assert 'aria-invalid="true"' in page


def test_without_a_choice_nothing_is_decided(desk: Browserless, waiting: UUID) -> None:
    desk.post(f"/psychology/{waiting}/claim")
    assert desk.post(f"/psychology/{waiting}/decision", {"registration_number": NUMBER}).status_code == 422
    assert 'name="decision"' in text(desk, f"/psychology/{waiting}")


def test_a_second_psychologist_sees_who_works_on_it(
    platform: Platform, desk: Browserless, waiting: UUID, visit: Callable[[Person], Browserless]
) -> None:
    desk.post(f"/psychology/{waiting}/claim")
    other = visit(make_staff(platform, Role.PSYCHOLOGIST))
    page = text(other, f"/psychology/{waiting}")
    assert 'name="decision"' not in page and "/claim" not in page
    refused = other.post(f"/psychology/{waiting}/claim")
    assert refused.status_code == 409
    desk.post(f"/psychology/{waiting}/release")
    assert "/claim" in text(other, f"/psychology/{waiting}")


def test_a_report_that_does_not_exist_is_not_found(desk: Browserless) -> None:
    assert desk.get("/psychology/00000000-0000-4000-8000-000000000000").status_code == 404


def test_the_psychology_page_is_its_applicant_s_alone_and_leads_on(
    platform: Platform, visit: Callable[[Person], Browserless]
) -> None:
    applicant = renewal(platform)
    attempt_id = ready(platform, applicant)
    mine = visit(applicant)
    page = text(mine, f"/sittings/{attempt_id}/psychology")
    assert 'id="psychology"' in page and "{minutes}" in page
    assert visit(renewal(platform)).get(f"/sittings/{attempt_id}/psychology").status_code == 404
    sit_battery(platform, applicant, attempt_id)
    after = mine.get(f"/sittings/{attempt_id}/psychology")
    assert after.status_code == 302 and after.location.endswith(f"/sittings/{attempt_id}/result")
