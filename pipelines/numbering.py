"""Numbers that a word processor counts itself: 一、 （一） 1. ① and the like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def chinese(number: int) -> str:
    """一, 十二, 一百〇三: the usual count of sections, for 1 to 9999."""
    if not 0 < number < 10_000:
        return str(number)
    digits = [int(digit) for digit in str(number)]
    pieces = []
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            pieces.append(_DIGITS[digit] + _UNITS[place])
        elif pieces and pieces[-1] != "〇" and any(digits[len(digits) - place :]):
            pieces.append("〇")
    text = "".join(pieces)
    return text[1:] if text.startswith("一十") else text


def digit_by_digit(number: int) -> str:
    """二〇二四: each digit by itself."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def letter(number: int) -> str:
    """A, b, ... z, aa, bb: as word processors go on after z."""
    index, times = (number - 1) % 26, (number - 1) // 26 + 1
    return chr(ord("a") + index) * min(times, 20)


def roman(number: int) -> str:
    """Small Roman numerals."""
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * min(times, 20)
    return text


def circled(number: int) -> str:
    """① to ⑳."""
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(
        {ord(d): ord(d) + 0xFEE0 for d in "0123456789"}
    ),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "upperLetter": lambda number: letter(number).upper(),
    "lowerLetter": letter,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerRoman": roman,
    "ideographDigital": digit_by_digit,
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "japaneseDigitalTenThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "koreanCounting",
        ),
        chinese,
    ),
}
MAX_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `pattern` holds `%1` for the number of the first level and so on.

    It starts again below an item of a level under `restarts_below` (0: it never does). `is_close`
    is whether nothing stands between the number and the text.
    """

    pattern: str = ""
    number_format: str = "decimal"
    start: int = 1
    legal: bool = False
    is_close: bool = False
    restarts_below: int = MAX_LEVELS


@dataclass(slots=True)
class ListCounter:
    """Counts one list, whose levels start again below a higher one.

    Lists of one definition share their `counts`; the levels in `restarts` begin anew once.
    """

    levels: Mapping[int, Level]
    counts: dict[int, int] = field(default_factory=dict)
    restarts: set[int] = field(default_factory=set)

    def label(self, level: int) -> str:
        """Counts one item of that level and gives the label printed before it."""
        own = self.levels.get(level)
        if own is None:
            return ""
        if level in self.restarts:
            self.restarts.remove(level)
            self.counts.pop(level, None)
        self.counts[level] = self.counts.get(level, own.start - 1) + 1
        for deeper in [known for known in self.counts if known > level]:
            if level < self.levels.get(deeper, Level()).restarts_below:
                del self.counts[deeper]
        if own.number_format in ("bullet", "none"):
            return ""
        return self._filled(own)

    def _filled(self, own: Level) -> str:
        text = own.pattern
        for index in range(MAX_LEVELS):
            if f"%{index + 1}" in text:
                level = self.levels.get(index, Level())
                name = "decimal" if own.legal else level.number_format
                number = self.counts.get(index, level.start)
                text = text.replace(f"%{index + 1}", FORMATS.get(name, str)(number))
        return text if own.is_close or not text[-1:].isascii() else f"{text} "
