"""Stata files of format 118 (UTF-8), written in two passes over spooled rows.

The layout is that of `help dta` (https://www.stata.com/help.cgi?dta). Texts longer than 2,045
bytes are strL. A missing number carries its reason as an extended missing value (.a to .z).
"""

import pickle
import re
import struct
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO

from query.columns import Column
from query.corpus import Row, Value
from query.datapackage import LICENCE_NOTE, SOURCE
from query.formats.numbers import approximate
from query.words import STATUSES

STR_MAX_BYTES = 2_045
NAME_CHARS = 32
TYPE_STRL, TYPE_DOUBLE = 32_768, 65_526
NAME_BYTES, LABEL_BYTES, FORMAT_BYTES = 129, 321, 57
# The bits of `.`; each further missing value (.a, .b ...) adds MISSING_STEP.
DATA_LABEL = "Gongkai 公开: annual reports on open government information"
MISSING, MISSING_STEP = 0x7FE0_0000_0000_0000, 0x0000_0100_0000_0000


@dataclass(frozen=True, slots=True)
class Missing:
    """An extended missing value: `letter` is `a` to `z`."""

    letter: str


@dataclass(frozen=True, slots=True)
class _Variable:
    column: Column
    bytes_wide: int

    @property
    def type(self) -> int:
        if self.column.kind != "text":
            return TYPE_DOUBLE
        return self.bytes_wide if self.bytes_wide <= STR_MAX_BYTES else TYPE_STRL

    @property
    def format(self) -> str:
        if self.column.kind != "text":
            return "%12.0g"
        return "%9s" if self.type == TYPE_STRL else f"%{min(self.bytes_wide, 40)}s"


