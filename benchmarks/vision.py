"""What a frame costs, beside the three raw TFLite models in the same run (limit 1.3 times their processor time).

Each round runs the raw models and the analysis one after the other, so that a busy machine slows both alike; the
figure is the median of the rounds. `vision.sitting_frame` is what a sitting pays: the mean over a published minute of
an honest person, a picture every two seconds, as the browser sends them and as the worker decodes and analyses them.
`vision.frame` is the drawn portrait of the tests, a face that looks at the camera; with what a calibration asks for,
`vision.frame_with_features`. `vision.mediapipe_frame` is MediaPipe's own landmark task on the same portrait, without
decoding, light or people beside the first.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import count
from statistics import fmean, median
from typing import Any

import cv2
import mediapipe as mp
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from mediapipe.tasks.python import vision
from mediapipe.tasks.python.core.base_options import BaseOptions

from proctoring.vision.decode import Decoded, decode_frame
from proctoring.vision.model_file import Model, find_model, read_model
from proctoring.vision.worker_api import load
from tests.support import footage
from tests.support.camera import jpeg_of
from tests.support.portrait import draw_portrait

ROUNDS = 200
WARM_UP = 20
LIMIT = 1.3
SITTING = "vision.sitting_frame"
# As examapp/client/exam/frames.ts sends them: the longer side 480 pixels, quality 0.6, every two seconds.
SENT, QUALITY, EVERY, MINUTE = (480, 360), 60, 2.0, 60.0

Work = Callable[[], Any]


def raw_models(model: Model) -> list[Interpreter]:
    """The three models of the task file, one thread each, with inputs set."""
    numbers = np.random.default_rng(2026)
    found = []
    for content in (model.detector, model.landmarks, model.blendshapes):
        network = Interpreter(model_content=content, num_threads=1)
        network.allocate_tensors()
        for entry in network.get_input_details():
            network.set_tensor(entry["index"], numbers.random(entry["shape"]).astype(entry["dtype"]))
        found.append(network)
    return found


def honest_minute() -> list[bytes]:
    """The pictures that a browser sends in a minute of an honest sitting."""
    film = footage.play([footage.Segment(footage.footage(footage.HONEST), MINUTE)], fps=1 / EVERY)
    return [jpeg_of(footage.fit_frame(picture, SENT), QUALITY) for picture in film]


def mediapipe_task(model: Model) -> vision.FaceLandmarker:
    """MediaPipe's landmark task with the outputs that the analysis needs."""
    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model.path)),
        num_faces=3,
        output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
    )
    return vision.FaceLandmarker.create_from_options(options)


def processor_ms(work: Work) -> float:
    """Processor time of one call, of all threads of this process."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def rounds(works: dict[str, Work]) -> dict[str, list[float]]:
    """Processor time of each in each round, in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            times[name].append(processor_ms(work))
    return {name: found[WARM_UP:] for name, found in times.items()}


def figure(name: str, value: float, raw: float) -> str:
    """One line of `make bench`."""
    return json.dumps(
        {
            "name": name,
            "value": round(value, 3),
            "unit": "ms",
            "reference": f"processor time of the three raw TFLite models (limit {LIMIT} times)",
            "reference_value": round(raw, 3),
            "ratio": round(value / raw, 3),
        }
    )


def main() -> None:
    """Print the figures."""
    model = read_model(find_model())
    raw, analyser, task = raw_models(model), load(), mediapipe_task(model)
    frame = draw_portrait(0.1)
    image = mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
    empty = np.full_like(frame, 160)
    minute, turn = honest_minute(), count()

    def from_bytes(jpeg: bytes) -> None:
        decoded = decode_frame(jpeg)
        assert isinstance(decoded, Decoded)
        analyser.analyse(decoded.bgr)

    jpeg = jpeg_of(frame)
    times = rounds(
        {
            "raw": lambda: [network.invoke() for network in raw],
            "vision.frame": lambda: analyser.analyse(frame),
            "vision.frame_with_features": lambda: analyser.analyse(frame, features=True),
            "vision.frame_with_decoding": lambda: from_bytes(jpeg),
            SITTING: lambda: from_bytes(minute[next(turn) % len(minute)]),
            "vision.frame_empty_room": lambda: analyser.analyse(empty),
            "vision.mediapipe_frame": lambda: task.detect(image),
        }
    )
    reference = median(times.pop("raw"))
    pictures = len(minute)
    sitting = times.pop(SITTING)
    values = {SITTING: fmean(median(sitting[place::pictures]) for place in range(pictures))}
    values |= {name: median(found) for name, found in times.items()}
    for name, value in values.items():
        print(figure(name, value, reference), flush=True)


if __name__ == "__main__":
    main()
