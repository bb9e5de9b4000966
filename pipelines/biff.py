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
_PALETTE, _ERROR, _SHARED_FORMULA = 0x0092, 0x0205, 0x04BC
# The colours that are white while no palette says other, and the first that one says.
_WHITE, _WHITES, _FIRST_COLOUR = 1, frozenset({1, 9}), 8
# The fonts are numbered from 0, without a fourth.
_MISSING_FONT = 4
# A formula's result where it is no number: an error, or empty text. Only an empty text in it gives
# one; a formula shared by cells stands in a record of its own.
_NOT_NUMBER, _FAILED, _EMPTY_TEXT, _EMPTY_CONSTANT = 0xFFFF, 2, 3, b"\x17\x00"
_SHARED_TOKEN = 1
_SUMMARY = "\x05SummaryInformation"
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

Place = tuple[str, int, int]


@dataclass(slots=True)
class Layout:
    """How a workbook shows its cells; rows and columns count from 0, sheets have their names.

    `white` are cells in white without a ground, `unknown` formulas without their result, `errors`
    cells that print one, and `without_zeros` the sheets that print nothing for a zero.
    """

    formats: dict[Place, str] = field(default_factory=dict)
    hidden_rows: dict[str, set[int]] = field(default_factory=dict)
    hidden_columns: dict[str, set[int]] = field(default_factory=dict)
    white: set[Place] = field(default_factory=set)
    unknown: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    without_zeros: set[str] = field(default_factory=set)


def read_layout(payload: bytes) -> Layout:
    """The number format of each cell with a number, and the rows and columns that are hidden.

    Empty where the workbook is of another kind, or too damaged to tell.
    """
    reader = _LayoutReader()
    try:
        stream, held = _workbook(payload)
        reader.is_described = _SUMMARY in held
        for start, kind, body in _records(stream):
            reader.take(start, kind, body)
    except (struct.error, IndexError, UnicodeDecodeError, Doc2DocxError):
        return Layout()
    return reader.layout()


def is_locked(payload: bytes) -> bool:
    """Whether a workbook is encrypted: FilePass is among its first records ([MS-XLS] 2.4.117)."""
    try:
        kinds = [kind for _, kind, _ in islice(_records(_workbook(payload)[0]), HEAD_RECORDS)]
    except (struct.error, IndexError, Doc2DocxError):
        return False
    return _FILE_PASS in kinds


