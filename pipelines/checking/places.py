"""Places as a clerk finds them: 表二第3行第8列, 第12段, 第40行."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from parsers.records import Cell, Document, Grid

_MAX_ROWS = 8
_SHOWN = 60
_RANGE = re.compile(r"@(\d+)-(\d+)(?=#|$)")
_TEXT = re.compile(r"text:(\d+)-(\d+)(?:@(\d+)-(\d+))?$")
_PAGE = re.compile(r"(?:pdf|ofd):p(\d+)@")
_SHEET = re.compile(r"xlsx?:(.+)!([A-Z]+\d+)$")


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell stands: table, row and column, all from 1. Table 0: a line of plain text.

    `page` is 0 where the document has no pages.
    """

    table: int
    row: int
    col: int
    page: int = 0


def shown(text: str, limit: int = _SHOWN) -> str:
    """The text on one line, without control characters, cut at `limit` characters."""
    ink = "".join(char for char in " ".join(text.split()) if unicodedata.category(char) != "Cc")
    return ink if len(ink) <= limit else f"{ink[:limit]}…"


class Places:
    """The places of one document. `text` is the decoded text of a plain text file, else empty."""

    def __init__(self, document: Document, text: str = "") -> None:
        """Numbers the tables and paragraphs."""
        self._text = text
        self._line_starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]
        self._grids = list(document.grids())
        self._cells = dict(_cells(self._grids))
        self._paragraphs = {
            item.place: (number, item.text) for number, item in enumerate(document.paragraphs(), 1)
        }

    def cell(self, locator: str) -> CellPlace | None:
        """The cell at a locator; None where no cell stands there."""
        if found := self._cells.get(locator):
            return found[0]
        match = _TEXT.match(locator)
        if match is None or not self._text:
            return None
        begin = int(match[1])
        line = bisect_right(self._line_starts, begin)
        return CellPlace(0, line, 1 + self._text.count("\t", self._line_starts[line - 1], begin))

    def of(self, locator: str) -> str:
        """One place in words; empty where there is none."""
        if not locator:
            return ""
        if sheet := _SHEET.match(locator):
            return f"工作表“{sheet[1]}”{sheet[2]}格"
        if cell := self.cell(locator):
            return self._cell_in_words(cell)
        page = f"第{_page(locator)}页" if _page(locator) else ""
        paragraph = self._paragraphs.get(_RANGE.sub("", locator))
        if paragraph and not page:
            return f"第{paragraph[0]}段"
        return page or next(self._grid_in_words(locator), "")

    def all_of(self, locators: Iterable[str]) -> str:
        """Several places, cells of one row together: 表二第4行第4、5列；第6行第10列."""
        found = list(dict.fromkeys(locators))
        cells = [self.cell(item) for item in found if not _SHEET.match(item)]
        placed = sorted((c for c in cells if c), key=lambda c: (c.table, c.row, c.col))
        others = [self.of(item) for item in found if _SHEET.match(item) or not self.cell(item)]
        return "；".join([*self._rows_in_words(placed), *_cut(dict.fromkeys(filter(None, others)))])

    def printed(self, locator: str) -> str:
        """What is printed there: the cell's or the paragraph's text."""
        if found := self._cells.get(locator):
            return shown(found[1].text)
        if self._text and (match := _TEXT.match(locator)):
            text = self._text[int(match[1]) : int(match[2])]
            return shown(text[int(match[3]) : int(match[4])] if match[3] else text)
        match = _RANGE.search(locator)
        paragraph = self._paragraphs.get(_RANGE.sub("", locator))
        if paragraph is None:
            return ""
        return shown(paragraph[1][int(match[1]) : int(match[2])] if match else paragraph[1])

    def sentence(self, locator: str) -> str:
        """The sentence that a stretch of a paragraph stands in."""
        span = _RANGE.search(locator)
        paragraph = self._paragraphs.get(_RANGE.sub("", locator))
        if span is None or paragraph is None:
            return self.printed(locator)
        text = paragraph[1]
        begin = max(text.rfind(mark, 0, int(span[1])) for mark in "。；\n") + 1
        ends = [text.find(mark, int(span[2])) for mark in "。；\n"]
        return shown(text[begin : min((end for end in ends if end >= 0), default=len(text))])

    def row(self, locator: str) -> str:
        """The whole row that a cell stands in, its cells parted by bars."""
        if found := self._cells.get(locator):
            cells = self._grids[found[0].table - 1].rows[found[0].row - 1]
            texts = (shown(cell.text) or "空" for cell in dict.fromkeys(cells))
            return shown(" | ".join(texts), 2 * _SHOWN)
        if (cell := self.cell(locator)) and self._text:
            begin = self._line_starts[cell.row - 1]
            line = (self._text[begin:].splitlines() or [""])[0]
            return shown(" | ".join(line.split("\t")), 2 * _SHOWN)
        return self.printed(locator)

    def _grid_in_words(self, locator: str) -> Iterator[str]:
        for number, grid in enumerate(self._grids, 1):
            if grid.place == locator:
                yield f"表{_numeral(number)}"

    def _cell_in_words(self, cell: CellPlace) -> str:
        return self._head(cell) + self._columns(cell, str(cell.col))

    def _head(self, cell: CellPlace) -> str:
        page = f"第{cell.page}页" if cell.page else ""
        return f"{page}表{_numeral(cell.table)}" if cell.table else ""

    def _columns(self, cell: CellPlace, columns: str) -> str:
        if cell.table:
            return f"第{cell.row}行第{columns}列"
        line = self._text[self._line_starts[cell.row - 1] :].partition("\n")[0]
        return f"第{cell.row}行第{columns}格" if "\t" in line else f"第{cell.row}行"

    def _rows_in_words(self, cells: Iterable[CellPlace]) -> list[str]:
        words: list[str] = []
        before = ""
        for _, found in groupby(cells, key=lambda cell: (cell.table, cell.row)):
            row = list(found)
            head = self._head(row[0])
            columns = self._columns(row[0], _ranges(cell.col for cell in row))
            words.append(columns if head == before else head + columns)
            before = head
        return _cut(words)


def _page(locator: str) -> int:
    """The page that a locator names, from 1; 0 where it names none."""
    found = _PAGE.match(locator)
    return int(found[1]) if found else 0


def _cells(grids: Iterable[Grid]) -> Iterator[tuple[str, tuple[CellPlace, Cell]]]:
    for number, grid in enumerate(grids, 1):
        for cell in {cell.place: cell for row in grid.rows for cell in row}.values():
            place = CellPlace(number, cell.row + 1, cell.col + 1, _page(cell.place))
            yield cell.place, (place, cell)


def _ranges(numbers: Iterable[int]) -> str:
    """Numbers with runs of three and more drawn together: `4—10、12`."""
    runs: list[list[int]] = []
    for number in dict.fromkeys(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    drawn = (f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)
    return "、".join(drawn)


def _cut(words: Iterable[str]) -> list[str]:
    found = list(words)
    more = [f"等共{len(found)}处"] if len(found) > _MAX_ROWS else []
    return found[:_MAX_ROWS] + more


def _numeral(number: int) -> str:
    import cn2an  # costs every command a fifth of a second, and only drafts need it

    return str(cn2an.an2cn(number))
