"""What of a recognised text is sure: a figure is taken only where all that is known agrees.

A figure that is not sure carries U+FFFD, which makes it unreadable to the parsers instead of
wrong. Nothing is corrected by what the form would make likely.
"""

import re

from pipelines.ocr.engine import Reading
from pipelines.ocr.strips import Strip

UNSURE = "\ufffd"
SURE_FIGURE = 0.75
SURE_CHARACTER = 0.3
# Taken for a figure, a character that only looks like one lowers its certainty.
LOOKS_LIKE = 0.9

_DIGIT_ALIKE = {**dict.fromkeys("○〇。oOＯｏD", "0"), **dict.fromkeys("lI|｜］", "1")}
_SAME = str.maketrans("，．％－＋０１２３４５６７８９", ",.%-+0123456789")
_FIGURE = re.compile(r"[-+]?[0-9○〇。oOＯｏDlI|｜］][0-9○〇。oOＯｏDlI|｜］,.]*%?")
_DASHES = re.compile(r"[-—–―一_~－ˉ]+")
_DIGITS = re.compile(r"[0-9０-９]+(?:[.,，．][0-9０-９]+)*")


def needs_second(reading: Reading) -> bool:
    """Whether a strip holds a figure, which is read twice."""
    return _is_figure(reading.text) or _DIGITS.search(reading.text) is not None


def judged(strip: Strip, first: Reading, second: Reading | None) -> tuple[str, float]:
    """The text of a strip, with U+FFFD where it is not sure, and its certainty."""
    if not first.text.strip():
        return UNSURE, 0.0
    if strip.flat and _DASHES.fullmatch(first.text):
        return "—" * len(first.text), first.certainty
    if second is None:
        return _characters(first), first.certainty
    if _is_figure(first.text):
        return _figure(strip, first, second)
    return _with_digits(first, second), min(first.certainty, second.certainty)


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text.translate(_SAME)) is not None


def _figure(strip: Strip, first: Reading, second: Reading) -> tuple[str, float]:
    """Both readings agree, every character is probable, and there are as many as inked parts."""
    text, other = _as_figure(first.text), _as_figure(second.text)
    certainty = min(first.certainty, second.certainty)
    if text != first.text.translate(_SAME) or other != second.text.translate(_SAME):
        certainty *= LOOKS_LIKE
    fits = strip.parts <= len(text) <= strip.room
    if text == other and fits and _is_inked(strip, text) and certainty >= SURE_FIGURE:
        return text, certainty
    return f"{text}{UNSURE}", min(certainty, 0.5)


def _is_inked(strip: Strip, text: str) -> bool:
    """Whether the ink may be these characters.

    A slash, which says that there is nothing to count, is often read as 1; where all
    digits stand apart, a point or comma is a mark of its own, else it may be dust, or nothing.
    """
    if strip.slanted and set(text) == {"1"}:
        return False
    digits = sum(char.isdecimal() for char in text)
    return digits == len(text.strip("-+%")) or strip.parts != digits


def _as_figure(text: str) -> str:
    return "".join(_DIGIT_ALIKE.get(char, char) for char in text.translate(_SAME))


def _characters(reading: Reading) -> str:
    pairs = zip(reading.text, reading.odds, strict=True)
    return "".join(char if odd >= SURE_CHARACTER else UNSURE for char, odd in pairs)


def _with_digits(first: Reading, second: Reading) -> str:
    """Words with figures among them: figures on which the readings differ are unsure."""
    text, others = list(_characters(first)), _DIGITS.findall(second.text)
    found = list(_DIGITS.finditer(first.text))
    for number, match in enumerate(found):
        odds = first.odds[match.start() : match.end()]
        same = len(others) == len(found) and others[number] == match[0]
        if not same or min(odds) < SURE_FIGURE:
            text[match.start() : match.end()] = UNSURE * len(match[0])
    return "".join(text)
