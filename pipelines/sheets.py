"""The sheets of an xlsx package with their number formats applied (ECMA-376 part 1, 18)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import problem
from pipelines.limits import Package, RefusedError
from pipelines.number_formats import BUILT_IN, FIRST_DAYS, dated, formatted
from pipelines.sheet_drawings import TextBox, read_drawings

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_CELLS = 400_000
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
    """A sheet: its cells by row and column (from 0) and its merged ranges, ends included."""

    name: str
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: int = 0
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
    book = package.xml("xl/workbook.xml")
    if book is None:
        raise RefusedError("truncated", "the workbook has no list of sheets")
    reader = _WorkbookReader(package, book)
    for entry in book.iter(f"{S}sheet"):
        name = entry.get("name", "")
        if entry.get("state", "visible") == "visible":
            reader.read(name, entry.get(f"{R}id", ""))
        else:
            reader.problems.append(hidden_sheet(name))
    return reader.sheets, reader.problems


def hidden_sheet(name: str) -> Problem:
    """A sheet that its workbook hides."""
    return problem("hidden_text", f"the sheet {name} is hidden and was left out")


class _WorkbookReader:
    def __init__(self, package: Package, book: etree._Element) -> None:
        self._package = package
        self._strings = _shared_strings(package)
        self._formats, self._struck = _cell_formats(package)
        relations = package.xml("xl/_rels/workbook.xml.rels")
        entries = relations if relations is not None else ()
        self._targets = {r.get("Id", ""): r.get("Target", "") for r in entries}
        self._left = MAX_CELLS
        properties = book.find(f"{S}workbookPr")
        self._first_day = FIRST_DAYS[properties is not None and _is_set(properties, "date1904")]
        self.sheets: list[Sheet] = []
        self.problems: list[Problem] = []

    def read(self, name: str, relation: str) -> None:
        target = self._targets.get(relation, "").lstrip("/")
        path = target if target.startswith("xl/") else f"xl/{target}"
        root = self._package.xml(path)
        if root is None:
            self.problems.append(problem("truncated", f"the sheet {name} is missing"))
            return
        sheet = Sheet(name)
        self._columns(sheet, root)
        row = -1
        for element in root.iter(f"{S}row"):
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
        for columns in root.iter(f"{S}col"):
            ends = columns.get("min", ""), columns.get("max", "")
            hidden = _is_set(columns, "hidden") or columns.get("width") == "0"
            if hidden and all(e.isascii() and e.isdecimal() for e in ends):
                first, last = (min(int(end[:6]), MOST_COLUMNS) for end in ends)
                sheet.hidden_columns.update(range(first - 1, last))

    def _row(self, sheet: Sheet, element: etree._Element, row: int) -> None:
        if _is_set(element, "hidden") or element.get("ht") == "0":
            sheet.hidden_rows.add(row)
        column = -1
        for cell in element.iter(f"{S}c"):
            found = _REFERENCE.fullmatch(cell.get("r", ""))
            place = _position(*found.groups()) if found else (row, column + 1)
            column = place[1]
            self._cell(sheet, cell, place)

    def _cell(self, sheet: Sheet, cell: etree._Element, place: tuple[int, int]) -> None:
        self._left -= 1
        if self._left == 0:
            detail = f"the workbook has more than {MAX_CELLS} cells; the rest was not read"
            self.problems.append(problem("table_too_large", detail))
        if self._left <= 0:
            return
        text, struck = self._text(cell)
        if not text and cell.find(f"{S}f") is not None and not _holds_result(cell):
            where = f"xlsx:{sheet.name}!{column_letters(place[1])}{place[0] + 1}"
            detail = "a formula whose result the file does not hold"
            self.problems.append(problem("formula_without_value", detail, where))
            text = UNREADABLE
        if text and self._style(cell) in self._struck:
            text, struck = "", True
        sheet.struck += struck
        if text:
            sheet.cells[place] = SheetCell(text)

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
        pattern = self._formats[index] if index < len(self._formats) else ""
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


def _shared_strings(package: Package) -> list[tuple[str, bool]]:
    root = package.xml("xl/sharedStrings.xml")
    return [_rich_text(item) for item in root.iter(f"{S}si")] if root is not None else []


def _rich_text(item: etree._Element | None) -> tuple[str, bool]:
    """The text of all runs without the phonetic guides, and whether some is struck out."""
    if item is None:
        return "", False
    direct = [t.text or "" for t in item.findall(f"{S}t")]
    runs = [
        (run.findtext(f"{S}t") or "", _is_struck(run.find(f"{S}rPr")))
        for run in item.findall(f"{S}r")
    ]
    kept = [text for text, is_struck in runs if not is_struck]
    struck = any(is_struck and text.strip() for text, is_struck in runs)
    return _unescaped("".join([*direct, *kept])), struck


def _is_struck(font: etree._Element | None) -> bool:
    strike = font.find(f"{S}strike") if font is not None else None
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written by their codes (18.4.12); controls print none."""

    def written(found: re.Match[str]) -> str:
        char = chr(int(found[1], 16))
        return char if char in "\n\t_" else ""

    return _ESCAPE.sub(written, text) if "_x" in text else text


def _cell_formats(package: Package) -> tuple[list[str], set[int]]:
    """The number format of each cell style, and the styles whose font is struck out."""
    root = package.xml("xl/styles.xml")
    if root is None:
        return [], set()
    own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter(f"{S}numFmt")}
    fonts = [_is_struck(font) for font in root.iterfind(f"{S}fonts/{S}font")]
    crossed = {str(number) for number, is_struck in enumerate(fonts) if is_struck}
    styles = list(root.iterfind(f"{S}cellXfs/{S}xf"))
    struck = {number for number, xf in enumerate(styles) if xf.get("fontId") in crossed}
    built_in = {str(number): pattern for number, pattern in BUILT_IN.items()}
    ids = [xf.get("numFmtId", "0") for xf in styles]
    return [own.get(number) or built_in.get(number, "") for number in ids], struck
