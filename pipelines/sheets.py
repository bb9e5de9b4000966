"""The sheets of an xlsx package with their number formats applied (ECMA-376 part 1, 18)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import problem
from pipelines.limits import Package, RefusedError
from pipelines.number_formats import FIRST_DAYS, dated, formatted, is_unprinted
from pipelines.relations import Relations, main_part, read_relations
from pipelines.sheet_drawings import TextBox, read_drawings
from pipelines.sheet_styles import S, is_struck, read_cell_styles

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_CELLS = 400_000
MAX_SHEETS = 200
MOST_COLUMNS = 16_384
# A value that the file should hold and does not: unreadable, not blank.
UNREADABLE = "\ufffd"

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell as printed."""

    text: str


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells by row and column (from 0) and its merged ranges, ends included.

    `struck` and `unseen` count cells that were left out as struck out, and as white or printed
    blank by their format; `may_shade` is whether rules of the sheet may give cells a ground,
    `is_cut` whether it has more rows than were looked at.
    """

    name: str
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: int = 0
    unseen: int = 0
    shows_zeros: bool = True
    may_shade: bool = False
    is_cut: bool = False
    boxes: list[TextBox] = field(default_factory=list)


def column_letters(column: int) -> str:
    """A, B, ... Z, AA for a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_workbook(package: Package) -> tuple[list[Sheet], list[Problem]]:
    """The visible sheets in order, and what else of the workbook was not read."""
    main = main_part(package, "xl/workbook.xml")
    book = package.xml(main)
    if book is None:
        raise RefusedError("truncated", "the workbook has no list of sheets")
    reader = _WorkbookReader(package, book, read_relations(package, main))
    for number, entry in enumerate(book.iter(f"{S}sheet")):
        if number == MAX_SHEETS:
            detail = f"the workbook has more than {MAX_SHEETS} sheets; the rest was not read"
            reader.problems.append(problem("too_long", detail))
            break
        name = entry.get("name", "")
        if entry.get("state", "visible") == "visible":
            reader.read(name, entry.get(f"{R}id", ""))
        else:
            reader.problems.append(hidden_sheet(name))
    return reader.sheets, reader.problems


def hidden_sheet(name: str) -> Problem:
    """A sheet that its workbook hides."""
    return problem("hidden_text", f"the sheet {name} is hidden and was left out")


def formula_without_value(sheet: str, place: tuple[int, int]) -> Problem:
    """A formula whose result was not saved."""
    where = f"xlsx:{sheet}!{column_letters(place[1])}{place[0] + 1}"
    detail = "a formula whose result the file does not hold"
    return problem("formula_without_value", detail, where)


def unseen_cells(sheet: Sheet) -> list[Problem]:
    """What a sheet holds in cells that show nothing."""
    if not sheet.unseen:
        return []
    detail = f"{sheet.unseen} cells of the sheet {sheet.name} that are white or print nothing"
    return [problem("hidden_text", f"{detail} were left out")]