def _workbook(payload: bytes) -> tuple[bytes, set[str]]:
    """The stream of a workbook's records, and the names of all streams of its file."""
    cleared = payload[:8] + bytes(16) + payload[24:]  # Kingsoft puts a class id there
    book = CompoundFile(cleared)
    held = {entry.name for entry in book.entries}
    name = next((name for name in STREAMS if name in held), STREAMS[0])
    return bytes(book.open_stream(name)), held


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each record starts, its number and its bytes."""
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


class _LayoutReader:
    def __init__(self) -> None:
        self.is_described = True
        self._sheets: dict[int, str] = {}
        self._patterns = dict(BUILT_IN)
        self._styles: list[bytes] = []
        self._font_colours: list[int] = []
        self._whites = _WHITES
        self._shading: set[str] = set()
        self._cells: dict[Place, int] = {}
        self._formulas: dict[Place, bytes] = {}
        self._shared: dict[Place, bytes] = {}
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
        elif kind == _FONT:
            self._font_colours.append(struct.unpack_from("<H", body, 4)[0])
        elif kind == _STYLE:
            self._styles.append(body)
        elif kind == _PALETTE:
            self._whites = _white_colours(body)
        elif kind in (_ROW, _COLUMNS, _WINDOW, _RULES):
            self._shape(kind, body)
        else:
            self._cell(kind, body)

    def _shape(self, kind: int, body: bytes) -> None:
        """Takes note of what a sheet hides or shades."""
        if kind == _ROW and body[12] & _ROW_HIDDEN:
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

    def _cell(self, kind: int, body: bytes) -> None:
        if kind in (_FORMULA, _NUMBER, _SMALL_NUMBER, _TEXT, _SHARED_TEXT, _ERROR):
            row, column, style = struct.unpack_from("<HHH", body)
            place = self._sheet, row, column
            self._cells[place] = style
            if kind == _FORMULA:
                self._formulas[place] = body
            elif kind == _ERROR and body[7]:
                self._shown.errors[place] = _ERRORS.get(body[6], "#")
        elif kind == _SHARED_FORMULA and self._formulas:
            self._shared[next(reversed(self._formulas))] = body
        elif kind == _SMALL_NUMBERS:
            row, first = struct.unpack_from("<HH", body)
            for offset in range(4, len(body) - 2, 6):
                (style,) = struct.unpack_from("<H", body, offset)
                self._cells[self._sheet, row, first + (offset - 4) // 6] = style

    def layout(self) -> Layout:
        """What all records said, once they were taken."""
        patterns = [struct.unpack_from("<H", body, 2)[0] for body in self._styles]
        white = {number for number, body in enumerate(self._styles) if self._is_white(body)}
        for place, style in self._cells.items():
            pattern = patterns[style] if style < len(patterns) else 0
            self._shown.formats[place] = self._patterns.get(pattern, "")
            if style in white and place[0] not in self._shading:
                self._shown.white.add(place)
        self._results()
        return self._shown

    def _is_white(self, style: bytes) -> bool:
        """Whether a style prints white without a fill, or on solid white ([MS-XLS] 2.5.20)."""
        font = struct.unpack_from("<H", style)[0]
        font -= font > _MISSING_FONT
        if self._is_old or font >= len(self._font_colours):
            return False
        pattern = struct.unpack_from("<I", style, 14)[0] >> 26
        ground = struct.unpack_from("<H", style, 18)[0] & 0x7F
        is_plain = pattern == 0 or (pattern == 1 and ground in self._whites)
        return is_plain and self._font_colours[font] in self._whites

    def _results(self) -> None:
        """Which formulas have an error for a result, and which none.

        A library that writes formulas without computing them leaves an empty text in each, and
        the file without a description.
        """
        kinds = {place: _result(body) for place, body in self._formulas.items()}
        is_computed = self.is_described or set(kinds.values()) != {_EMPTY_TEXT}
        for place, kind in kinds.items():
            body = self._formulas[place]
            if kind == _FAILED:
                self._shown.errors[place] = _ERRORS.get(body[8], "#")
            elif kind == _EMPTY_TEXT and not (is_computed and self._may_be_empty(place, body)):
                self._shown.unknown.add(place)

    def _may_be_empty(self, place: Place, formula: bytes) -> bool:
        """Whether a formula holds an empty text, and so may have it for a result."""
        tokens = formula[22:]
        if tokens[:1] == bytes([_SHARED_TOKEN]):
            row, column = struct.unpack_from("<HH", tokens, 1)
            return _EMPTY_CONSTANT in self._shared.get((place[0], row, column), b"")
        return _EMPTY_CONSTANT in tokens

    def _text(self, body: bytes, length_bytes: int) -> str:
        """A counted string; before Excel 97 in the workbook's code page, here that of Chinese."""
        length, rest = int.from_bytes(body[:length_bytes], "little"), body[length_bytes:]
        if self._is_old:
            return rest[:length].decode(OLD_CODE_PAGE, "replace")
        wide, text = rest[0] & 1, rest[1:]
        return text[: length * 2].decode("utf-16-le") if wide else text[:length].decode("latin-1")


def _white_colours(palette: bytes) -> frozenset[int]:
    """The numbers of the colours that are white in a workbook with a palette of its own."""
    (count,) = struct.unpack_from("<H", palette)
    colours = [palette[2 + 4 * number : 5 + 4 * number] for number in range(count)]
    own = (number for number, colour in enumerate(colours) if colour == b"\xff\xff\xff")
    return frozenset({_WHITE, *(_FIRST_COLOUR + number for number in own)})


def _result(formula: bytes) -> int | None:
    """The kind of a formula's result where that is no number."""
    is_number = struct.unpack_from("<H", formula, 12)[0] != _NOT_NUMBER
    return None if is_number else formula[6]
