"""The sheets of an xlsx package with their number formats applied (ECMA-376 part 1, 18)."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import problem
from pipelines.limits import Package, RefusedError

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_CELLS = 400_000
# Numbers beyond are shown as they are stored: written out, one would fill a page.
MAX_EXPONENT = 30
MAX_DECIMALS = 15
# Formats that a workbook names by number only.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    14: "yyyy/m/d",
    22: "yyyy/m/d",
    27: "yyyy年m月",
    28: "m月d日",
    29: "m月d日",
    30: "m-d-yy",
    31: "yyyy年m月d日",
    57: "yyyy年m月",
    58: "m月d日",
}
MOST_COLUMNS = 16_384
# What day 0 is, as workbooks count days, by whether they count from 1904.
_FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
LAST_DAY = 200_000

# More digits than any number within these bounds has.
WIDE = Context(prec=80)

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([0#?]+))?")


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


def column_letters(column: int) -> str:
    """A, B, ... Z, AA for a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_workbook(package: Package) -> tuple[list[Sheet], list[Problem]]:
    """The visible sheets in order, and formulas whose value the file does not hold."""
    book = package.xml("xl/workbook.xml")
    if book is None:
        raise RefusedError("truncated", "the workbook has no list of sheets")
    reader = _WorkbookReader(package, book)
    for entry in book.iter(f"{S}sheet"):
        if entry.get("state", "visible") == "visible":
            reader.read(entry.get("name", ""), entry.get(f"{R}id", ""))
    return reader.sheets, reader.problems


class _WorkbookReader:
    def __init__(self, package: Package, book: etree._Element) -> None:
        self._package = package
        self._strings = _shared_strings(package)
        self._formats = _cell_formats(package)
        relations = package.xml("xl/_rels/workbook.xml.rels")
        entries = relations if relations is not None else ()
        self._targets = {r.get("Id", ""): r.get("Target", "") for r in entries}
        self._left = MAX_CELLS
        properties = book.find(f"{S}workbookPr")
        self._first_day = _FIRST_DAYS[properties is not None and _is_set(properties, "date1904")]
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
        self.sheets.append(sheet)

    @staticmethod
    def _columns(sheet: Sheet, root: etree._Element) -> None:
        for columns in root.iter(f"{S}col"):
            ends = columns.get("min", ""), columns.get("max", "")
            if _is_set(columns, "hidden") and all(e.isascii() and e.isdecimal() for e in ends):
                first, last = (min(int(end[:6]), MOST_COLUMNS) for end in ends)
                sheet.hidden_columns.update(range(first - 1, last))

    def _row(self, sheet: Sheet, element: etree._Element, row: int) -> None:
        if _is_set(element, "hidden"):
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
        text = self._text(cell)
        if not text and cell.find(f"{S}f") is not None:
            where = f"xlsx:{sheet.name}!{column_letters(place[1])}{place[0] + 1}"
            detail = "a formula whose result the file does not hold"
            self.problems.append(problem("formula_without_value", detail, where))
        if text:
            sheet.cells[place] = SheetCell(text)

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _rich_text(cell.find(f"{S}is"))
        value = cell.findtext(f"{S}v") or ""
        if kind == "s":
            number = int(value) if value.isascii() and value.isdecimal() else -1
            return self._strings[number] if 0 <= number < len(self._strings) else ""
        if kind in ("str", "e"):
            return value
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        style = cell.get("s", "0")
        index = int(style) if style.isascii() and style.isdecimal() else 0
        pattern = self._formats[index] if index < len(self._formats) else ""
        return dated(value, pattern, self._first_day) or formatted(value, pattern)


def _is_set(element: etree._Element, name: str) -> bool:
    return element.get(name, "0") in ("1", "true")


def _position(letters: str, number: str) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(number) - 1, column - 1


def _shared_strings(package: Package) -> list[str]:
    root = package.xml("xl/sharedStrings.xml")
    return [_rich_text(item) for item in root.iter(f"{S}si")] if root is not None else []


def _rich_text(item: etree._Element | None) -> str:
    """The text of all runs, without the phonetic guides."""
    if item is None:
        return ""
    direct = [t.text or "" for t in item.findall(f"{S}t")]
    runs = [t.text or "" for t in item.findall(f"{S}r/{S}t")]
    return "".join([*direct, *runs])


def _cell_formats(package: Package) -> list[str]:
    """The number format of each cell style."""
    root = package.xml("xl/styles.xml")
    if root is None:
        return []
    own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter(f"{S}numFmt")}
    styles = root.find(f"{S}cellXfs")
    ids = [xf.get("numFmtId", "0") for xf in styles.iter(f"{S}xf")] if styles is not None else []
    built_in = {str(number): pattern for number, pattern in BUILT_IN.items()}
    return [own.get(number) or built_in.get(number, "") for number in ids]


def dated(value: str, pattern: str, first_day: date) -> str:
    """A stored day as its format prints it; empty where that prints no date."""
    bare = _QUOTED.sub("", pattern.split(";")[0]).lower()
    whole = value.partition(".")[0]
    if not re.search(r"y|d|m月", bare) or re.search(r"[#0?]|general", bare):
        return ""
    if not (whole.isascii() and whole.isdecimal() and int(whole[:9]) < LAST_DAY):
        return ""
    day = first_day + timedelta(days=int(whole))
    parts = {"y": (day.year, 4), "m": (day.month, 2), "d": (day.day, 2)}

    def written(found: re.Match[str]) -> str:
        number, wide = parts[found[0][0].lower()]
        return (
            f"{number % 100:02}" if found[0].lower() == "yy" else f"{number:0{_width(found, wide)}}"
        )

    plain = re.sub(r"\[[^\]]*\]|[\"\\]|;.*|_.|\*.|[hs:]+.*", "", pattern)
    return re.sub(r"[yY]+|[mM]+|[dD]+", written, plain).strip()


def _width(found: re.Match[str], wide: int) -> int:
    return wide if len(found[0]) == wide else 1


def formatted(value: str, pattern: str) -> str:
    """A stored number as its format prints it: decimals, thousands, percent, literal text."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > MAX_EXPONENT:
        return value
    section = _section(pattern, number)
    digits = _DIGITS.search(_QUOTED.sub(lambda m: "\0" * len(m.group()), section))
    if not section or section.lower() == "general" or digits is None:
        return _general(number)
    percent = "%" in section[digits.end() :]
    shown = number * 100 if percent else number
    # A comma behind the last digit leaves three of them out.
    shown = shown.scaleb(-3 * (len(digits[0]) - len(digits[0].rstrip(","))))
    decimals = (digits[1] or "")[:MAX_DECIMALS]
    rounded = shown.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, WIDE)
    text = f"{abs(rounded):,f}" if "," in digits[0].rstrip(",") else f"{abs(rounded):f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    if optional and "." in text:
        kept = text[: len(text) - optional]
        text = (kept + text[len(kept) :].rstrip("0")).rstrip(".")
    sign = "-" if rounded < 0 else "+" if "+" in section[: digits.start()] and number > 0 else ""
    return sign + text + ("%" if percent else "")


def _section(pattern: str, number: Decimal) -> str:
    """The part of a format for positive numbers, negative ones or zero."""
    parts = pattern.split(";")
    if number < 0 and len(parts) > 1:
        return parts[1] or parts[0]
    if number == 0 and len(parts) > 2:
        return parts[2] or parts[0]
    return parts[0]


def _general(number: Decimal) -> str:
    """As the general format prints it: up to 11 digits, no exponent for usual sizes."""
    rounded = Decimal(f"{number:.15g}")
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
