"""Number formats, hidden lines and white cells of xls and et workbooks, record by record.

The reader of values gives 0.125 where 12.5% is printed, lines and cells that are not shown, and
nothing for a formula that was saved without its result. Record
numbers and layouts are those of [MS-XLS], sections 2.3 and 2.4:
https://learn.microsoft.com/openspecs/office_file_formats/ms-xls
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from doc2docx.cfb import CompoundFile
from doc2docx.errors import Doc2DocxError

from pipelines.number_formats import BUILT_IN

STREAMS = ("Workbook", "Book")
HEAD_RECORDS = 20
BIFF8 = 0x0600
OLD_CODE_PAGE = "gb18030"
MOST_COLUMNS = 255
_FILE_PASS = 0x002F
_BOUND_SHEET, _FORMAT, _STYLE, _BEGIN = 0x0085, 0x041E, 0x00E0, 0x0809
_ROW, _COLUMNS = 0x0208, 0x007D
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x20, 0x01
_FORMULA, _NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS = 0x0006, 0x0203, 0x027E, 0x00BD
_TEXT, _SHARED_TEXT, _FONT, _WINDOW, _RULES = 0x0204, 0x00FD, 0x0031, 0x023E, 0x01B0
_WINDOW_ZEROS = 0x10
_WHITES = (1, 9)
# The fonts are numbered from 0, without a fourth.
_MISSING_FONT = 4
# A formula's result where it is no number: empty text. Only an empty text in it gives one.
_NOT_NUMBER, _EMPTY_TEXT, _EMPTY_CONSTANT = 0xFFFF, 3, b"\x17\x00"

Place = tuple[str, int, int]


@dataclass(slots=True)
class Layout:
    """How a workbook shows its cells; rows and columns count from 0, sheets have their names.

    `white` are cells in white without a ground, `unknown` formulas without their result, and
    `without_zeros` the sheets that print nothing for a zero.
    """

    formats: dict[Place, str] = field(default_factory=dict)
    hidden_rows: dict[str, set[int]] = field(default_factory=dict)
    hidden_columns: dict[str, set[int]] = field(default_factory=dict)
    white: set[Place] = field(default_factory=set)
    unknown: set[Place] = field(default_factory=set)
    without_zeros: set[str] = field(default_factory=set)


def read_layout(payload: bytes) -> Layout:
    """The number format of each cell with a number, and the rows and columns that are hidden.

    Empty where the workbook is of another kind, or too damaged to tell.
    """
    reader = _LayoutReader()
    try:
        for start, kind, body in _records(_stream(payload)):
            reader.take(start, kind, body)
    except (struct.error, IndexError, UnicodeDecodeError, Doc2DocxError):
        return Layout()
    return reader.layout()


def is_locked(payload: bytes) -> bool:
    """Whether a workbook is encrypted: FilePass is among its first records ([MS-XLS] 2.4.117)."""
    try:
        kinds = [kind for _, kind, _ in islice(_records(_stream(payload)), HEAD_RECORDS)]
    except (struct.error, IndexError, Doc2DocxError):
        return False
    return _FILE_PASS in kinds


def _stream(payload: bytes) -> bytes:
    cleared = payload[:8] + bytes(16) + payload[24:]  # Kingsoft puts a class id there
    book = CompoundFile(cleared)
    held = {entry.name for entry in book.entries}
    return bytes(book.open_stream(next((name for name in STREAMS if name in held), STREAMS[0])))


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each record starts, its number and its bytes."""
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


