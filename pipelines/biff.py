"""Number formats of xls and et workbooks, record by record.

The reader of values gives 0.125 where 12.5% is printed. Record numbers and layouts are those of
[MS-XLS], sections 2.3 and 2.4: https://learn.microsoft.com/openspecs/office_file_formats/ms-xls
"""

import struct
from collections.abc import Iterator
from itertools import islice

from doc2docx.cfb import CompoundFile
from doc2docx.errors import Doc2DocxError

from pipelines.number_formats import BUILT_IN

STREAMS = ("Workbook", "Book")
HEAD_RECORDS = 20
_FILE_PASS = 0x002F
_BOUND_SHEET, _FORMAT, _STYLE, _BEGIN = 0x0085, 0x041E, 0x00E0, 0x0809
_FORMULA, _NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS = 0x0006, 0x0203, 0x027E, 0x00BD

Place = tuple[str, int, int]


def number_formats(payload: bytes) -> dict[Place, str]:
    """The number format of each cell with a number, by sheet name, row and column from 0.

    Empty where the workbook is of another kind, or too damaged to tell.
    """
    reader = _FormatReader()
    try:
        for start, kind, body in _records(_stream(payload)):
            reader.take(start, kind, body)
    except (struct.error, IndexError, UnicodeDecodeError, Doc2DocxError):
        return {}
    return reader.formats()


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


class _FormatReader:
    def __init__(self) -> None:
        self._sheets: dict[int, str] = {}
        self._patterns = dict(BUILT_IN)
        self._styles: list[int] = []
        self._cells: dict[Place, int] = {}
        self._sheet = ""

    def take(self, start: int, kind: int, body: bytes) -> None:
        """Takes note of one record."""
        if kind == _BEGIN:
            self._sheet = self._sheets.get(start, "")
        elif kind == _BOUND_SHEET:
            (offset,) = struct.unpack_from("<I", body)
            self._sheets[offset] = _string(body[8:], body[6], body[7])
        elif kind == _FORMAT:
            number, length, flags = struct.unpack_from("<HHB", body)
            self._patterns[number] = _string(body[5:], length, flags)
        elif kind == _STYLE:
            self._styles.append(struct.unpack_from("<HH", body)[1])
        elif kind in (_FORMULA, _NUMBER, _SMALL_NUMBER):
            row, column, style = struct.unpack_from("<HHH", body)
            self._cells[self._sheet, row, column] = style
        elif kind == _SMALL_NUMBERS:
            row, first = struct.unpack_from("<HH", body)
            for place in range(4, len(body) - 2, 6):
                (style,) = struct.unpack_from("<H", body, place)
                self._cells[self._sheet, row, first + (place - 4) // 6] = style

    def formats(self) -> dict[Place, str]:
        """The formats of all cells, once all records were taken."""
        known = dict(enumerate(self._styles))
        return {
            place: self._patterns.get(known.get(style, 0), "")
            for place, style in self._cells.items()
        }


def _string(body: bytes, length: int, flags: int) -> str:
    wide = flags & 1
    return body[: length * 2].decode("utf-16-le") if wide else body[:length].decode("latin-1")
