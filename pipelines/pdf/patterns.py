"""Patterns of PDF files whose tiles are so small that drawing them takes for ever."""

import re
from collections.abc import Iterator

from pipelines.limits import RefusedError

# A tile is so many points wide and high at least: smaller ones are no longer seen.
LEAST_STEP = 0.2
# The dictionary of a pattern is looked for in so many bytes around its kind.
DICTIONARY = 2_000

# A pattern of tiles is a stream: its dictionary stands in the file as it is (ISO 32000-1, 8.7.3).
_KIND = re.compile(rb"/PatternType\s+1\b")
_STEP = re.compile(rb"/[XY]Step\s*([-+]?[\d.]+)(?!\s+\d+\s+R)")
_MATRIX = re.compile(rb"/Matrix\s*\[([^\]]*)\]")


def check_patterns(payload: bytes) -> None:
    """Passes files whose patterns have tiles of a size that can be seen.

    Raises:
        RefusedError: one has smaller tiles.
    """
    for found in _KIND.finditer(payload):
        before = payload[max(found.start() - DICTIONARY, 0) : found.start()].rpartition(b" obj")[2]
        after = payload[found.end() : found.end() + DICTIONARY].partition(b"stream")[0]
        scale = _scale(before + after)
        steps = [abs(step) for step in _numbers(_STEP.findall(before + after))]
        if any(0 < step * scale < LEAST_STEP for step in steps):
            raise RefusedError("bomb", "a pattern of the PDF has tiles too small to be drawn")


def _scale(dictionary: bytes) -> float:
    """How large a pattern's matrix makes its tiles."""
    found = _MATRIX.search(dictionary)
    numbers = list(_numbers(found[1].split()[:4])) if found else []
    return max(map(abs, numbers), default=1.0)


def _numbers(texts: list[bytes]) -> Iterator[float]:
    for text in texts:
        try:
            yield float(text)
        except ValueError:
            continue
