"""The corpus, opened read-only: everything this package knows of the database file."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from archive import texts
from archive.dbfile import pinned
from archive.errors import SurroundingsError, UsageError
from archive.fulltext import is_current
from archive.versions import SCHEMA_VERSION
from query.search.functions import register

DATABASE_NAME = "gongkai.db"
TABLES_NEEDED = ("reports", "observations", "checks", "problems", "captures", "withdrawals")
# Records withdrawn by hand, and revisits that would show their payload again.
NOT_WITHDRAWN = (
    "captures.record_id NOT IN (SELECT record_id FROM withdrawals)"
    " AND captures.refers_to NOT IN (SELECT record_id FROM withdrawals)"
)

Value: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Value, ...]
Parameters: TypeAlias = Sequence[Value] | Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Corpus:
    """An open, read-only corpus. `directory` is the archive's folder."""

    directory: Path
    connection: sqlite3.Connection

    def rows(self, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
        """The rows of a statement, one at a time, in constant memory.

        Raises:
            UsageError: a parameter is no text that can be stored anywhere.
        """
        yield from self._asked(sql, parameters)

    def records(self, sql: str, parameters: Parameters = ()) -> Iterator[dict[str, Value]]:
        """The rows of a statement as dictionaries."""
        cursor = self._asked(sql, parameters)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    def first(self, sql: str, parameters: Parameters = ()) -> dict[str, Value] | None:
        """The first row of a statement, if there is one."""
        return next(iter(self.records(sql, parameters)), None)

    def _asked(self, sql: str, parameters: Parameters) -> sqlite3.Cursor:
        try:
            return self.connection.execute(sql, parameters)
        except UnicodeEncodeError as error:
            text = f"not readable as text (UTF-8 is expected): {error.object[:60]!r}"
            raise UsageError(text) from error

    @property
    def path(self) -> Path:
        """The file of the database."""
        return self.directory / DATABASE_NAME

    def has_table(self, name: str) -> bool:
        """Whether the database has a table of that name."""
        sql = "SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND name = ?"
        return self.first(sql, (name,)) is not None

    @property
    def has_texts(self) -> bool:
        """Whether texts can be read: the file that holds them may be missing."""
        return texts.missing(self.connection, self.path) is None

    def require_texts(self) -> None:
        """Makes sure that texts can be read.

        Raises:
            SurroundingsError: if the file that holds them is missing.
        """
        texts.require(self.connection, self.path)

    def refresh(self) -> None:
        """Goes on to what was stored since; to be called when no rows are still to be read."""
        self.connection.execute("COMMIT")
        self.connection.execute("BEGIN")
        texts.attach(self.connection, self.path)

    def close(self) -> None:
        """Closes the database."""
        self.connection.close()


def open_corpus(directory: Path) -> Corpus:
    """Opens the database of the archive in `directory`, read-only, as it is at this moment.

    Raises:
        SurroundingsError: there is no such folder, no database in it, or one that cannot be read.
    """
    if not directory.is_dir():
        raise SurroundingsError(f"no archive at {directory}: crawl or import something first")
    path = directory / DATABASE_NAME
    if not path.is_file():
        raise SurroundingsError(f"{directory} has no database: run gongkai rebuild first")
    try:
        corpus = Corpus(directory, pinned(path))
    except sqlite3.DatabaseError as error:
        raise SurroundingsError(f"{path} cannot be read ({error}): run gongkai rebuild") from error
    try:
        _require_version(corpus)
    except SurroundingsError:
        corpus.close()
        raise
    register(corpus.connection)
    return corpus


@contextmanager
def opened(directory: Path) -> Iterator[Corpus]:
    """The open corpus, for the length of a `with` block.

    Raises:
        SurroundingsError: the database is damaged, or was made by another version.
    """
    corpus = open_corpus(directory)
    try:
        yield corpus
    except sqlite3.Error as error:
        path = directory / DATABASE_NAME
        text = f"{path} is damaged or of another version ({error}): run gongkai rebuild"
        raise SurroundingsError(text) from error
    finally:
        corpus.close()


def _require_version(corpus: Corpus) -> None:
    missing = [name for name in TABLES_NEEDED if not corpus.has_table(name)]
    if missing:
        raise SurroundingsError(f"{corpus.path} lacks table {missing[0]}: run gongkai rebuild")
    version = next(corpus.rows("PRAGMA user_version"))[0]
    if version != SCHEMA_VERSION:
        told = f"has schema version {version}, this program {SCHEMA_VERSION}: run gongkai rebuild"
        raise SurroundingsError(f"{corpus.path} {told}")
    if not is_current(corpus.connection):
        told = f"the full-text index of {corpus.path} was made by another version"
        raise SurroundingsError(f"{told}: run gongkai rebuild")
