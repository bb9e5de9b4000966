"""Tables that go on in the next grid, on a further page, without their heads."""

from collections.abc import Sequence
from dataclasses import replace

from parsers.tables.known import Known
from parsers.tables.runs import Run
from parsers.tables.sheets import Line, Sheet

# Within so many lines a further page shows a row, or heads of its own.
_TOP = 3


def next_page(last: Run, sheet: Sheet, known: Known) -> Run | None:
    """A run's heads taken up again, if the sheet begins with rows of its table.

    Heads in a grid of their own have no rows yet: these are their first ones.
    """
    top = sheet.lines[:_TOP]
    if not top or any(map(known.heads.header, top)) or known.is_group(top[0]):
        return None
    # A label that a page break cut in two begins on the page before.
    split = last.rows[-1:] if last.rows and len(last.rows[-1].printed()) == 1 else []
    has_rows = any(known.rows_of(table, top) for table in last.tables)
    goes_on = has_rows or _completes(last, split, sheet, known)
    if known.tables[last.table].layout == "rows" and not goes_on:
        return None
    return replace(last, place=sheet.place, rows=[])


def _completes(last: Run, split: Sequence[Line], sheet: Sheet, known: Known) -> bool:
    """Whether a sheet begins with the rest of a label."""
    begun = "".join(line.printed()[0].text for line in split)
    rest = sheet.lines[0].printed() if begun else ()
    return any(known.books[last.table].knows(begun + box.text) for box in rest)