def write_dta(columns: Sequence[Column], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Writes a Stata file; numbers are doubles, names are cut to 32 characters."""
    with tempfile.TemporaryFile() as spool:
        variables, count = _spool(columns, rows, spool)
        _write_file(variables, count, spool, stream)


def _spool(
    columns: Sequence[Column], rows: Iterable[Row], spool: IO[bytes]
) -> tuple[list[_Variable], int]:
    """Keeps the rows aside and measures how wide each text column is."""
    widths, count = [1] * len(columns), 0
    texts = [at for at, column in enumerate(columns) if column.kind == "text"]
    for row in rows:
        for at in texts:
            widths[at] = max(widths[at], len(_text(row[at])))
        pickle.dump(row, spool, protocol=5)
        count += 1
    return [_Variable(*pair) for pair in zip(columns, widths, strict=True)], count


def _spooled(spool: IO[bytes], count: int) -> Iterator[Row]:
    spool.seek(0)
    for _ in range(count):
        row: Row = pickle.load(spool)  # our own file, without a name, written above
        yield row


def _write_file(variables: list[_Variable], count: int, spool: IO[bytes], stream: BinaryIO) -> None:
    parts = _Parts(stream)
    parts.write(_header(len(variables), count))
    head = _description(variables)
    sizes = [len(part) for part in head]
    data_bytes = count * sum(_width(variable) for variable in variables) + len(b"<data></data>")
    strl_bytes = _strl_bytes(variables, _spooled(spool, count)) + len(b"<strls></strls>")
    parts.write(_map(parts.at, sizes, data_bytes, strl_bytes))
    for part in head:
        parts.write(part)
    parts.write(b"<data>")
    for number, row in enumerate(_spooled(spool, count), start=1):
        parts.write(_row(variables, row, number))
    parts.write(b"</data><strls>")
    for number, row in enumerate(_spooled(spool, count), start=1):
        parts.write(_strls(variables, row, number))
    parts.write(b"</strls><value_labels></value_labels></stata_dta>")


class _Parts:
    """A stream that knows how far it has come."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.at = 0

    def write(self, data: bytes) -> None:
        self.stream.write(data)
        self.at += len(data)


def _header(variables: int, count: int) -> bytes:
    label = DATA_LABEL.encode()
    return (
        b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>"
        b"<K>" + struct.pack("<H", variables) + b"</K><N>" + struct.pack("<Q", count) + b"</N>"
        b"<label>" + struct.pack("<H", len(label)) + label + b"</label>"
        b"<timestamp>\x00</timestamp></header>"
    )


def _map(start: int, head: list[int], data_bytes: int, strl_bytes: int) -> bytes:
    """The offsets of all parts; the map itself always has 14 entries of eight bytes."""
    at = start + len(b"<map></map>") + 14 * 8
    offsets = [0, start]
    for size in [*head, data_bytes, strl_bytes, len(b"<value_labels></value_labels>")]:
        offsets.append(at)
        at += size
    offsets += [at, at + len(b"</stata_dta>")]
    return b"<map>" + struct.pack("<14Q", *offsets) + b"</map>"


def _description(variables: list[_Variable]) -> list[bytes]:
    types = b"".join(struct.pack("<H", variable.type) for variable in variables)
    names = b"".join(_fixed(name, NAME_BYTES) for name in _names(variables))
    formats = b"".join(_fixed(variable.format, FORMAT_BYTES) for variable in variables)
    labels = b"".join(_fixed(variable.column.label[:80], LABEL_BYTES) for variable in variables)
    parts = {
        "variable_types": types,
        "varnames": names,
        "sortlist": bytes(2 * (len(variables) + 1)),
        "formats": formats,
        "value_label_names": bytes(NAME_BYTES * len(variables)),
        "variable_labels": labels,
        "characteristics": b"".join(_notes()),
    }
    return [f"<{name}>".encode() + part + f"</{name}>".encode() for name, part in parts.items()]


def _notes() -> Iterator[bytes]:
    """The notes of the data set: source, terms, and what its extended missing values mean."""
    letters = "; ".join(
        f".{word.letter} {word.english} {word.chinese}" for word in STATUSES.values() if word.letter
    )
    notes = (SOURCE, LICENCE_NOTE, f"Blank is not zero. A missing figure tells its kind: {letters}")
    yield _characteristic("note0", str(len(notes)))
    for number, text in enumerate(notes, start=1):
        yield _characteristic(f"note{number}", text)


def _characteristic(name: str, text: str) -> bytes:
    content = _fixed("_dta", NAME_BYTES) + _fixed(name, NAME_BYTES) + text.encode() + b"\x00"
    return b"<ch>" + struct.pack("<I", len(content)) + content + b"</ch>"


def _names(variables: list[_Variable]) -> list[str]:
    """Names that Stata takes: letters, digits and underscores, at most 32, each once."""
    names: list[str] = []
    for variable in variables:
        plain = re.sub(r"\W", "_", variable.column.name)
        plain = f"_{plain}" if plain[:1].isdigit() else plain
        name, number = plain[:NAME_CHARS], 1
        while name in names:
            number += 1
            name = f"{plain[: NAME_CHARS - len(str(number)) - 1]}_{number}"
        names.append(name)
    return names


def _fixed(text: str, size: int) -> bytes:
    """Text in UTF-8, cut between characters, filled with zero bytes."""
    cut = text.encode()[: size - 1].decode(errors="ignore").encode()
    return cut.ljust(size, b"\x00")


def _width(variable: _Variable) -> int:
    return 8 if variable.type in (TYPE_STRL, TYPE_DOUBLE) else variable.type


def _row(variables: list[_Variable], row: Row, number: int) -> bytes:
    cells = []
    for at, (variable, value) in enumerate(zip(variables, row, strict=True), start=1):
        if variable.type == TYPE_DOUBLE:
            cells.append(_double(value))
        elif variable.type == TYPE_STRL:
            pointer = (at, number) if _text(value) else (0, 0)
            cells.append(struct.pack("<H", pointer[0]) + pointer[1].to_bytes(6, "little"))
        else:
            cells.append(_text(value).ljust(variable.type, b"\x00"))
    return b"".join(cells)


def _double(value: object) -> bytes:
    if isinstance(value, Missing):
        step = ord(value.letter) - ord("a") + 1
        return struct.pack("<Q", MISSING + step * MISSING_STEP)
    found = approximate(value)  # type: ignore[arg-type]
    return struct.pack("<Q", MISSING) if found is None else struct.pack("<d", found)


def _text(value: Value) -> bytes:
    return b"" if value is None else str(value).replace("\x00", "").encode(errors="replace")


def _strls(variables: list[_Variable], row: Row, number: int) -> bytes:
    found = []
    for at, (variable, value) in enumerate(zip(variables, row, strict=True), start=1):
        text = _text(value)
        if variable.type == TYPE_STRL and text:
            head = b"GSO" + struct.pack("<IQB", at, number, 130)
            found.append(head + struct.pack("<I", len(text) + 1) + text + b"\x00")
    return b"".join(found)


def _strl_bytes(variables: list[_Variable], rows: Iterable[Row]) -> int:
    if all(variable.type != TYPE_STRL for variable in variables):
        return 0
    return sum(len(_strls(variables, row, number)) for number, row in enumerate(rows, start=1))
