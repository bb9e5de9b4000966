"""The text recogniser: strips of one line each in, characters with their probabilities out.

The model is the one that comes inside the `rapidocr` wheel; nothing is downloaded. Its output is
read here rather than by the wheel's own code because that gives only a mean for a whole line,
and one doubtful digit among ten sure ones must not be lost in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

import cv2
import numpy as np
import onnxruntime

Raster: TypeAlias = Any
"""A grey picture: an array of bytes, rows by columns, 0 black."""

MODEL = "PP-OCRv6_rec_small.onnx"
STRIP_HEIGHT = 48
NARROWEST = 64
WIDEST = 3200
# Columns of pixels in one call of the model; its output takes some 10 KB for each.
BATCH_COLUMNS = 6000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a strip says: its characters and how probable each is, from 0 to 1."""

    text: str
    odds: tuple[float, ...] = ()

    @property
    def certainty(self) -> float:
        """That of the least probable character; 0 where nothing was read."""
        return min(self.odds, default=0.0)


class Recogniser:
    """The model, loaded once. It uses one thread, so that its results never differ."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        model = files("rapidocr").joinpath("models", MODEL).read_bytes()
        self._session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        printed = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *printed, " "]

    def read(self, strips: Sequence[Raster]) -> list[Reading]:
        """Reads strips of any size, each one line of text."""
        scaled = [_scaled(strip) for strip in strips]
        order = sorted(range(len(scaled)), key=lambda number: scaled[number].shape[1])
        found = [Reading("")] * len(scaled)
        while order:
            batch = [order.pop()]
            width = scaled[batch[0]].shape[1]
            while order and (len(batch) + 1) * width <= BATCH_COLUMNS:
                batch.append(order.pop())
            for number, reading in zip(batch, self._batch(scaled, batch, width), strict=True):
                found[number] = reading
        return found

    def _batch(self, strips: list[Raster], batch: list[int], width: int) -> list[Reading]:
        values = np.zeros((len(batch), 3, STRIP_HEIGHT, max(width, NARROWEST)), np.float32)
        for place, number in enumerate(batch):
            strip = strips[number]
            values[place, :, :, : strip.shape[1]] = strip.astype(np.float32) / 127.5 - 1.0
        (odds,) = self._session.run(None, {self._input: values})
        return [self._decoded(one.argmax(axis=1), one.max(axis=1)) for one in odds]

    def _decoded(self, classes: Raster, odds: Raster) -> Reading:
        """Repeated classes are one character, class 0 parts characters (CTC)."""
        text: list[str] = []
        sure: list[float] = []
        last = 0
        for number, odd in zip(classes.tolist(), odds.tolist(), strict=True):
            if number and number == last:
                sure[-1] = max(sure[-1], odd)
            elif number:
                text.append(self._characters[number])
                sure.append(odd)
            last = number
        return Reading("".join(text), tuple(sure))


@cache
def recogniser() -> Recogniser:
    """The one recogniser of this process."""
    return Recogniser()


def _scaled(strip: Raster) -> Raster:
    height, width = strip.shape[:2]
    wanted = min(max(round(width * STRIP_HEIGHT / max(height, 1)), 8), WIDEST)
    way = cv2.INTER_AREA if height > STRIP_HEIGHT else cv2.INTER_CUBIC
    return cv2.resize(strip, (wanted, STRIP_HEIGHT), interpolation=way)
