"""What a frame costs, beside the three raw TFLite models in the same run (limit 1.5 times their processor time).

Each round runs the raw models and the analysis one after the other, so that a busy machine slows both alike; the
figure is the median of the rounds. The frame is the drawn portrait of the tests: one face that looks at the camera.
"""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from statistics import median
from typing import Any

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter

from proctoring.vision.decode import Decoded, decode_frame
from proctoring.vision.model_file import find_model, read_model
from proctoring.vision.worker_api import load
from tests.support.portrait import draw_portrait

ROUNDS = 200
WARM_UP = 20
LIMIT = 1.5
RAW_MODELS = ("face_detector.tflite", "face_landmarks_detector.tflite", "face_blendshapes.tflite")


def raw_models(task: bytes) -> list[Interpreter]:
    """The three models of the task file, one thread each, with inputs set."""
    numbers = np.random.default_rng(2026)
    found = []
    with zipfile.ZipFile(io.BytesIO(task)) as archive:
        for name in RAW_MODELS:
            model = Interpreter(model_content=archive.read(name), num_threads=1)
            model.allocate_tensors()
            for entry in model.get_input_details():
                model.set_tensor(entry["index"], numbers.random(entry["shape"]).astype(entry["dtype"]))
            found.append(model)
    return found


def processor_ms(work: Callable[[], Any]) -> float:
    """Processor time of one call, of all threads of this process."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def rounds(works: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Median processor time of each, in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            times[name].append(processor_ms(work))
    return {name: median(found[WARM_UP:]) for name, found in times.items()}


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
    raw = raw_models(read_model(find_model()).task)
    frame = draw_portrait(0.1)
    jpeg = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()
    empty = np.full_like(frame, 160)
    with load() as analyser:

        def from_bytes() -> None:
            decoded = decode_frame(jpeg)
            assert isinstance(decoded, Decoded)
            analyser.analyse(decoded.bgr)

        found = rounds(
            {
                "raw": lambda: [model.invoke() for model in raw],
                "vision.frame": lambda: analyser.analyse(frame),
                "vision.frame_with_decoding": from_bytes,
                "vision.frame_second_look": lambda: analyser.analyse(frame, second_look=True),
                "vision.frame_empty_room": lambda: analyser.analyse(empty),
            }
        )
    for name, value in found.items():
        if name != "raw":
            print(figure(name, value, found["raw"]), flush=True)


if __name__ == "__main__":
    main()
