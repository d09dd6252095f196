"""The law register: which items rest on an article, and what is said of them once it changes."""

from datetime import date, timedelta

import pytest

from examapp.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from examapp.domain.roles import Role
from examapp.services.bank import editing, law
from examapp.services.bank.checks import findings
from examapp.services.bank.key_checks import (
    CheckKind,
    Outcome,
    checks_of,
    needs_official_review,
    record_check,
)
from examapp.services.bank.law import Entry
from examapp.services.bank.seed import seed_shipped_items
from question_bank.parse import parse_item
from tests.support.bank_items import content, edit

KEY = "pm-13-2014/8"
ENTRY = Entry("Rambu peringatan", "Warning signs", "Wikisumber, halaman 7")
TODAY = date(2026, 11, 23)


@pytest.fixture
def author(platform, person):
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def item(platform, author):
    return editing.create_item(platform, author.actor, content())


def said(platform, item, today=TODAY) -> set[str]:
    with platform.reading() as db:
        return {found.rule for found in findings(db, item, today)} & {
            "amended_article",
            "ended_article",
            "unreadable_article",
        }


def save(platform, author, revision=0, **changes) -> int:
    entry = Entry(ENTRY.title_id, ENTRY.title_en, ENTRY.reference, **changes)
    return law.save_article(platform, author.actor, KEY, revision, entry)


def test_an_article_lists_the_items_whose_present_wording_cites_it(platform, author, item) -> None:
    page = law.read_article(platform, author.actor, KEY)
    assert [(each.id, each.version) for each in page.resting] == [(item.item_id, 1)]
    edit(platform, author, item.item_id, article="UU 22/2009 Pasal 113(1)(a)")
    with pytest.raises(NotFound):
        law.read_article(platform, author.actor, KEY)
    moved = law.read_article(platform, author.actor, "uu-22-2009/113")
    assert [(each.id, each.clauses) for each in moved.resting] == [(item.item_id, ("(1) a",))]


def test_an_amendment_marks_what_was_written_before_it_until_somebody_checks_the_key(
    platform, author, person, item, clock
) -> None:
    assert said(platform, item) == set()
    assert save(platform, author, amended_on=TODAY + timedelta(days=1)) == 1
    assert said(platform, item) == set()
    tomorrow = TODAY + timedelta(days=1)
    assert said(platform, item, tomorrow) == {"amended_article"}
    clock.at += timedelta(days=1)
    record_check(
        platform, person(Role.ADMINISTRATOR).actor, item.item_id, 1, CheckKind.SECOND, Outcome.AGREES, "BN"
    )
    assert said(platform, item, tomorrow) == set()
    page = law.read_article(platform, author.actor, KEY)
    assert not page.must_be_read_again(page.resting[0])


def test_an_article_that_ended_marks_its_items_from_the_day_after(platform, author, item) -> None:
    save(platform, author, valid_until=TODAY)
    assert said(platform, item) == set()
    assert said(platform, item, TODAY + timedelta(days=1)) == {"ended_article"}


def test_an_act_that_ends_marks_the_items_of_all_its_articles(platform, author, item) -> None:
    seed_shipped_items(platform)
    entry = Entry("Rambu", "Signs", "BN", valid_until=TODAY)
    assert law.save_article(platform, author.actor, "pm-13-2014", 1, entry) > 1
    assert said(platform, item, TODAY + timedelta(days=1)) == {"ended_article"}


def test_a_line_that_names_no_act_is_remarked(platform) -> None:
    assert said(platform, parse_item(content(article="kebiasaan"))) == {"unreadable_article"}


def test_the_second_who_saves_is_told_and_nothing_of_theirs_is_stored(platform, author, item) -> None:
    save(platform, author, note="pertama")
    with pytest.raises(Conflict):
        save(platform, author, note="kedua")
    assert law.read_article(platform, author.actor, KEY).place.entry.note == "pertama"


def test_days_that_run_backwards_are_refused(platform, author, item) -> None:
    with pytest.raises(Invalid):
        save(platform, author, valid_from=TODAY, valid_until=TODAY - timedelta(days=1))


def test_nobody_checks_the_key_they_wrote(platform, author, item) -> None:
    with pytest.raises(NotAllowed):
        record_check(platform, author.actor, item.item_id, 1, CheckKind.SECOND, Outcome.AGREES, "BN")


def test_an_item_needs_official_review_until_the_authority_agrees_to_this_very_wording(
    platform, author, person, item
) -> None:
    def needed(version: int) -> bool:
        with platform.reading() as db:
            return needs_official_review(checks_of(db, item.item_id), version)

    second = person(Role.ADMINISTRATOR).actor
    record_check(platform, second, item.item_id, 1, CheckKind.SECOND, Outcome.AGREES, "BN")
    assert needed(1)
    record_check(platform, second, item.item_id, 1, CheckKind.OFFICIAL, Outcome.AGREES, "Korlantas")
    assert not needed(1)
    edit(platform, author, item.item_id, stem={"id": "Apa maksud rambu ini?"})
    assert needed(2)
    with pytest.raises(Conflict):
        record_check(platform, second, item.item_id, 1, CheckKind.OFFICIAL, Outcome.AGREES, "Korlantas")


@pytest.mark.parametrize(
    ("outcome", "source", "code"),
    [(Outcome.AGREES, "  ", "source_missing"), (Outcome.DISAGREES, "BN", "reason_missing")],
)
def test_a_check_says_where_it_read_and_why_it_doubts(platform, person, item, outcome, source, code) -> None:
    with pytest.raises(Invalid) as refused:
        record_check(
            platform, person(Role.ADMINISTRATOR).actor, item.item_id, 1, CheckKind.SECOND, outcome, source
        )
    assert refused.value.code == code
