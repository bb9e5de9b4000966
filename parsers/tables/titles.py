"""The year that a table is of, as its heads or its title name it."""

import re
from collections.abc import Sequence

from parsers.dates import bare_years_in, years_in
from parsers.records import Paragraph
from parsers.tables.columns import Column
from parsers.tables.runs import NamedYear
from parsers.tables.sheets import Box
from parsers.text import canon

# A longer line is prose, which may speak of any year.
_MAX_TITLE = 40
_PROSE = re.compile(r"[，。；,;月]")
_PART = re.compile(
    r"季度|季报|[上下]半年|月报|月份|(?<!\d)\d{1,2}月?[-~—–至到]+(?:[1-9]|1[01])月(?!\d)"
)

# Whose figures a table is said to hold: above it, or where it names who filled it in.
_BODY = re.compile(
    r"(?:填报|填表|编制)(?:单位|机关)(?:\(盖章\))?:(?P<filled>[\u4e00-\u9fff]{4,30})"
    r"|(?:附[件表]\d*:?)?(?P<body>[\u4e00-\u9fff]{4,30}?(?:局|委员会|委|办公室|厅|院|镇|乡|街道|办事处|人民政府))"
    r"(?=\d{4}年|政府信息公开)"
)
_OFFICE = re.compile(r"(?:办公室|办公厅)$")


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


def title_years(line: Paragraph | Box) -> tuple[NamedYear, ...]:
    """The one year that a line above a table names; none where it is a date or prose."""
    if len(line.text) > _MAX_TITLE or _PROSE.search(line.text):
        return ()
    years = set(years_in(line.text))
    return (NamedYear(years.pop(), line.place),) if len(years) == 1 else ()


def other_body(line: Paragraph | Box, own: str) -> str:
    """The body that a line above a table names, if it cannot be `own`, not even in short."""
    if not own or len(line.text) > _MAX_TITLE or _PROSE.search(line.text):
        return ""
    found = _BODY.search(canon(line.text))
    named = (found["filled"] or found["body"]) if found else ""
    one, other = _OFFICE.sub("", named), _OFFICE.sub("", canon(own))
    return "" if _is_short_for(one, other) or _is_short_for(other, one) else named


def _is_short_for(short: str, name: str) -> bool:
    """Whether a name has all characters of another in their order: 县发改局, 某县发展和改革局."""
    rest = iter(name)
    return all(char in rest for char in short)
