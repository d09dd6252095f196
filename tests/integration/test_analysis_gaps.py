"""When the analysis falls silent a gap is noted, and it ends with the next sign of life: a gap left open would hold
every sitting after it before a proctor, for nothing the applicants did."""

from datetime import timedelta

from sqlalchemy import select

from examapp.persistence.records.proctoring import AnalysisGap
from examapp.services.watching import analysis


def gaps(platform) -> list[tuple[str, bool]]:
    with platform.reading() as db:
        query = select(AnalysisGap).order_by(AnalysisGap.began_at)
        return [(gap.reason, gap.ended_at is None) for gap in db.scalars(query)]


def test_a_gap_noted_just_before_the_first_sign_of_life_ends_with_it(platform) -> None:
    assert analysis.notice_silence(platform)
    assert gaps(platform) == [("analysis_down", True)]
    analysis.beat(platform, analysis.FRAMES_WORKER)
    assert gaps(platform) == [("analysis_down", False)]
    assert not analysis.notice_silence(platform)


def test_a_worker_that_was_only_slow_ends_its_own_gap(platform, clock) -> None:
    analysis.beat(platform, analysis.FRAMES_WORKER)
    clock.at += analysis.SILENCE + timedelta(seconds=1)
    assert analysis.notice_silence(platform)
    clock.at += timedelta(seconds=5)
    analysis.beat(platform, analysis.FRAMES_WORKER)
    assert gaps(platform) == [("analysis_down", False)]


def test_a_sign_of_another_worker_ends_no_gap_of_the_analysis(platform) -> None:
    analysis.notice_silence(platform)
    analysis.beat(platform, analysis.PERIODIC_WORKER)
    assert gaps(platform) == [("analysis_down", True)]