class _WorkbookReader:
    def __init__(self, package: Package, book: etree._Element, related: Relations) -> None:
        self._package = package
        self._strings = _shared_strings(
            package.xml(related.part("sharedStrings", "xl/sharedStrings.xml"))
        )
        self._styles = read_cell_styles(package.xml(related.part("styles", "xl/styles.xml")))
        self._targets = related.targets
        self._left = MAX_CELLS
        properties = book.find(f"{S}workbookPr")
        self._first_day = FIRST_DAYS[properties is not None and _is_set(properties, "date1904")]
        self.sheets: list[Sheet] = []
        self.problems: list[Problem] = []

    def read(self, name: str, relation: str) -> None:
        path = self._targets.get(relation, "")
        root = self._package.xml(path)
        if root is None:
            self.problems.append(problem("truncated", f"the sheet {name} is missing"))
            return
        sheet = Sheet(name)
        views = list(root.iter(f"{S}sheetView"))
        sheet.shows_zeros = not any(v.get("showZeros") in ("0", "false") for v in views)
        shading = root.iter(f"{S}conditionalFormatting", f"{S}tablePart", f"{S}picture")
        sheet.may_shade = next(shading, None) is not None
        self._columns(sheet, root)
        row = -1
        for element in root.iter(f"{S}row"):
            if self._left <= 0:
                break
            printed = element.get("r", "")
            row = int(printed) - 1 if printed.isascii() and printed.isdecimal() else row + 1
            self._row(sheet, element, row)
        for merged in root.iter(f"{S}mergeCell"):
            found = _REFERENCE.findall(merged.get("ref", ""))
            if len(found) == 2:
                (top, left), (bottom, right) = (_position(*pair) for pair in found)
                sheet.merged.append((top, left, bottom, right))
        self._drawings(sheet, path)
        if sheet.struck:
            detail = f"{sheet.struck} texts of the sheet {name} are struck out and were left out"
            self.problems.append(problem("struck_text", detail))
        self.problems += unseen_cells(sheet)
        self.sheets.append(sheet)

    def _drawings(self, sheet: Sheet, path: str) -> None:
        try:
            drawing = read_drawings(self._package, path)
        except RefusedError as error:
            detail = f"the text boxes of the sheet {sheet.name} were not read: {error}"
            self.problems.append(problem(error.code, detail))
            return
        sheet.boxes = drawing.boxes
        sheet.struck += drawing.struck
        if drawing.hidden:
            detail = f"{drawing.hidden} text boxes of the sheet {sheet.name} are hidden"
            self.problems.append(problem("hidden_text", f"{detail} and were left out"))

    @staticmethod
    def _columns(sheet: Sheet, root: etree._Element) -> None:
        left = 2 * MOST_COLUMNS  # no sheet but a hostile one names its columns twice
        for columns in root.iter(f"{S}col"):
            ends = columns.get("min", ""), columns.get("max", "")
            hidden = _is_set(columns, "hidden") or columns.get("width") == "0"
            if hidden and all(e.isascii() and e.isdecimal() for e in ends):
                first, last = (min(int(end[:6]), MOST_COLUMNS) for end in ends)
                sheet.hidden_columns.update(range(first - 1, last))
                left -= last - first
            if left <= 0:
                break

    def _row(self, sheet: Sheet, element: etree._Element, row: int) -> None:
        if _is_set(element, "hidden") or element.get("ht") == "0":
            sheet.hidden_rows.add(row)
        column = -1
        for cell in element.iter(f"{S}c"):
            if self._left <= 0:
                break
            found = _REFERENCE.fullmatch(cell.get("r", ""))
            place = _position(*found.groups()) if found else (row, column + 1)
            column = place[1]
            self._cell(sheet, cell, place)

    def _cell(self, sheet: Sheet, cell: etree._Element, place: tuple[int, int]) -> None:
        self._left -= 1
        if self._left == 0:
            detail = f"the workbook has more than {MAX_CELLS} cells; the rest was not read"
            self.problems.append(problem("table_too_large", detail))
            return
        text, struck = self._text(cell)
        if not text and cell.find(f"{S}f") is not None and not _holds_result(cell):
            self.problems.append(formula_without_value(sheet.name, place))
            text = UNREADABLE
        style = self._style(cell)
        if text and style in self._styles.struck:
            text, struck = "", True
        elif text and self._is_unseen(sheet, cell, style):
            text = ""
            sheet.unseen += 1
        sheet.struck += struck
        if text:
            sheet.cells[place] = SheetCell(text)

    def _is_unseen(self, sheet: Sheet, cell: etree._Element, style: int) -> bool:
        """Whether a cell with a text shows none: white on white, or by its format."""
        if style in self._styles.white and not sheet.may_shade:
            return True
        if cell.get("t", "n") != "n":
            return False
        formats = self._styles.formats
        pattern = formats[style] if style < len(formats) else ""
        return is_unprinted(cell.findtext(f"{S}v") or "", pattern, sheet.shows_zeros)

    @staticmethod
    def _style(cell: etree._Element) -> int:
        style = cell.get("s", "0")
        return int(style) if style.isascii() and style.isdecimal() else 0

    def _text(self, cell: etree._Element) -> tuple[str, bool]:
        """What a cell prints, and whether some of it is struck out and left out."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _rich_text(cell.find(f"{S}is"))
        value = cell.findtext(f"{S}v") or ""
        if kind == "s":
            number = int(value) if value.isascii() and value.isdecimal() else -1
            known = 0 <= number < len(self._strings)
            return self._strings[number] if known else (UNREADABLE if value else "", False)
        if kind in ("str", "e"):
            return _unescaped(value), False
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value), False
        index = self._style(cell)
        formats = self._styles.formats
        pattern = formats[index] if index < len(formats) else ""
        return dated(value, pattern, self._first_day) or formatted(value, pattern), False


def _holds_result(formula: etree._Element) -> bool:
    """Whether a formula was saved with its result, which may be an empty text."""
    return formula.find(f"{S}v") is not None and formula.get("t") == "str"


def _is_set(element: etree._Element, name: str) -> bool:
    return element.get(name, "0") in ("1", "true")


def _position(letters: str, number: str) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(number) - 1, column - 1


def _shared_strings(root: etree._Element | None) -> list[tuple[str, bool]]:
    return [_rich_text(item) for item in root.iter(f"{S}si")] if root is not None else []


def _rich_text(item: etree._Element | None) -> tuple[str, bool]:
    """The text of all runs without the phonetic guides, and whether some is struck out."""
    if item is None:
        return "", False
    direct = [t.text or "" for t in item.findall(f"{S}t")]
    runs = [
        (run.findtext(f"{S}t") or "", is_struck(run.find(f"{S}rPr")))
        for run in item.findall(f"{S}r")
    ]
    kept = [text for text, crossed in runs if not crossed]
    struck = any(crossed and text.strip() for text, crossed in runs)
    return _unescaped("".join([*direct, *kept])), struck


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written by their codes (18.4.12); controls print none."""

    def written(found: re.Match[str]) -> str:
        char = chr(int(found[1], 16))
        return char if char in "\n\t_" else ""

    return _ESCAPE.sub(written, text) if "_x" in text else text
