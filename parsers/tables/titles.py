"""The year that a table is of, as its heads or its title name it."""

import re
from collections.abc import Sequence

from parsers.dates import bare_years_in, years_in
from parsers.records import Paragraph
from parsers.tables.columns import Column
from parsers.tables.runs import NamedYear
from parsers.tables.sheets import Box

# A longer line is prose, which may speak of any year.
_MAX_TITLE = 40
_PROSE = re.compile(r"[，。；,;月]")
_PART = re.compile(
    r"季度|季报|[上下]半年|月报|月份|(?<!\d)\d{1,2}月?[-~—–至到]+(?:[1-9]|1[01])月(?!\d)"
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


def title_years(line: Paragraph | Box) -> tuple[NamedYear, ...]:
    """The one year that a line above a table names; none where it is a date or prose."""
    if len(line.text) > _MAX_TITLE or _PROSE.search(line.text):
        return ()
    years = set(years_in(line.text))
    return (NamedYear(years.pop(), line.place),) if len(years) == 1 else ()
