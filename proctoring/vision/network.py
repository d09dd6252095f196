"""One TFLite network in LiteRT: an array in, arrays out, on one thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray


class Network:
    """A network whose one input is 32-bit floats. Not for several threads at once."""

    def __init__(self, tflite: bytes, outputs: Sequence[str]) -> None:
        """`outputs` names the arrays that `run` gives back. Raises `ValueError` for bytes that are no network."""
        self._interpreter = Interpreter(model_content=tflite, num_threads=1)
        self._interpreter.allocate_tensors()
        (entry,) = self._interpreter.get_input_details()
        self._input = self._interpreter.tensor(entry["index"])
        places = {each["name"]: each["index"] for each in self._interpreter.get_output_details()}
        if not places.keys() >= set(outputs):
            raise ValueError(f"the network gives {sorted(places)}, not {sorted(outputs)}")
        self._outputs = [places[name] for name in outputs]

    def input(self) -> NDArray[Any]:
        """The input without its batch axis, to be filled in place; let go of it before `run`."""
        return self._input()[0]  # type: ignore[no-any-return]

    def run(self) -> list[NDArray[Any]]:
        """The outputs, in the order asked for, as copies."""
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(place) for place in self._outputs]
