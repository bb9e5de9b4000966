"""What stands under no heads in a sheet: rows, labels and values that are told, not read."""

from collections.abc import Iterator, Mapping, Sequence

from parsers.records import Problem
from parsers.tables.heads import is_figure, tables_of
from parsers.tables.known import Known
from parsers.tables.placing import is_value
from parsers.tables.runs import Run
from parsers.tables.sheets import Line, Sheet

# What a shorter label says, tables of all kinds count; more words beside it are an explanation.
_SHORTEST = 4
_LONGEST = 40
# So many row labels in one line, or below each other without a figure, are no accident.
_SEVERAL = 3


def rows_among(lines: Sequence[Line], known: Known, *, beside: bool) -> list[Line]:
    """The rows of ours among lines under no heads: their figures cannot be told.

    One such row alone is another table's, if it does not stand `beside` rows of ours or under
    what is left of our heads, nor is the table rows of ours alone.
    """
    rows = [line for line in lines if known.is_row(line)]
    told = beside or len(rows) > 1 or (rows and any(map(known.names_heads, lines)))
    return rows if told else _all_ours(lines, known)


def _all_ours(lines: Sequence[Line], known: Known) -> list[Line]:
    """The rows of a table which has no other rows than ours, with figures or damaged ones."""
    filled = [line for line in lines if len(line.printed()) > 1]
    rows = [line for line in filled if any(map(str.isdigit, _beside_label(line, known)))]
    return rows if rows and len(filled) - len(rows) <= 1 and filled[-1] in rows else []


def _beside_label(line: Line, known: Known) -> str:
    """What a line prints beside the label of a row that it begins with, if it is short."""
    label, *values = line.printed()
    is_label = len(label.text) >= _SHORTEST and any(
        book.knows(label.text) for book in known.books.values()
    )
    text = "".join(box.text for box in values)
    return text if is_label and len(text) <= _LONGEST else ""


def orphan_problems(lines: Sequence[Line], rows: Sequence[Line], known: Known) -> Iterator[Problem]:
    """What is told of the lines of a sheet under no heads, `rows` of ours among them."""
    for line in rows:
        label = line.printed()[0].text.strip()
        yield _problem("no_heads", f"no column heads above the row {label}", line.place)
    first = [box for line in lines for box in line.printed()[:1]]
    below = tables_of(known.heads.found(first))
    if below or known.are_of_form(lines) or _have_figures(lines, known):
        for line in lines:
            yield from _labels_across(line, below, known)


def _labels_across(line: Line, below: Mapping[str, int], known: Known) -> Iterator[Problem]:
    """Row labels side by side: the table is turned, and its figures stand below or beside.

    `below` counts by table the column heads that begin lines: two labels and two heads do too.
    """
    texts = [box.text for box in line.printed()]
    for table, book in known.books.items():
        across = sum(map(book.knows, texts))
        if across >= _SEVERAL or min(across, below.get(table, 0)) > 1:
            detail = f"{table}: labels of rows stand side by side, from {texts[0].strip()[:20]}"
            yield _problem("unclear_columns", detail, line.place)
            return


def without_figures(lines: Sequence[Line], known: Known) -> Iterator[Problem]:
    """Labels of rows below each other, without a figure anywhere: the table lost its figures.

    Labels that menus have too (行政许可, 行政处罚) are told only among others.
    """
    printed = [line for line in lines if line.printed()]
    table = known.table_of(printed)
    labels = known.rows_of(table, printed)
    many = labels >= _SEVERAL and 2 * labels > len(printed)
    if many and known.are_of_form(printed) and not _have_figures(printed, known):
        detail = f"{table}: {labels} labels of rows without a figure"
        yield _problem("no_figures", detail, printed[0].place)


def _have_figures(lines: Sequence[Line], known: Known) -> bool:
    return any(is_figure(box, known.words) for line in lines for box in line.printed())


def bare_rows(last: Run, sheet: Sheet, known: Known) -> Iterator[Problem]:
    """Values without any label, no wider than the table above: its rows on a further page."""
    printed = [line for line in sheet.lines if line.printed()]
    boxes = [box for line in printed for box in line.printed()]
    width = max((line.size for line in last.rows), default=0)
    fits = all(line.size <= width for line in printed)
    if boxes and fits and all(is_value(box, known.words) for box in boxes):
        detail = f"values without a label below the table: {boxes[-1].text.strip()[:20]}"
        yield _problem("doubtful_row", detail, sheet.place)


def _problem(kind: str, detail: str, place: str) -> Problem:
    return Problem("table", kind, detail, place)
