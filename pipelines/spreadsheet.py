"""Workbooks: each used sheet is one grid, figures as printed as far as their format tells.

xlsx is read here, so that a percentage stays one and a formula without a stored value is
noticed; xls, et and xlsb go through calamine, which gives values without formats: those of xls
and et are read beside it.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import accumulate, takewhile

import python_calamine

from parsers.records import Document, Problem, TitleCandidate
from pipelines.assembly import (
    Draft,
    Line,
    Table,
    assemble,
    ends_like_title,
    first_line_titles,
    problem,
)
from pipelines.biff import Layout, Place, is_locked, read_layout
from pipelines.grids import MAX_SLOTS, Box
from pipelines.limits import Package, RefusedError
from pipelines.number_formats import formatted, is_unprinted
from pipelines.sheets import (
    UNREADABLE,
    Sheet,
    SheetCell,
    column_letters,
    formula_without_value,
    hidden_sheet,
    read_workbook,
    unseen_cells,
)

MAX_ROWS = 20_000
MAX_COLUMNS = 500
# Places of a sheet that the library is asked for, empty ones among them.
MAX_AREA = 4_000_000
# A row with one text of more than this is a title or a note, not a part of the table.
NOTE_CHARS = 40
_PANIC = "PanicException"
_OLE = b"\xd0\xcf\x11\xe0"


def read_xlsx(payload: bytes) -> Document:
    """Reads an xlsx or xlsm package."""
    sheets, problems = read_workbook(Package(payload))
    return _document(sheets, "xlsx", problems)


def read_xls(payload: bytes) -> Document:
    """Reads an xls, et or xlsb workbook."""
    if payload.startswith(_OLE) and is_locked(payload):
        raise RefusedError("encrypted", "the workbook is encrypted with a password")
    with refusals():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(payload))
        layout = read_layout(payload) if payload.startswith(_OLE) else Layout()
        metas = book.sheets_metadata
        shown = [m.name for m in metas if m.visible == python_calamine.SheetVisibleEnum.Visible]
        sheets = [_calamine_sheet(book, name, layout) for name in shown]
        problems = [told for sheet in sheets for told in _left_out(sheet)]
    problems += [hidden_sheet(m.name) for m in metas if m.name not in shown]
    return _document(sheets, "xls", problems)


@contextmanager
def refusals() -> Iterator[None]:
    """What the library says of workbooks it cannot read; over some it panics: no `Exception`."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise RefusedError("encrypted", "the workbook is encrypted with a password") from error
    except python_calamine.CalamineError as error:
        raise RefusedError("unreadable", f"the workbook is damaged ({error})") from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise RefusedError("truncated", "the workbook is cut short or damaged") from None


def _left_out(sheet: Sheet) -> Iterator[Problem]:
    for place, cell in sorted(sheet.cells.items()):
        if cell.text == UNREADABLE:
            yield formula_without_value(sheet.name, place)
    yield from unseen_cells(sheet)