class _LayoutReader:
    def __init__(self) -> None:
        self._sheets: dict[int, str] = {}
        self._patterns = dict(BUILT_IN)
        self._styles: list[int] = []
        self._white_fonts: list[bool] = []
        self._white_styles: set[int] = set()
        self._shading: set[str] = set()
        self._cells: dict[Place, int] = {}
        self._sheet = ""
        self._is_old = False
        self._shown = Layout()

    def take(self, start: int, kind: int, body: bytes) -> None:
        """Takes note of one record."""
        if kind == _BEGIN:
            self._sheet = self._sheets.get(start, "")
            self._is_old |= not start and struct.unpack_from("<H", body)[0] < BIFF8
        elif kind == _BOUND_SHEET:
            (offset,) = struct.unpack_from("<I", body)
            self._sheets[offset] = self._text(body[6:], 1)
        elif kind == _FORMAT:
            (number,) = struct.unpack_from("<H", body)
            self._patterns[number] = self._text(body[2:], 1 if self._is_old else 2)
        elif kind == _ROW and body[12] & _ROW_HIDDEN:
            (row,) = struct.unpack_from("<H", body)
            self._shown.hidden_rows.setdefault(self._sheet, set()).add(row)
        elif kind == _COLUMNS and body[8] & _COLUMNS_HIDDEN:
            first, last = struct.unpack_from("<HH", body)
            hidden = self._shown.hidden_columns.setdefault(self._sheet, set())
            hidden.update(range(first, min(last, MOST_COLUMNS) + 1))
        elif kind == _WINDOW and not struct.unpack_from("<H", body)[0] & _WINDOW_ZEROS:
            self._shown.without_zeros.add(self._sheet)
        elif kind == _RULES:
            self._shading.add(self._sheet)
        elif kind == _FONT:
            self._white_fonts.append(struct.unpack_from("<H", body, 4)[0] in _WHITES)
        elif kind == _STYLE:
            self._style(body)
        else:
            self._cell(kind, body)

    def _style(self, body: bytes) -> None:
        font, pattern = struct.unpack_from("<HH", body)
        font -= font > _MISSING_FONT
        is_white = font < len(self._white_fonts) and self._white_fonts[font]
        if is_white and not self._is_old and _is_plain(body):
            self._white_styles.add(len(self._styles))
        self._styles.append(pattern)

    def _cell(self, kind: int, body: bytes) -> None:
        if kind in (_FORMULA, _NUMBER, _SMALL_NUMBER, _TEXT, _SHARED_TEXT):
            row, column, style = struct.unpack_from("<HHH", body)
            self._cells[self._sheet, row, column] = style
            if kind == _FORMULA and _lacks_result(body):
                self._shown.unknown.add((self._sheet, row, column))
        elif kind == _SMALL_NUMBERS:
            row, first = struct.unpack_from("<HH", body)
            for place in range(4, len(body) - 2, 6):
                (style,) = struct.unpack_from("<H", body, place)
                self._cells[self._sheet, row, first + (place - 4) // 6] = style

    def layout(self) -> Layout:
        """What all records said, once they were taken."""
        known = dict(enumerate(self._styles))
        self._shown.formats = {
            place: self._patterns.get(known.get(style, 0), "")
            for place, style in self._cells.items()
        }
        self._shown.white = {
            place
            for place, style in self._cells.items()
            if style in self._white_styles and place[0] not in self._shading
        }
        return self._shown

    def _text(self, body: bytes, length_bytes: int) -> str:
        """A counted string; before Excel 97 in the workbook's code page, here that of Chinese."""
        length, rest = int.from_bytes(body[:length_bytes], "little"), body[length_bytes:]
        if self._is_old:
            return rest[:length].decode(OLD_CODE_PAGE, "replace")
        wide, text = rest[0] & 1, rest[1:]
        return text[: length * 2].decode("utf-16-le") if wide else text[:length].decode("latin-1")


def _is_plain(style: bytes) -> bool:
    """Whether a style has no fill, or one of solid white ([MS-XLS] 2.5.20)."""
    pattern = struct.unpack_from("<I", style, 14)[0] >> 26
    colour = struct.unpack_from("<H", style, 18)[0] & 0x7F
    return pattern == 0 or (pattern == 1 and colour in _WHITES)


def _lacks_result(formula: bytes) -> bool:
    """Whether a formula was saved with an empty text for a result that it cannot have."""
    is_empty = formula[6] == _EMPTY_TEXT and struct.unpack_from("<H", formula, 12)[0] == _NOT_NUMBER
    return is_empty and _EMPTY_CONSTANT not in formula[20:]
