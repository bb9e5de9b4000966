"""Years, dates and periods as Chinese documents print them.

Offsets refer to the text as given: `plain_digits` changes characters one for one and never moves
any. Nothing here decides which year a report is of; `parsers.facts` weighs what was found.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

FIRST_YEAR = 2000

_WIDE = {ord("０") + digit: str(digit) for digit in range(10)}
_ANY_WIDE = re.compile("[０-９]")
_NUMERALS = {numeral: str(digit) for digit, numeral in enumerate("零一二三四五六七八九")}
_NUMERALS |= dict.fromkeys("〇○Ｏ０OoО◯", "0")
# The first month by its other name, and the numerals of accountants.
_FORMAL = str.maketrans("元壹贰貳叁參肆伍陆陸柒捌玖拾", "一一二二三三四五六六七八九十")
_NUMERAL_YEAR = re.compile(
    r"[二2][〇○零ＯOo0О◯][〇○零ＯOo0О◯一二三四][〇○零ＯOo0О◯一二三四五六七八九](?=年)"
)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)\s{0,3}(?=年)")
_BARE_YEAR = re.compile(r"(?<![\d.])(20[0-4]\d)(?!\d)")
_DATE = re.compile(
    r"(?<!\d)(20[0-4]\d)\s{0,3}年\s{0,3}(1[0-2]|0?[1-9])\s{0,3}月\s{0,3}(3[01]|[12]\d|0?[1-9])\s{0,3}日"
)
_ISO = re.compile(r"(?<!\d)(20[0-4]\d)([-./])(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?!\d)")
_NUMERAL_DATE = re.compile(
    r"(二[〇○零ＯOo0О◯][〇○零ＯOo0О◯一二三四][〇○零ＯOo0О◯一二三四五六七八九])\s?年\s?"
    r"([元一二三四五六七八九十]{1,2}|\d{1,2})\s?月\s?([一二三四五六七八九十廿卅]{1,3}|\d{1,2})\s?日"
)
_TO = r"\s{0,3}起?\s{0,3}[,，、]?\s{0,3}(?:至|到|—{1,2}|–|-|~|～)\s{0,3}"
_MONTH_DAY = r"(1[0-2]|0?[1-9])\s{0,3}月\s{0,3}(3[01]|[12]\d|0?[1-9])\s{0,3}日"
_PERIOD = re.compile(
    rf"(20[0-4]\d)\s{{0,3}}年\s{{0,3}}{_MONTH_DAY}{_TO}(?:(20[0-4]\d)\s{{0,3}}年\s{{0,3}}|当年|同年)?{_MONTH_DAY}"
)
# 2022.1.1-2022.12.31
_MARKED = r"(20[0-4]\d)[-./](1[0-2]|0?[1-9])[-./](3[01]|[12]\d|0?[1-9])"
_MARKED_PERIOD = re.compile(rf"(?<![\d.]){_MARKED}日?{_TO}{_MARKED}(?![\d.])")
# Whole months are a period only where the text says that it is one.
_MONTHS = re.compile(
    rf"(?:期限|时限|时段|统计)[^。\d]{{0,12}}(20[0-4]\d)年(1[0-2]|0?[1-9])月份?{_TO}(?:\1年)?(1[0-2]|0?[1-9])月(?!\d)"
)
_IN_NUMERALS = re.compile(
    r"(?P<year>二[〇○零ＯOo0О◯][〇○零ＯOo0О◯一二三四][〇○零ＯOo0О◯一二三四五六七八九])(?=年)"
    r"|(?P<number>[一二三四五六七八九十廿卅]{1,3})(?=[月日])"
)
_DAMAGED = re.compile(r"(?<!\d)(20[0-4]\d)(\d{2,4})日(?:起)?至(20[0-4]\d)(\d{2,4})日")
# 20201月1日起至202012月31日: only 年 was lost.
_WITHOUT_YEAR_WORD = re.compile(
    rf"(?<!\d)(20[0-4]\d)年?{_MONTH_DAY}{_TO}(?:(20[0-4]\d)年?)?{_MONTH_DAY}"
)


@dataclass(frozen=True, slots=True)
class PeriodFound:
    """A reporting period: ISO dates, empty where a damaged print leaves the day open.

    `place` is that of its paragraph, where it was found in one.
    """

    start: str
    end: str
    year: int | None
    damaged: bool
    printed: str
    place: str = ""


def plain_digits(text: str) -> str:
    """The text with full-width digits as ASCII digits; every offset stays."""
    return text.translate(_WIDE) if _ANY_WIDE.search(text) else text


def numeral_year(text: str) -> int | None:
    """The year of four numerals (`二〇一六` -> 2016), or None."""
    digits = "".join(_NUMERALS.get(char, char) for char in text)
    return int(digits) if re.fullmatch(r"20[0-4]\d", digits) else None


def years_in(text: str) -> list[int]:
    """Every year printed with 年, in order of place, in digits or numerals."""
    plain = plain_digits(text)
    found = [(match.start(), int(match[1])) for match in _YEAR.finditer(plain)]
    for match in _NUMERAL_YEAR.finditer(plain):
        year = numeral_year(match[0])
        if year is not None:
            found.append((match.start(), year))
    return [year for _, year in sorted(found)]


def bare_years_in(text: str) -> list[int]:
    """Every four-digit year, with or without 年, in order of place."""
    return [int(match[1]) for match in _BARE_YEAR.finditer(plain_digits(text))]


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _numeral(text: str) -> int:
    """A numeral up to 99: `十二`, `三十一`, `二十`, `廿八`, `12`."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, mark, ones = text.rpartition("十")
    digit = int(_NUMERALS.get(ones, "0")) if ones else 0
    if not mark:
        return digit
    return 10 * (int(_NUMERALS.get(tens, "1")) if tens else 1) + digit


