"""Text recognition for scans and pictures; needs the `ocr` extra, nothing is ever downloaded."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from typing import TypeAlias

# Processor time that a page of text recognition may take; most take four.
SECONDS_A_PAGE = 60.0
# A page of A3 at 600 dots an inch has 70 million.
MAX_PIXELS = 100_000_000
NEEDED = ("cv2", "numpy", "onnxruntime", "rapidocr")

Progress: TypeAlias = Callable[[int, int], None]
"""Told after each page how many are done, of how many."""


def _silent(_done: int, _of: int) -> None:
    return None


progress: ContextVar[Progress] = ContextVar("progress", default=_silent)
"""Set by whoever shows a progress bar."""


@cache
def is_available() -> bool:
    """Whether the libraries of the `ocr` extra are installed."""
    return all(find_spec(name) is not None for name in NEEDED)
