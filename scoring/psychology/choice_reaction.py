"""Choice reaction: one of several arrows appears; press the button that belongs to it, quickly and rightly.

Wire format, one response a trial: item_id "t1", value {"response": name or null, "rt_ms": ms or null}; and once
item_id "device", value {"delay_ms": the measured display and input delay}. Onsets are taken in requestAnimationFrame.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from scoring.json_value import JsonValue
from scoring.psychology.reading import BadResponse, fields, milliseconds, one_of
from scoring.psychology.seeded import balanced, below, generator

NAME = "choice_reaction"
FOUR_CHOICE: Mapping[str, str] = {
    "arrow_left": "left",
    "arrow_up": "up",
    "arrow_down": "down",
    "arrow_right": "right",
}
TWO_CHOICE: Mapping[str, str] = {"arrow_left": "left", "arrow_right": "right"}
DEVICE_ITEM = "device"


@dataclass(frozen=True, slots=True)
class Design:
    """`practice` trials come first, unscored. Times in ms; the foreperiod varies so that nobody can anticipate."""

    trials: int = 48
    practice: int = 8
    choices: int = 4
    foreperiod_min_ms: int = 600
    foreperiod_max_ms: int = 1600
    timeout_ms: int = 3000

    def __post_init__(self) -> None:
        if self.choices not in (2, 4) or self.trials < 1 or self.practice < 0:
            raise ValueError("A choice reaction task has 2 or 4 choices and at least one trial.")

    @property
    def mapping(self) -> Mapping[str, str]:
        return FOUR_CHOICE if self.choices == 4 else TWO_CHOICE


@dataclass(frozen=True, slots=True)
class Trial:
    item_id: str
    stimulus: str
    right_response: str
    foreperiod_ms: int
    practice: bool


@dataclass(frozen=True, slots=True)
class TrialResponse:
    """`response` and `rt_ms` are None when nothing was pressed before the time-out."""

    item_id: str
    response: str | None
    rt_ms: float | None


@dataclass(frozen=True, slots=True)
class Limits:
    """Nobody reacts to a choice below `anticipation_ms`; above `lapse_ms` attention was elsewhere."""

    anticipation_ms: float = 150.0
    lapse_ms: float = 1500.0
    minimum_valid_share: float = 0.5


@dataclass(frozen=True, slots=True)
class ReactionScores:
    """Times in ms, uncorrected: the browser over-states them, so `device_delay_ms` stands beside, never subtracted.

    `median_ms`, `iqr_ms` over right answers that were neither anticipations nor lapses; `error_rate` (0-1)
    over answers that were no anticipations. All three are None when fewer than half the trials are usable.
    `lapses` includes trials without a press.
    """

    trials: int
    valid: int
    median_ms: float | None
    iqr_ms: float | None
    error_rate: float | None
    anticipations: int
    lapses: int
    device_delay_ms: float | None


def make_trials(seed: int, design: Design | None = None) -> tuple[Trial, ...]:
    """The trials of `seed`, always the same; every stimulus equally often within practice and within the task."""
    design = design or Design()
    rng = generator(seed, NAME)
    stimuli = (
        *balanced(rng, tuple(design.mapping), design.practice),
        *balanced(rng, tuple(design.mapping), design.trials),
    )
    span = design.foreperiod_max_ms - design.foreperiod_min_ms + 1
    return tuple(
        Trial(
            item_id=f"t{number}",
            stimulus=stimulus,
            right_response=design.mapping[stimulus],
            foreperiod_ms=design.foreperiod_min_ms + below(rng, span),
            practice=number <= design.practice,
        )
        for number, stimulus in enumerate(stimuli, start=1)
    )


def read_responses(
    trials: Sequence[Trial], values: Mapping[str, JsonValue]
) -> tuple[tuple[TrialResponse, ...], float | None]:
    """Trial responses and the device's delay in ms (None when it was not measured). Raises `BadResponse`."""
    known = {trial.item_id for trial in trials}
    names = tuple(dict.fromkeys(trial.right_response for trial in trials))
    found: list[TrialResponse] = []
    delay: float | None = None
    for item_id, value in values.items():
        if item_id == DEVICE_ITEM:
            delay = milliseconds(item_id, value, "delay_ms")
        elif item_id not in known:
            raise BadResponse(item_id, "no such trial in this task")
        else:
            found.append(_trial_response(item_id, value, names))
    return tuple(found), delay


def _trial_response(item_id: str, value: JsonValue, names: tuple[str, ...]) -> TrialResponse:
    response = one_of(item_id, value, "response", names)
    if response is None or fields(item_id, value).get("rt_ms") is None:
        return TrialResponse(item_id, None, None)
    return TrialResponse(item_id, response, milliseconds(item_id, value, "rt_ms"))


def score(
    trials: Sequence[Trial],
    responses: Sequence[TrialResponse],
    device_delay_ms: float | None = None,
    limits: Limits | None = None,
) -> ReactionScores:
    """Score the trials that are not practice; a trial without a response is a lapse."""
    limits = limits or Limits()
    scored = [trial for trial in trials if not trial.practice]
    given = {response.item_id: response for response in responses}
    times = [_time(given.get(trial.item_id)) for trial in scored]
    anticipations = sum(time is not None and time < limits.anticipation_ms for time in times)
    lapses = sum(time is None or time > limits.lapse_ms for time in times)
    answered = [
        (time, given[trial.item_id].response == trial.right_response)
        for trial, time in zip(scored, times, strict=True)
        if time is not None and time >= limits.anticipation_ms
    ]
    right = [time for time, correct in answered if correct and time <= limits.lapse_ms]
    usable = len(scored) > 0 and len(right) >= max(4, limits.minimum_valid_share * len(scored))
    return ReactionScores(
        trials=len(scored),
        valid=len(right),
        median_ms=median(right) if usable else None,
        iqr_ms=_interquartile(right) if usable else None,
        error_rate=sum(not correct for _, correct in answered) / len(answered) if usable else None,
        anticipations=anticipations,
        lapses=lapses,
        device_delay_ms=device_delay_ms,
    )


def _time(response: TrialResponse | None) -> float | None:
    return None if response is None or response.response is None else response.rt_ms


def _interquartile(times: Sequence[float]) -> float:
    low, _, high = quantiles(times, n=4, method="inclusive")
    return high - low
