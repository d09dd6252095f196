"""The contract's line, and what is stored comes back."""

import json

from hypothesis import given
from hypothesis import strategies as st

from proctoring.observation import Attention, Eyes, FaceBox, Observation

angles = st.none() | st.floats(-90, 90)
observations = st.builds(
    Observation,
    t=st.floats(0, 7200),
    faces=st.integers(0, 9),
    yaw=angles,
    gaze_yaw=angles,
    attention=st.sampled_from(Attention),
    quality=st.floats(0, 1),
    eyes=st.sampled_from(Eyes),
    face_box=st.none() | st.builds(FaceBox, *[st.floats(0, 1)] * 4),
    gaze_features=st.lists(st.floats(-1, 1), max_size=6).map(tuple),
    gaze_beyond=st.none() | st.floats(0, 90),
)


@given(observations)
def test_what_is_stored_comes_back(seen: Observation) -> None:
    assert Observation.from_record(json.loads(json.dumps(seen.as_record()))) == seen


def test_fields_of_a_newer_version_are_ignored() -> None:
    assert Observation.from_record({"t": 1.0, "faces": 1, "heartbeat": 71}) == Observation(t=1.0, faces=1)


def test_the_line_has_exactly_the_contracts_keys_in_order() -> None:
    line = Observation(t=1.5).as_line("a.mp4")
    keys = "source t faces yaw pitch roll gaze_yaw gaze_pitch attention quality"
    assert list(line) == keys.split()
    assert line["attention"] == "unknown"
    assert line["yaw"] is None
