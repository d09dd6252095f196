"""What a sitting's facts amount to: scores, the psychologist's report, the verdict. Derived, and derivable again."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from examapp.domain.attempt import PSYCHOLOGY_PARTS, Part, PartState
from examapp.persistence import event_log
from examapp.persistence.records.attempts import Attempt, AttemptPart
from examapp.persistence.records.results import PartResult, PsychologyReport, VerdictRecord
from examapp.services.people.accounts import today
from examapp.services.platform import Transaction
from examapp.services.psychology import instruments
from examapp.services.sitting import forms
from scoring.policy.register import rules_on
from scoring.responses import answer_sheet
from scoring.theory import GroupScore, TheoryResult, score_theory
from scoring.verdict import IntegrityState, Outcome, PsychologyState, combine

UNCHECKED = "unchecked"
OVER = (PartState.SUBMITTED.value, PartState.EXPIRED.value)


def plain(value: Any) -> Any:
    """A frozen result as plain JSON: dates as ISO text, sets sorted, everything else as it is."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, frozenset | set):
        return sorted(plain(each) for each in value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def score_theory_part(tx: Transaction, attempt: Attempt) -> TheoryResult:
    """Score the theory exam by the rule in force when it was begun, and keep the result with that rule's version."""
    began = next(part.started_at for part in attempt.parts if part.part == Part.THEORY) or tx.now
    rule = rules_on(today(began)).theory
    sheet = answer_sheet(event_log.responses(tx.session, attempt.id))
    result = score_theory(forms.keyed_items(tx.session, attempt.id), sheet, rule)
    tx.session.merge(
        PartResult(
            attempt_id=attempt.id,
            part=Part.THEORY,
            data=plain(asdict(result)),
            rule_version=result.rule_version,
            derived_at=tx.now,
        )
    )
    tx.audit(f"attempt:{attempt.id}", "theory_scored", passed=result.passed, rule=result.rule_version)
    return result


def stored_theory(session: Session, attempt: Attempt) -> TheoryResult | None:
    """The theory result as it was kept, or None."""
    record = session.get(PartResult, (attempt.id, Part.THEORY.value))
    if record is None:
        return None
    data = dict(record.data)
    data["by_topic"] = tuple(GroupScore(**row) for row in data["by_topic"])
    data["by_part"] = tuple(GroupScore(**row) for row in data["by_part"])
    data["to_review"] = tuple((topic, article) for topic, article in data["to_review"])
    data["unanswered"] = tuple(data["unanswered"])
    return TheoryResult(**data)


def _sat(attempt: Attempt) -> list[AttemptPart]:
    """The psychology parts that were really begun."""
    return [p for p in attempt.parts if p.part in PSYCHOLOGY_PARTS and p.started_at is not None]


def open_psychology_report(tx: Transaction, attempt: Attempt) -> None:
    """Score the battery and lay it before the psychologists; nothing to lay when no instrument was begun."""
    sat = _sat(attempt)
    if not sat:
        return
    sheet = answer_sheet(event_log.responses(tx.session, attempt.id))
    setups = {Part(part.part): part.setup for part in sat}
    result = instruments.score(setups, {part: sheet.part(part.value) for part in setups})
    tx.session.merge(
        PsychologyReport(
            attempt_id=attempt.id,
            state=PsychologyState.AWAITING_SIGNATURE,
            data=plain(asdict(result)),
            rule_version=result.version,
            opened_at=tx.now,
        )
    )
    tx.audit(f"attempt:{attempt.id}", "psychology_scored", version=result.version)


def psychology_state(session: Session, attempt: Attempt) -> PsychologyState:
    """Where psychology stands. Parts left out make it incomplete; a report with some of them still goes to a person."""
    parts = [part for part in attempt.parts if part.part in PSYCHOLOGY_PARTS]
    if not parts:
        return PsychologyState.NOT_REQUIRED
    report = session.get(PsychologyReport, attempt.id)
    if report is not None:
        return PsychologyState(report.state)
    return PsychologyState.INCOMPLETE


def integrity_state(attempt: Attempt) -> IntegrityState:
    """What the camera's side amounts to. Not yet looked at counts as held: nothing passes unseen."""
    if attempt.integrity == UNCHECKED:
        return IntegrityState.HELD
    return IntegrityState(attempt.integrity)


def derive_verdict(tx: Transaction, attempt: Attempt) -> Outcome:
    """Combine what is known by now, keep it, and write a change of outcome onto the sitting's audit chain."""
    tx.session.flush()
    theory_required = any(part.part == Part.THEORY for part in attempt.parts)
    verdict = combine(
        stored_theory(tx.session, attempt),
        theory_required,
        psychology_state(tx.session, attempt),
        integrity_state(attempt),
    )
    reasons = [_reason(code, attempt) for code in verdict.reasons]
    before = tx.session.get(VerdictRecord, attempt.id)
    if before is None or before.outcome != verdict.outcome or before.reasons != reasons:
        tx.session.merge(
            VerdictRecord(
                attempt_id=attempt.id,
                outcome=verdict.outcome,
                reasons=reasons,
                rule_version=verdict.rule_version,
                derived_at=tx.now,
            )
        )
        tx.audit(f"attempt:{attempt.id}", "verdict", outcome=verdict.outcome.value, reasons=reasons)
    return verdict.outcome


def _reason(code: str, attempt: Attempt) -> str:
    # Not "a person reviews this": nobody was asked to yet, the pictures are still being gone through.
    return "pictures_being_checked" if code == "review_pending" and attempt.integrity == UNCHECKED else code
