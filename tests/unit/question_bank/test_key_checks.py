"""Every shipped key was checked a second time, in the very wording that ships."""

from question_bank.canonical import content_digest
from question_bank.content_loader import load_items
from question_bank.key_checks import shipped_checks


def test_every_shipped_item_has_a_check_of_its_present_wording() -> None:
    checked = {(check.item_id, check.digest) for check in shipped_checks()}
    unchecked = [item.item_id for item in load_items() if (item.item_id, content_digest(item)) not in checked]
    assert unchecked == []


def test_no_shipped_check_doubts_a_key_and_each_says_where_it_read() -> None:
    checks = shipped_checks()
    assert {check.outcome for check in checks} <= {"agrees", "unsure"}
    assert all(check.source and check.checked_by for check in checks)