def dates_in(text: str) -> list[str]:
    """Every full date, as ISO, in order of kind: digits with 年月日, dashed, numerals."""
    plain = plain_digits(text)
    found = [_iso(match[1], match[2], match[3]) for match in _DATE.finditer(plain)]
    found += [_iso(match[1], match[3], match[4]) for match in _ISO.finditer(plain)]
    for match in _NUMERAL_DATE.finditer(plain.translate(_FORMAL)):
        year = numeral_year(match[1])
        if year is not None:
            found.append(_iso(str(year), str(_numeral(match[2])), str(_numeral(match[3]))))
    return [day for day in found if day]


def first_date(text: str) -> str:
    """The first full date as ISO, or an empty string."""
    return next(iter(dates_in(text)), "")


def _glued(year: str, digits: str) -> str:
    """Month and day run together after a lost 年 and 月; empty where the cut is unsure."""
    if len(digits) == 2:
        return _iso(year, digits[0], digits[1])
    return _iso(year, digits[:2], digits[2:]) if len(digits) == 4 else ""


def find_period(text: str) -> PeriodFound | None:
    """The first reporting period in the text, also where its 年 and 月 were lost in the source."""
    plain = plain_digits(text)
    return _whole(plain) or _whole(_IN_NUMERALS.sub(_in_digits, plain)) or _damaged(plain)


def _whole(plain: str) -> PeriodFound | None:
    """A period of days or of whole months in digits."""
    if match := _PERIOD.search(plain):
        year = match[4] or match[1]
        start, end = _iso(match[1], match[2], match[3]), _iso(year, match[5], match[6])
    elif match := _MARKED_PERIOD.search(plain):
        year = match[4]
        start, end = _iso(match[1], match[2], match[3]), _iso(year, match[5], match[6])
    elif match := _MONTHS.search(plain):
        year, last_day = match[1], monthrange(int(match[1]), int(match[3]))[1]
        start, end = _iso(year, match[2], "1"), _iso(year, match[3], str(last_day))
    else:
        return None
    return PeriodFound(start, end, int(year), False, match[0])


def _in_digits(match: re.Match[str]) -> str:
    if match["year"]:
        return str(numeral_year(match["year"]) or match["year"])
    return str(_numeral(match["number"]))


def _damaged(plain: str) -> PeriodFound | None:
    """A period whose 年, or 年 and 月, were lost in the source."""
    if match := _WITHOUT_YEAR_WORD.search(plain):
        year = match[4] or match[1]
        start, end = _iso(match[1], match[2], match[3]), _iso(year, match[5], match[6])
        return PeriodFound(start, end, int(year), True, match[0])
    match = _DAMAGED.search(plain)
    if not match:
        return None
    start, end = _glued(match[1], match[2]), _glued(match[3], match[4])
    return PeriodFound(start, end, int(match[3]), True, match[0])
