"""What is an episode, and above all what is not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from proctoring.episode import Episode, EpisodeKind, Severity, fold
from proctoring.observation import Attention, Observation
from proctoring.page_event import PageEvent, PageEventKind
from proctoring.policy import load_policy

POLICY = load_policy()
HONEST = Observation(
    t=0.0, faces=1, yaw=2.0, pitch=-5.0, roll=0.0, attention=Attention.ON_SCREEN, quality=1.0
)
EMPTY = Observation(t=0.0, faces=0)
AWAY = replace(HONEST, yaw=40.0)
UP = replace(HONEST, pitch=28.0)
PAIR = replace(HONEST, faces=2)
TURNED = Observation(t=0.0, faces=1)
COVERED = Observation(t=0.0, faces=0, brightness=0.01, contrast=0.005)

Showing = Callable[[float], Observation]


def film(shown: Showing, seconds: float, every: float, first: float = 0.0) -> list[Observation]:
    times = [first + number * every for number in range(int((seconds - first) / every) + 1)]
    return [shown(t).at(t) for t in times]


def episodes(shown: Showing, seconds: float, every: float, first: float = 0.0) -> tuple[Episode, ...]:
    return fold(film(shown, seconds, every, first), (), POLICY, until=seconds)


@pytest.mark.parametrize("every", [0.5, 1.0, 2.0])
def test_an_honest_minute_has_no_episode(every: float) -> None:
    assert episodes(lambda t: HONEST, 60, every) == ()


@pytest.mark.parametrize("glance", [AWAY, UP, TURNED], ids=["aside", "up", "turned"])
@pytest.mark.parametrize("every", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("first", [0.0, 0.3])
def test_glances_of_three_seconds_are_nobodys_business(
    glance: Observation, every: float, first: float
) -> None:
    assert episodes(lambda t: glance if t % 10 < 3 else HONEST, 120, every, first) == ()


@pytest.mark.parametrize("every", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("shift", [0.0, 0.2, 0.45])
def test_leaving_begins_within_one_step_of_the_sampling(every: float, shift: float) -> None:
    (found,) = episodes(lambda t: HONEST if t < 20 + shift else EMPTY, 40, every)
    assert found.kind is EpisodeKind.NOBODY
    assert 0 <= found.start - (20 + shift) <= every
    assert found.ongoing


def test_leaving_is_noticed_within_three_seconds_at_one_frame_a_second() -> None:
    for shift in (0.0, 0.1, 0.5, 0.99):
        seen = film(lambda t, gone=10 + shift: HONEST if t < gone else EMPTY, 20, 1.0)
        noticed = next(o.t for o in seen if fold([s for s in seen if s.t <= o.t], (), POLICY, until=o.t))
        assert noticed - (10 + shift) <= 3.0


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        (EMPTY, EpisodeKind.NOBODY),
        (PAIR, EpisodeKind.SEVERAL_PEOPLE),
        (AWAY, EpisodeKind.LOOKING_AWAY),
        (TURNED, EpisodeKind.LOOKING_AWAY),
        (COVERED, EpisodeKind.CAMERA_DARK),
    ],
)
def test_what_lasts_is_one_episode_of_its_own_kind(shown: Observation, kind: EpisodeKind) -> None:
    (found,) = episodes(lambda t: shown if 10 <= t < 25 else HONEST, 60, 0.5)
    assert (found.kind, found.start, found.end, found.ongoing) == (kind, 10.0, 25.0, False)


def test_a_single_odd_frame_is_flicker() -> None:
    for odd in (EMPTY, PAIR, COVERED):
        assert episodes(lambda t, odd=odd: odd if t == 10 else HONEST, 60, 2.0) == ()


def test_flicker_within_an_absence_does_not_split_it() -> None:
    (found,) = episodes(lambda t: HONEST if t < 10 or t == 14 else EMPTY, 30, 0.5)
    assert (found.start, found.end) == (10.0, 30.0)


def test_silence_is_no_frames_and_says_nothing_about_people() -> None:
    frames = [HONEST.at(t) for t in (0, 2, 4, 64, 66)]
    (found,) = fold(frames, (), POLICY, until=68)
    assert (found.kind, found.start, found.end) == (EpisodeKind.NO_FRAMES, 4, 64)


def test_a_lost_camera_explains_its_silence() -> None:
    frames = [HONEST.at(t) for t in (0, 2, 4, 64, 66)]
    events = [PageEvent(4.5, PageEventKind.CAMERA_LOST), PageEvent(63.5, PageEventKind.CAMERA_BACK)]
    assert [e.kind for e in fold(frames, events, POLICY, until=68)] == [EpisodeKind.CAMERA_LOST]


def test_page_events_become_episodes_and_stay_open() -> None:
    events = [
        PageEvent(10, PageEventKind.PAGE_HIDDEN),
        PageEvent(16, PageEventKind.PAGE_SHOWN),
        PageEvent(40, PageEventKind.FULLSCREEN_LEFT),
    ]
    hidden, left = fold(film(lambda t: HONEST, 60, 2), events, POLICY, until=60)
    assert (hidden.kind, hidden.start, hidden.end, hidden.ongoing) == (EpisodeKind.PAGE_HIDDEN, 10, 16, False)
    assert (left.kind, left.severity, left.ongoing) == (EpisodeKind.FULLSCREEN_LEFT, Severity.MEDIUM, True)


def test_identity_survives_more_frames() -> None:
    seen = film(lambda t: EMPTY if 10 <= t < 30 else HONEST, 60, 1.0)
    identities = {
        episode.identity for until in range(13, 61) for episode in fold(seen, (), POLICY, until=float(until))
    }
    assert identities == {"nobody@10000"}
