"""Laws of the fold, over any sitting."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from proctoring.episode import fold, severity_of
from proctoring.interval import Span, join
from proctoring.kinds import EpisodeKind
from proctoring.observation import Observation
from proctoring.page_event import PageEvent, PageEventKind
from proctoring.policy import load_policy

POLICY = load_policy()
UNTIL = 120.0
HONEST = Observation(t=0.0, faces=1, yaw=0.0, pitch=0.0, roll=0.0)
KINDS_OF_FRAME = (
    HONEST,
    Observation(t=0.0, faces=0),
    Observation(t=0.0, faces=1),
    Observation(t=0.0, faces=0, brightness=0.0, contrast=0.0),
    replace(HONEST, faces=2),
    replace(HONEST, yaw=50.0),
)
times = st.integers(0, 1200).map(lambda tenths: tenths / 10)
# Runs of the same sight, so that episodes do arise.
sittings = st.lists(
    st.tuples(st.sampled_from(KINDS_OF_FRAME), st.integers(1, 30), st.sampled_from([0.5, 1.0, 2.0, 7.0])),
    min_size=1,
    max_size=8,
)
page_events = st.lists(st.builds(PageEvent, times, st.sampled_from(PageEventKind)), max_size=8)


def frames_of(runs: list[tuple[Observation, int, float]]) -> list[Observation]:
    now, frames = 0.0, []
    for sight, count, every in runs:
        for _ in range(count):
            frames.append(sight.at(now))
            now += every
    return [frame for frame in frames if frame.t <= UNTIL]


@given(sittings, page_events, st.randoms())
def test_order_of_arrival_does_not_matter(runs, events, random) -> None:
    frames = frames_of(runs)
    shuffled, mixed = list(frames), list({(e.t): e for e in events}.values())
    random.shuffle(shuffled)
    assert fold(shuffled, mixed[::-1], POLICY, UNTIL) == fold(frames, mixed, POLICY, UNTIL)


@given(sittings, page_events)
def test_episodes_of_a_kind_never_overlap_and_are_further_apart_than_merge(runs, events) -> None:
    found = fold(frames_of(runs), events, POLICY, UNTIL)
    for kind in EpisodeKind:
        of_kind = [episode for episode in found if episode.kind is kind]
        for earlier, later in pairwise(of_kind):
            assert later.start - earlier.end > POLICY.rules[kind].merge
        for episode in of_kind:
            assert episode.start < episode.end <= UNTIL
            assert episode.seconds >= POLICY.rules[kind].minimum


spans = st.lists(st.builds(lambda a, n: Span(a, a + n), times, st.floats(0, 20)), max_size=12)


@given(spans, st.floats(0, 10))
def test_joining_twice_changes_nothing(some, gap) -> None:
    once = join(some, gap)
    assert join(once, gap) == once


@given(sittings, st.lists(times, max_size=10))
def test_honest_frames_never_create_an_episode(runs, moments) -> None:
    frames = frames_of(runs)
    taken = {frame.t for frame in frames}
    added = [HONEST.at(t) for t in moments if t not in taken]
    before = fold(frames, (), POLICY, UNTIL)
    for episode in fold([*frames, *added], (), POLICY, UNTIL):
        assert any(
            old.kind is episode.kind and old.start <= episode.start and episode.end <= old.end
            for old in before
        )


@given(st.sampled_from(EpisodeKind), st.floats(0, 500), st.floats(0, 500))
def test_severity_never_falls_with_duration(kind, seconds, more) -> None:
    rule = POLICY.rules[kind]
    assert severity_of(seconds + more, rule).rank >= severity_of(seconds, rule).rank


@given(sittings)
def test_onsets_do_not_move_as_frames_arrive(runs) -> None:
    frames = frames_of(runs)
    final = {episode.identity for episode in fold(frames, (), POLICY, UNTIL)}
    for frame in frames[:: max(1, len(frames) // 8)]:
        known = [earlier for earlier in frames if earlier.t <= frame.t]
        assert {episode.identity for episode in fold(known, (), POLICY, frame.t)} <= final
