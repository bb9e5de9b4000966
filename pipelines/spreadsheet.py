"""Workbooks: each used sheet is one grid, figures as printed as far as their format tells.

xlsx is read here, so that a percentage stays one and a formula without a stored value is
noticed; xls, et and xlsb go through calamine, which gives values without formats.
"""

import io
from collections.abc import Iterator

import python_calamine

from parsers.records import Document, Problem, TitleCandidate
from pipelines.assembly import Draft, Line, Table, assemble, first_line_titles, problem
from pipelines.grids import MAX_SLOTS, Box
from pipelines.limits import Package, RefusedError
from pipelines.sheets import Sheet, SheetCell, column_letters, read_workbook

MAX_ROWS = 20_000
MAX_COLUMNS = 500


def read_xlsx(payload: bytes) -> Document:
    """Reads an xlsx or xlsm package."""
    sheets, problems = read_workbook(Package(payload))
    return _document(sheets, "xlsx", problems)


def read_xls(payload: bytes) -> Document:
    """Reads an xls, et or xlsb workbook."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(payload))
        sheets = [_calamine_sheet(book, name) for name in book.sheet_names]
    except python_calamine.PasswordError as error:
        raise RefusedError("encrypted", "the workbook is encrypted with a password") from error
    except python_calamine.CalamineError as error:
        raise RefusedError("unreadable", f"the workbook is damaged ({error})") from error
    return _document(sheets, "xls", [])


def _calamine_sheet(book: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    found = book.get_sheet_by_name(name)
    sheet = Sheet(name)
    for row, values in enumerate(found.to_python(skip_empty_area=False)[:MAX_ROWS]):
        for col, value in enumerate(values[:MAX_COLUMNS]):
            if value != "":
                sheet.cells[row, col] = SheetCell(_printed(value))
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        sheet.merged.append((top, left, bottom, right))
    return sheet


def _printed(value: object) -> str:
    """A value as a general format prints it."""
    if isinstance(value, bool):
        return str(value).upper()
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
    """Rows with one cell at the head and foot are lines; what lies between is the table."""
    if not sheet.cells:
        return [], []
    boxes, problems = _boxes(sheet)
    rows = sorted({box.row for box in boxes if box.text})
    inner = [row for row in rows if sum(1 for b in boxes if b.row == row and b.text) > 1]
    if not inner:
        return [_line(box) for box in boxes if box.text], problems
    head = [b for b in boxes if b.row < inner[0] and b.text and b.row + b.rowspan <= inner[0]]
    foot = [b for b in boxes if b.row > inner[-1] and b.text and len(b.text) > 20]
    table = _table(sheet, [b for b in boxes if b not in head and b not in foot], head)
    return [*map(_line, head), table, *map(_line, foot)], problems


def _line(box: Box) -> Line:
    return Line(" ".join(box.text.split()), box.source)


def _table(sheet: Sheet, boxes: list[Box], head: list[Box]) -> Table:
    top = min(box.row for box in boxes if box.text)
    left = min(box.col for box in boxes)
    shown = [box for box in boxes if box.row >= top]
    moved = [
        Box(b.text, b.row - top, b.col - left, b.rowspan, b.colspan, False, b.source) for b in shown
    ]
    return Table(moved, f"xlsx:{sheet.name}!{column_letters(left)}{top + 1}")


def _boxes(sheet: Sheet) -> tuple[list[Box], list[Problem]]:
    height = min(max(row for row, _ in sheet.cells) + 1, MAX_ROWS)
    width = min(max(col for _, col in sheet.cells) + 1, MAX_COLUMNS)
    problems = []
    if height * width > MAX_SLOTS:
        height = MAX_SLOTS // width
        detail = f"the sheet {sheet.name} is too large; its first {height} rows were read"
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
