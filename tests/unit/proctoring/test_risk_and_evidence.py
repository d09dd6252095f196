"""The order of the queue is explained; evidence has a before and an after, and its chain shows a change."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proctoring.episode import Episode
from proctoring.evidence import GENESIS, FrameMark, KeptFor, frames_to_keep, is_sampled, link
from proctoring.kinds import EpisodeKind, Severity
from proctoring.policy import PolicyError, load_policy, parse_policy
from proctoring.risk import weigh

POLICY = load_policy()


def episode(kind: EpisodeKind, severity: Severity, start: float = 100.0, seconds: float = 30.0) -> Episode:
    return Episode(kind, start, start + seconds, severity, False, 10, POLICY.version)


def test_an_empty_sitting_needs_nobody() -> None:
    risk = weigh([], POLICY)
    assert (risk.points, risk.concerns, risk.needs_review) == (0, (), False)


def test_one_low_episode_orders_but_does_not_hold() -> None:
    risk = weigh([episode(EpisodeKind.LOOKING_AWAY, Severity.LOW)], POLICY)
    assert risk.points > 0
    assert not risk.needs_review


@pytest.mark.parametrize("kind", EpisodeKind)
def test_a_graver_episode_asks_for_a_person(kind: EpisodeKind) -> None:
    risk = weigh([episode(kind, Severity.MEDIUM)], POLICY)
    assert risk.needs_review
    assert [c.kind for c in risk.concerns] == [kind]


@given(st.lists(st.builds(episode, st.sampled_from(EpisodeKind), st.sampled_from(Severity)), max_size=10))
def test_points_are_the_sum_of_what_explains_them_and_never_fall(episodes) -> None:
    risk = weigh(episodes, POLICY)
    assert risk.points == sum(concern.points for concern in risk.concerns)
    assert weigh([*episodes, episode(EpisodeKind.NOBODY, Severity.LOW)], POLICY).points > risk.points


FRAMES = [FrameMark(number, number * 2.0) for number in range(300)]


def test_frames_are_kept_before_during_and_after() -> None:
    kept = frames_to_keep(FRAMES, [episode(EpisodeKind.NOBODY, Severity.HIGH)], POLICY.evidence, b"seed")
    told = [k for k in kept if k.episode == "nobody@100000"]
    assert {k.reason for k in told} == {KeptFor.BEFORE, KeptFor.DURING, KeptFor.AFTER}
    assert min(k.frame.t for k in told) >= 90
    assert max(k.frame.t for k in told) < 136
    assert any(k.frame.t == 100 for k in told)
    assert len(told) <= 12


def test_the_sample_is_sparse_and_depends_on_the_seed() -> None:
    chosen = {seed: [n for n in range(20_000) if is_sampled(seed, n, 0.01)] for seed in (b"one", b"two")}
    assert chosen[b"one"] != chosen[b"two"]
    assert all(120 <= len(found) <= 280 for found in chosen.values())


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=8), st.data())
def test_the_chain_changes_when_any_payload_changes_or_moves(payloads, data) -> None:
    def head(items: list[bytes]) -> bytes:
        value = GENESIS
        for item in items:
            value = link(value, hashlib.sha256(item).digest())
        return value

    changed = data.draw(st.lists(st.binary(max_size=8), max_size=8))
    assert (head(changed) == head(payloads)) == (changed == payloads)


def test_a_link_takes_whole_digests_only() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        link(GENESIS, b"short")


def test_a_policy_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(PolicyError, match="no proctoring policy"):
        load_policy("1999-01")
    with pytest.raises(PolicyError, match="incomplete"):
        parse_policy({"version": "x"})