def _calamine_sheet(book: python_calamine.CalamineWorkbook, name: str, layout: Layout) -> Sheet:
    found = book.get_sheet_by_name(name)
    sheet = Sheet(
        name,
        hidden_rows=layout.hidden_rows.get(name, set()),
        hidden_columns=layout.hidden_columns.get(name, set()),
    )
    unknown = (place for place in layout.unknown if place[0] == name)
    sheet.cells |= {place[1:]: SheetCell(UNREADABLE) for place in unknown}
    errors = ((place[1:], text) for place, text in layout.errors.items() if place[0] == name)
    sheet.cells |= {place: SheetCell(text) for place, text in errors}
    most = min(MAX_ROWS, MAX_AREA // max(found.total_width, 1))
    sheet.is_cut = found.total_height > most
    for row, values in enumerate(found.to_python(skip_empty_area=False, nrows=most)):
        for col, value in enumerate(values[:MAX_COLUMNS]):
            text = _shown_text(value, (name, row, col), layout)
            sheet.unseen += value != "" and not text
            if text:
                sheet.cells[row, col] = SheetCell(text)
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        sheet.merged.append((top, left, bottom, right))
    return sheet


def _shown_text(value: object, place: Place, layout: Layout) -> str:
    """What a cell shows of its value; empty where that is nothing."""
    if value == "" or place in layout.white:
        return ""
    pattern = layout.formats.get(place, "")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and is_unprinted(str(value), pattern, place[0] not in layout.without_zeros):
        return ""
    return _printed(value, pattern)


def _printed(value: object, pattern: str) -> str:
    """A value as its format prints it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and pattern:
        return formatted(f"{value:.15g}", pattern)
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"
    return str(value)


def _document(sheets: list[Sheet], kind: str, problems: list[Problem]) -> Document:
    drafts: list[Draft] = []
    for sheet in sheets:
        sheet_drafts, cut = _drafts(sheet)
        drafts += sheet_drafts
        problems += cut
    blocks = assemble("xlsx", drafts)
    if not blocks:
        problems.append(problem("no_text", "the workbook holds no text"))
    names = tuple(TitleCandidate(s.name, "heading") for s in sheets if len(s.name) > 6)
    return Document(
        blocks=blocks,
        media_type=kind,
        charset_reason="workbook",
        titles=(*first_line_titles(blocks), *names),
        problems=tuple(problems),
    )


def _drafts(sheet: Sheet) -> tuple[list[Draft], list[Problem]]:
    """The title rows of a sheet, the notes below its table and its text boxes are lines.

    Lines of text boxes come before the table where their corner lies above its second row.
    """
    boxes, problems = _boxes(sheet) if sheet.cells else ([], [])
    boxes, left = _shown(sheet, boxes)
    by_row: dict[int, list[Box]] = {}
    for box in boxes:
        if box.text:
            by_row.setdefault(box.row, []).append(box)
    rows = sorted(by_row)
    head = list(takewhile(lambda row: _is_title(by_row[row]), rows))
    foot = list(takewhile(lambda row: _is_note(by_row[row]), reversed(rows[len(head) :])))
    noted = {*head, *foot}
    table = [box for box in boxes if box.row not in noted]
    top = min((box.row for box in table if box.text), default=MAX_ROWS)
    lines = sorted([*_box_lines(sheet), *((row, _line(by_row[row][0])) for row in noted)], key=_row)
    drafts: list[Draft] = [line for row, line in lines if row <= top]
    if any(box.text for box in table):
        drafts.append(_table(table))
    return [*drafts, *(line for row, line in lines if row > top)], problems + left


def _row(line: tuple[int, Line]) -> int:
    return line[0]


def _box_lines(sheet: Sheet) -> Iterator[tuple[int, Line]]:
    """The lines of text boxes with the row, among those shown, that their box begins on."""
    for box in sheet.boxes:
        row = box.row - sum(hidden < box.row for hidden in sheet.hidden_rows)
        place = f"xlsx:{sheet.name}!{column_letters(box.col)}{box.row + 1}"
        for text in box.lines:
            yield row, Line(" ".join(text.split()), place)


def _shown(sheet: Sheet, boxes: list[Box]) -> tuple[list[Box], list[Problem]]:
    """The boxes without the rows and columns that the sheet hides, moved together."""
    if not boxes or not (sheet.hidden_rows or sheet.hidden_columns):
        return boxes, []
    rows = _moved(max(box.row + box.rowspan for box in boxes), sheet.hidden_rows)
    columns = _moved(max(box.col + box.colspan for box in boxes), sheet.hidden_columns)
    shown, left = [], 0
    for box in boxes:
        height = rows[box.row + box.rowspan] - rows[box.row]
        width = columns[box.col + box.colspan] - columns[box.col]
        left += bool(box.text) and not (height and width)
        if height and width:
            row, col = rows[box.row], columns[box.col]
            shown.append(replace(box, row=row, col=col, rowspan=height, colspan=width))
    detail = f"{left} cells of hidden rows and columns of the sheet {sheet.name} were left out"
    return shown, [problem("hidden_text", detail)] if left else []


def _moved(length: int, hidden: set[int]) -> list[int]:
    """For each edge between rows or columns how many that are shown come before it."""
    return [0, *accumulate(int(number not in hidden) for number in range(length))]


def _is_title(row: list[Box]) -> bool:
    return len(row) == 1 and (ends_like_title(row[0].text) or len(row[0].text) > NOTE_CHARS)


def _is_note(row: list[Box]) -> bool:
    return len(row) == 1 and len(row[0].text) > NOTE_CHARS


def _line(box: Box) -> Line:
    return Line(" ".join(box.text.split()), box.source)


def _table(boxes: list[Box]) -> Table:
    top = min(box.row for box in boxes if box.text)
    left = min(box.col for box in boxes if box.text)
    shown = [box for box in boxes if box.row >= top and box.col >= left]
    moved = [replace(box, row=box.row - top, col=box.col - left) for box in shown]
    return Table(moved, moved[0].source)


def _boxes(sheet: Sheet) -> tuple[list[Box], list[Problem]]:
    rows = max(row for row, _ in sheet.cells) + 1
    columns = max(col for _, col in sheet.cells) + 1
    width = min(columns, MAX_COLUMNS)
    height = min(rows, MAX_ROWS, MAX_SLOTS // width)
    problems = []
    if height < rows or width < columns or sheet.is_cut:
        detail = f"the sheet {sheet.name} is too large; its first {height} rows "
        detail += f"and {width} columns were read"
        problems.append(problem("table_too_large", detail))
    covered: set[tuple[int, int]] = set()
    boxes = list(_merged_boxes(sheet, height, width, covered))
    for row in range(height):
        for col in range(width):
            if (row, col) not in covered:
                boxes.append(_box(sheet, row, col, 1, 1))
    return sorted(boxes, key=lambda box: (box.row, box.col)), problems


def _merged_boxes(
    sheet: Sheet, height: int, width: int, covered: set[tuple[int, int]]
) -> Iterator[Box]:
    for top, left, bottom, right in sheet.merged:
        if top >= height or left >= width or (top, left) in covered:
            continue
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        slots = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        if covered.isdisjoint(slots):
            covered.update(slots)
            yield _box(sheet, top, left, bottom - top + 1, right - left + 1)


def _box(sheet: Sheet, row: int, col: int, rowspan: int, colspan: int) -> Box:
    cell = sheet.cells.get((row, col))
    text = cell.text.strip() if cell else ""
    place = f"xlsx:{sheet.name}!{column_letters(col)}{row + 1}"
    return Box(text, row, col, rowspan, colspan, False, place)
