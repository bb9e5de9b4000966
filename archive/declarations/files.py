"""Strict reading of declaration files: what is not understood is an error with file and line."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

import yaml

from archive.errors import GongkaiError


class DeclarationError(GongkaiError):
    """A declaration that cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a CSV file. `line` counts from 1, the header being line 1."""

    path: Path
    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The value of a column, without white space around it."""
        return self.values[column]

    def fail(self, reason: str) -> NoReturn:
        """Raises the error for this row."""
        fail(self.path, self.line, reason)

    def required(self, column: str) -> str:
        """The value, which must not be empty."""
        value = self[column]
        if not value:
            self.fail(f"column {column} is empty")
        return value

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """The value, which must be one of `allowed`."""
        value = self[column]
        if value not in allowed:
            self.fail(f"{column} is {value!r}, not one of {', '.join(map(repr, allowed))}")
        return value

    def several(self, column: str, separator: str = "|") -> tuple[str, ...]:
        """The parts of a value, without empty ones."""
        return tuple(part for raw in self[column].split(separator) if (part := raw.strip()))

    def integer(self, column: str) -> int:
        """The value as a whole number."""
        try:
            return int(self[column])
        except ValueError:
            self.fail(f"{column} is {self[column]!r}, not a whole number")

    def optional_integer(self, column: str) -> int | None:
        """The value as a whole number, or None where it is empty."""
        return self.integer(column) if self[column] else None

    def decimal(self, column: str) -> Decimal:
        """The value as an exact finite number."""
        try:
            number = Decimal(self[column])
        except InvalidOperation:
            self.fail(f"{column} is {self[column]!r}, not a number")
        if not number.is_finite():
            self.fail(f"{column} is {self[column]!r}, not a finite number")
        return number


def fail(path: Path, line: int, reason: str) -> NoReturn:
    """Raises a `DeclarationError` that names file and line."""
    raise DeclarationError(f"{path}:{line}: {reason}")


def read_csv(path: Path, columns: Iterable[str]) -> tuple[Row, ...]:
    """The rows of a CSV file whose header must have exactly `columns`, in any order.

    Lines that are empty, or whose first cell begins with `#`, are passed over.

    Raises:
        DeclarationError: the file is missing or no UTF-8; a column is missing, unknown or
            doubled; a row has too many or too few cells.
    """
    # A quoted cell may span lines, so the reader's own count is what an editor shows.
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(path, header, list(columns))
        return tuple(_rows(path, header, reader))
    except csv.Error as error:
        fail(path, reader.line_num, str(error))


def read_yaml(path: Path) -> Any:
    """The content of a YAML file.

    Raises:
        DeclarationError: the file is missing, no UTF-8 or no YAML.
    """
    try:
        return yaml.safe_load(_text(path))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fail(path, mark.line + 1 if mark else 1, str(getattr(error, "problem", error)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        fail(path, 0, f"cannot be read ({error.strerror})")
    except UnicodeDecodeError as error:
        fail(path, 0, f"is not UTF-8 (byte {error.start})")


def _check_header(path: Path, header: list[str], columns: list[str]) -> None:
    if missing := [name for name in columns if name not in header]:
        fail(path, 1, f"missing columns: {', '.join(missing)}")
    if unknown := [name for name in header if name not in columns]:
        fail(path, 1, f"unknown columns: {', '.join(map(repr, unknown))}")
    if len(set(header)) != len(header):
        fail(path, 1, "a column stands there twice")


def _rows(path: Path, header: list[str], reader: Any) -> Iterator[Row]:
    line = reader.line_num + 1
    for cells in reader:
        if any(cells) and not cells[0].startswith("#"):
            if len(cells) != len(header):
                fail(path, line, f"{len(cells)} cells under {len(header)} columns")
            values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            yield Row(path, line, values)
        line = reader.line_num + 1
