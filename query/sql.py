"""Questions in SQL: one reading statement, within limits of time and rows."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from archive import texts
from archive.errors import UsageError
from archive.fulltext import is_filled
from query.columns import Column, Kind
from query.corpus import Corpus, Row
from query.limits import bound_values, time_limit
from query.withdrawn import filtered_captures, reads_hidden

LONGEST_STATEMENT_CHARS = 100_000
READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
READING |= {sqlite3.SQLITE_RECURSIVE}
# Read by the full-text module itself when a query uses it.
READING_PRAGMAS = ("data_version", "table_info", "table_list", "index_list", "foreign_key_list")
MOST_ROWS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a statement. `cut` tells that there were more than the limit."""

    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)
    cut: bool = False


def run(corpus: Corpus, statement: str, limit: int, seconds: float) -> Result:
    """Runs a statement that may only read.

    Raises:
        UsageError: it is no single reading statement, or SQLite refuses it.
        SurroundingsError: its time was up.
    """
    if len(statement) > LONGEST_STATEMENT_CHARS:
        raise UsageError(f"the statement is too long: at most {LONGEST_STATEMENT_CHARS} characters")
    connection = corpus.connection
    bound_values(connection)
    limit, hint = min(limit, MOST_ROWS), _hint(corpus)
    for index in ("fulltext", "fulltext_characters") if is_filled(connection) else ():
        # opening it writes nothing, but looks as if it did
        connection.execute(f"SELECT rowid FROM {index} LIMIT 0")
    with filtered_captures(connection) as view:
        connection.set_authorizer(_authoriser(view))
        try:
            with time_limit(corpus, seconds):
                return _rows(connection.execute(statement), limit)
        except (sqlite3.Error, sqlite3.Warning, UnicodeError, MemoryError) as error:
            raise UsageError(f"SQL: {error}{hint}") from error
        finally:
            connection.set_authorizer(None)


def _hint(corpus: Corpus) -> str:
    path = texts.missing(corpus.connection, corpus.path)
    return f" ({path}, which holds the texts, is missing or damaged)" if path else ""


def _rows(cursor: sqlite3.Cursor, limit: int) -> Result:
    if cursor.description is None:
        raise UsageError("SQL: give one SELECT statement")
    names = [column[0] for column in cursor.description]
    rows = [tuple(map(_plain, row)) for row in islice(cursor, limit + 1)]
    columns = tuple(Column(name, _kind(rows, at), name) for at, name in enumerate(names))
    return Result(columns, rows[:limit], len(rows) > limit)


def _plain(value: object) -> str | int | float | None:
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return value if isinstance(value, str | int | float) else None


def _kind(rows: list[Row], at: int) -> Kind:
    values = [row[at] for row in rows if row[at] is not None]
    numeric = values and all(isinstance(value, int | float) for value in values)
    return "number" if numeric else "text"


def _authoriser(view: str) -> Callable[..., int]:
    """Allows reading; of hidden tables only what `view` shows."""

    def authorise(action: int, name: str | None, _: object, schema: str, source: str | None) -> int:
        if reads_hidden(action, name) and schema != "temp" and source != view:
            return sqlite3.SQLITE_DENY
        if action in READING or (action == sqlite3.SQLITE_PRAGMA and name in READING_PRAGMAS):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    return authorise
