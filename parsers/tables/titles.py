"""What the lines above a table say of its figures: their year, their unit, whose they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from parsers.dates import bare_years_in, years_in
from parsers.figures import FigureWords
from parsers.records import Paragraph
from parsers.tables.columns import Column
from parsers.tables.heads import unit_line
from parsers.tables.sheets import Box
from parsers.text import canon

# A longer line is prose, which may speak of any year.
_MAX_TITLE = 40
_PROSE = re.compile(r"[，。；,;月]")
_PART = re.compile(
    r"季度|季报|[上下]半年|月报|月份|(?<!\d)\d{1,2}月?[-~—–至到]+(?:[1-9]|1[01])月(?!\d)"
)

# The year before the report's, and the report's own; what was carried over is this year's count.
_LAST_YEAR = re.compile(r"上一?年(?!度?结转)|去年|前一年")
_THIS_YEAR = re.compile(r"本年度?|今年|当年")

# Whose figures a table is said to hold: above it, or where it names who filled it in.
_BODY = re.compile(
    r"(?:填报|填表|编制)(?:单位|机关)(?:\(盖章\))?:(?P<filled>[\u4e00-\u9fff]{4,30})"
    r"|(?:附[件表]?\d*[:.]?)?(?:关于)?(?:[一二三四五六七八九零〇○]{0,4}年度?)?"
    r"(?P<body>[\u4e00-\u9fff]{2,30}?"
    r"(?:局|委员会|委|办公室|厅|院|镇|乡|街道|办事处|人民政府|(?<!网)站|(?<!场)所|中心|队|公司"
    r"|学校|[中小大]学|集团))"
    r"(?=\d{4}年|(?:上|本)年|政府信息公开|信息公开|收到和处理|主动公开|依申请公开)"
)
# No name of a body: 通过服务中心, 本街道.
_NO_NAME = re.compile(
    r"通过|利用|依托|[我本](?:单位|街道|办事处|委员会|办公室|中心|学校|公司|集团|[局委办厅院镇乡站所队])"
)
# An office within a body.
_OFFICE = re.compile(
    r"(?:党政|综合|行政|(?:政务|政府信息|信息)公开(?:工作)?(?:领导小组)?)*(?:办公室|办公厅)$"
)
# What stands behind a body's name, or its place's, where one below it is named: 教育局考试中心.
_BELOW = re.compile(r".{2,}(?:局|委|委员会|厅|站|所|中心|队|公司|学校|[中小大]学|院|集团)")


class NamedYear(NamedTuple):
    """A year that a table names for its figures, and where."""

    year: int
    place: str


@dataclass(frozen=True, slots=True)
class Title:
    """What stands above a table.

    `unit` is the one given for all of its figures, `years` are those named, `part` is whether it
    names a part of a year, `other_body` the body it names that cannot be the report's.
    """

    unit: str = ""
    years: tuple[NamedYear, ...] = ()
    part: bool = False
    other_body: str = ""


NO_TITLE = Title()


class Titles:
    """Reads the lines above tables in a report of `body` on `year`, where these are known."""

    def __init__(self, words: FigureWords, year: int | None, body: str) -> None:
        """Takes the words of units and what is known of the report."""
        self._words = words
        self._year = year
        self._body = body

    def above(self, line: Paragraph | None) -> Title:
        """What a line right above a table says."""
        if line is None:
            return NO_TITLE
        return self.within(Title(unit_line(line.text, self._words)), line)

    def within(self, title: Title, line: Paragraph | Box) -> Title:
        """What is known of a table after a further line above its heads."""
        return replace(
            title,
            years=title_years(line, self._year) or title.years,
            part=title.part or names_part(line),
            other_body=other_body(line, self._body) or title.other_body,
        )


def head_years(columns: Sequence[Column]) -> tuple[NamedYear, ...]:
    """The years that the heads of figures name: 2021年制发件数, 2021年度."""
    found = [
        NamedYear(year, column.head.place)
        for column in columns
        if column.is_figure
        for year in bare_years_in(column.head.text)
    ]
    return tuple(found)


def names_part(line: Paragraph | Box) -> bool:
    """Whether a line above a table says that its figures are those of a part of the year."""
    return len(line.text) <= _MAX_TITLE and "表" in line.text and bool(_PART.search(line.text))


def title_years(line: Paragraph | Box, year: int | None = None) -> tuple[NamedYear, ...]:
    """The one year that a line above a table names; none where it is a date or prose.

    Words for the last year and this one (上年度, 本年度) are told by the `year` of the report.
    """
    if len(line.text) > _MAX_TITLE or _PROSE.search(line.text):
        return ()
    years = set(years_in(line.text)) or _years_in_words(line.text, year)
    return (NamedYear(years.pop(), line.place),) if len(years) == 1 else ()


def _years_in_words(text: str, year: int | None) -> set[int]:
    if year is None:
        return set()
    named = ((year - 1, _LAST_YEAR), (year, _THIS_YEAR))
    return {number for number, words in named if words.search(canon(text))}


def other_body(line: Paragraph | Box, own: str) -> str:
    """The body that a line above a table names, if it cannot be `own`, not even in short."""
    if not own or len(line.text) > _MAX_TITLE or _PROSE.search(line.text):
        return ""
    found = _BODY.search(canon(line.text))
    if found is None:
        return ""
    named = found["filled"] or found["body"]
    if _NO_NAME.match(named):
        return ""
    one, other = _OFFICE.sub("", named), _OFFICE.sub("", canon(own))
    if found["body"] and one.startswith(other) and _BELOW.fullmatch(one, len(other)):
        return named
    return "" if _is_short_for(one, other) or _is_short_for(other, one) else named


def _is_short_for(short: str, name: str) -> bool:
    """Whether a name has all characters of another in their order: 县发改局, 某县发展和改革局."""
    rest = iter(name)
    return all(char in rest for char in short)
