"""Reads one printed figure exactly: value, unit, qualifier; or tells why there is none."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from parsers.records import Qualifier, Status
from parsers.script import simplified_line
from parsers.text import canon, is_blank, without_inkless

# Longer cells are sentences, not figures; the bound also keeps matching cheap.
MAX_CHARS = 200
# More digits are two figures that ran together; decimals stay exact far beyond.
_MAX_DIGITS = 18
# Units are asked for at every cell, and few differ.
_LONGEST_KNOWN = 12
_MOST_KNOWN = 5000


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit: its dimension and how many base units it holds (万元: money, 10000)."""

    name: str
    dimension: str
    factor: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class FigureWords:
    """Declared words of figures, all as matching keys.

    `values` are cells that say in a word that there is no figure; `before` and `after` qualify.
    `against` are words of a remark that take the figure before it back (更正为4).
    """

    units: Mapping[str, Unit]
    values: Mapping[str, Status]
    before: Mapping[str, Qualifier]
    after: Mapping[str, Qualifier]
    against: tuple[str, ...] = ()
    _known: dict[str, Unit | None] = field(default_factory=dict, init=False, repr=False)

    def unit(self, printed: str) -> Unit | None:
        """A declared unit, or hundreds, thousands ... of one (百件, 万条)."""
        if printed in self._known:
            return self._known[printed]
        found = self._unit(printed)
        if len(printed) <= _LONGEST_KNOWN and len(self._known) < _MOST_KNOWN:
            self._known[printed] = found
        return found

    def _unit(self, printed: str) -> Unit | None:
        key = simplified_line(canon(printed))
        if unit := self.units.get(key):
            return unit
        scaled = _SCALED_UNIT.fullmatch(key)
        base = self.units.get(scaled["unit"]) if scaled else None
        if scaled is None or base is None or scaled["scale"] not in _SCALES:
            return None
        return Unit(key, base.dimension, base.factor * _SCALES[scaled["scale"]])


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed. `unit` is empty where none stands beside it; `remark` what follows.

    `scaled` is whether the print multiplies it by a word (1.2万).
    """

    raw: str
    status: Status
    value: Decimal | None = None
    unit: str = ""
    qualifier: Qualifier = "exact"
    remark: str = ""
    scaled: bool = False


_NUMBER = re.compile(
    r"(?P<sign>[+-]?)"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)"
    r"(?P<rest>(?![0-9]).*)"
)
_SCALE = re.compile(r"(?P<scale>[百千]?[万亿]?)(?P<more>[余多]?)(?P<rest>.*)")
_SCALED_UNIT = re.compile(r"(?P<scale>[百千万亿]{1,2})(?P<unit>.+)")
# What may stand behind a figure without making it doubtful: a full stop, a bracket that is more
# than a second figure, or a part introduced as such (其中, 含, 包括).
_REMARK = re.compile(r"[,;。.]?|\((?![+-]?[0-9.,]*\)).*\)?[,;。]?|[,;:]?(?:其中|含|包括|包含).*")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千]+")
# Two numerals of which the second is more (三五, 七八) say "some".
_SOME = re.compile(r"[一二两三四五六七八九]{2}")
# One group behind a blank may be another figure: 3 120.
_GROUPS_BY_SPACE = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3}){2,}(?![0-9.,])")
_SPACE_IN_NUMBER = re.compile(r"[0-9.,]\s+[0-9.,]")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def read_figure(text: str, words: FigureWords) -> Figure:
    """Reads a cell, or a figure cut out of a sentence, with the unit and qualifier around it.

    White space inside a number makes it unreadable (two figures may stand there), except spaces
    between three or more groups of digits (1 234 567). A word behind the number that is no
    declared unit makes the figure unreadable. Scales before a unit (7万人次) belong to the value,
    but 万元 is a unit of its own.
    """
    if is_blank(text):
        return Figure(text, "blank")
    return _remembered(text, words) if len(text) <= MAX_CHARS else Figure(text, "unreadable")


def in_unit(value: Decimal, printed: str, wanted: str, words: FigureWords) -> Decimal | None:
    """`value` converted from the printed unit to `wanted`; None where that cannot be done."""
    source, target = words.unit(printed), words.unit(wanted)
    if source is None or target is None or source.dimension != target.dimension:
        return None
    converted = value * source.factor / target.factor
    return converted if converted * target.factor == value * source.factor else None


@lru_cache(8192)
def _remembered(text: str, words: FigureWords) -> Figure:
    """The reading of a short text; most cells of a page print one of a few figures."""
    # Raised digits, circled numbers and fractions would fold into other figures (12² to 122).
    if any(unicodedata.category(char) == "No" for char in text):
        return Figure(text, "unreadable")
    return _word(text, words) or _number(text, words) or Figure(text, "unreadable")


def _word(text: str, words: FigureWords) -> Figure | None:
    status = words.values.get(simplified_line(canon(text)).rstrip("。;,"))
    return Figure(text, status) if status else None


def _number(text: str, words: FigureWords) -> Figure | None:
    plain = _plain(text)
    if plain is None:
        return None
    qualifier, body = _qualifier_before(plain, words)
    match = _NUMBER.fullmatch(_western(body))
    if match is None or sum(map(str.isdigit, match["number"])) > _MAX_DIGITS:
        return None
    value = Decimal(match["sign"].replace("+", "") + match["number"].replace(",", ""))
    value = value if value else value.copy_abs()
    scale, unit, after, rest = _behind(match["rest"], words)
    if not _REMARK.fullmatch(rest) or any(word in rest for word in words.against):
        return None
    unit = unit or _unit_in_brackets(rest, words)
    return Figure(
        text,
        "reported",
        value * scale,
        unit,
        after or qualifier,
        remark=rest.strip(",;。."),
        scaled=scale > 1,
    )


def _plain(text: str) -> str | None:
    """The text as a key, unless white space makes it unsure where a number ends."""
    folded = unicodedata.normalize("NFKC", without_inkless(text)).strip()
    folded = _GROUPS_BY_SPACE.sub(lambda found: found[0].replace(" ", ""), folded)
    return None if _SPACE_IN_NUMBER.search(folded) else simplified_line(canon(folded))


def _qualifier_before(text: str, words: FigureWords) -> tuple[Qualifier, str]:
    for length in (3, 2, 1):
        if qualifier := words.before.get(text[:length]):
            return qualifier, text[length:]
    return "exact", text


def _behind(text: str, words: FigureWords) -> tuple[int, str, Qualifier | None, str]:
    """Scale, unit and qualifier behind a number, and what is left."""
    unit, rest = _unit(text, words)
    if unit:
        return 1, unit, *_qualifier_after(rest, words)
    match = _SCALE.fullmatch(text)
    if match is None or match["scale"] not in _SCALES:
        return 1, "", *_qualifier_after(text, words)
    unit, rest = _unit(match["rest"], words)
    after, rest = _qualifier_after(rest, words)
    return _SCALES[match["scale"]], unit, after or words.after.get(match["more"]), rest


def _unit(text: str, words: FigureWords) -> tuple[str, str]:
    for length in range(min(4, len(text)), 0, -1):
        if unit := words.units.get(text[:length]):
            return unit.name, text[length:]
    return "", text


def _qualifier_after(text: str, words: FigureWords) -> tuple[Qualifier | None, str]:
    for length in (2, 1):
        if qualifier := words.after.get(text[:length]):
            return qualifier, text[length:]
    return None, text


def _unit_in_brackets(text: str, words: FigureWords) -> str:
    unit = words.units.get(text.strip("()"))
    return unit.name if unit else ""


def _western(text: str) -> str:
    """A number written in Chinese characters at the start as digits; other texts unchanged."""
    match = _CHINESE.match(text)
    value = _chinese(match[0]) if match else None
    if match and match[0] == "一" and match.end() < len(text):
        value = 1
    return text if match is None or value is None else f"{value}{text[match.end() :]}"


def _chinese(text: str) -> int | None:
    """A whole number below ten thousand in Chinese characters; None if not strictly formed."""
    if text in ("一", "一一"):  # a dash to many a printer and to text recognition
        return None
    if _SOME.fullmatch(text) and _DIGITS[text[0]] < _DIGITS[text[1]]:
        return None
    if all(char in _DIGITS for char in text):
        number = "".join(str(_DIGITS[char]) for char in text)
        return int(number) if number == "0" or not number.startswith("0") else None
    return _chinese_with_places(text)


def _chinese_with_places(text: str) -> int | None:
    total, digit, below, gap = 0, 0, 10**4, False
    for char in text:
        if (place := _PLACES.get(char)) is None:
            if digit or (gap and char in "零〇"):
                return None
            digit, gap = _DIGITS[char], char in "零〇"
            continue
        if place >= below or (not digit and (place > 10 or total)):
            return None
        total, digit, below, gap = total + (digit or 1) * place, 0, place, False
    # 一百五 means 150 to a speaker and 105 to a careless clerk: refuse it.
    return None if gap or (digit and below > 10 and "零" not in text[-2:]) else total + digit
