"""The file of texts beside the database: sections, texts and Markdown, and their full-text index.

The database names it by its digest (table `texts_file`), and once made it never changes. So one
rename or one transaction of the database switches both, a reader never pairs figures with the texts
of another rebuild, and a crash leaves at most a file that nothing names. What was read since the
last linking pass waits in the database itself; `settle` makes a new file of both.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from archive import fulltext
from archive.errors import SurroundingsError
from archive.store import reported, sync_directory
from archive.versions import SCHEMA_VERSION

SCHEMA = Path(__file__).with_name("texts.sql")
NAMED = "texts_file"
WAITING = "waiting_"
_DIGITS_IN_NAME = 16
_MAKING = "making"
_CACHE_KIB = 16_000
# The database may be replaced while it is being opened, and its former texts removed.
_ATTEMPTS = 3


class _Table(NamedTuple):
    """A table of texts: whose rows its rows belong to, and where a new reading of these shows."""

    owner: str
    of: tuple[str, ...]
    read_anew: str
    key: tuple[str, ...]


_REPORT = ("report_id", "snapshot")
_TABLES = {
    "document_texts": _Table("documents", ("snapshot",), "document_texts", ("snapshot",)),
    "report_texts": _Table("reports", _REPORT, "report_texts", _REPORT),
    "sections": _Table("reports", _REPORT, "report_texts", (*_REPORT, "n")),
}
TABLES = tuple(_TABLES)


def home(table: str) -> str:
    """The table of the database that takes a table's new rows."""
    return f"{WAITING}{table}" if table in _TABLES else table


def waiting_schema() -> str:
    """The statements that make the tables in which new texts wait."""
    made = SCHEMA.read_text(encoding="utf-8")
    return made.replace("CREATE TABLE ", f"CREATE TABLE {WAITING}")


def file_of(connection: sqlite3.Connection, database: Path) -> Path | None:
    """The file of texts that a database names; none before its first linking pass."""
    named = _named(connection)
    return _path(database, named[0]) if named else None


def missing(connection: sqlite3.Connection, database: Path) -> Path | None:
    """The file of texts that a database names and that is not attached."""
    wanted = file_of(connection, database)
    return wanted if wanted and not _is_attached(connection, wanted) else None


def require(connection: sqlite3.Connection, database: Path) -> None:
    """Makes sure that an open database has its texts.

    Raises:
        SurroundingsError: if their file is missing or damaged.
    """
    if path := missing(connection, database):
        told = "figures can be asked without it, texts cannot: copy it there or run gongkai rebuild"
        raise SurroundingsError(f"{path} is missing or damaged ({told})")


def attach(connection: sqlite3.Connection, database: Path) -> bool:
    """Makes the tables of texts readable under their names, as those of the database are.

    It may be called again, and then looks whether the database names another file by now.

    Returns:
        Whether they can be read: not if their file is missing or damaged.
    """
    wanted = file_of(connection, database)
    if wanted and _is_attached(connection, wanted):
        return True
    for table in TABLES:
        connection.execute(f"DROP VIEW IF EXISTS temp.{table}")
    if _attached(connection):
        connection.execute("DETACH texts")
    if wanted and not _opened(connection, wanted):
        return False
    if wanted or _has_table(connection, home(TABLES[0])):
        for table in TABLES:
            connection.execute(f"CREATE TEMP VIEW {table} AS {_rows(table, wanted is not None)}")
    return True


def pinned(opened: Callable[[], sqlite3.Connection], database: Path) -> sqlite3.Connection:
    """Opens a database for reading with its texts, as both are at this moment.

    They stay so: figures of a later moment would not find their texts.
    """
    for attempt in range(_ATTEMPTS):
        connection = opened()
        try:
            connection.execute("BEGIN")
            if attach(connection, database) or attempt == _ATTEMPTS - 1:
                break
        except BaseException:
            connection.close()
            raise
        connection.close()
    return connection


def settle(
    connection: sqlite3.Connection, database: Path, places_up_to: int = fulltext.PLACES_UP_TO
) -> None:
    """Makes a new file of what waits and of the former file, and names it.

    Equal rows give equal bytes. The transaction under way is joined: until it is committed the
    database names the former file.

    Raises:
        SurroundingsError: if the former file is missing, or the new one cannot be written.
    """
    attach(connection, database)
    require(connection, database)
    made = database.with_name(f"{_prefix(database)}{_MAKING}")
    with reported(made):
        made.unlink(missing_ok=True)
        try:
            _make(connection, made, places_up_to)
            _sync(made)
            sha256, size = _measured(made)
            made.replace(_path(database, sha256))
        finally:
            made.unlink(missing_ok=True)
        sync_directory(database.parent)
    for table in TABLES:
        connection.execute(f"DELETE FROM main.{WAITING}{table}")
    connection.execute(f"DELETE FROM main.{NAMED}")
    connection.execute(f"INSERT INTO main.{NAMED} VALUES (?, ?)", [sha256, size])


def tidy(database: Path) -> None:
    """Removes files of texts that a database does not name; whoever reads one keeps reading it."""
    named = None
    if database.is_file():
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as found:
            named = file_of(found, database)
    for path in database.parent.glob(f"{_prefix(database)}*"):
        if path != named:
            path.unlink(missing_ok=True)


def give(connection: sqlite3.Connection, source: Path, target: Path) -> None:
    """Lays the texts that the database `source` names beside one that is named `target`."""
    if (path := file_of(connection, source)) is None:
        return
    given = target.with_name(path.name.replace(_prefix(source), _prefix(target)))
    part = target.with_name(f"{_prefix(target)}{_MAKING}")
    with reported(given):
        part.unlink(missing_ok=True)
        try:
            part.hardlink_to(path)
        except OSError:  # another disk, or one without links
            shutil.copyfile(path, part)
            _sync(part)
        part.replace(given)  # one of that name may be damaged
        part.unlink(missing_ok=True)  # a link to the same file is not renamed
        sync_directory(given.parent)


def is_sound(connection: sqlite3.Connection, database: Path) -> bool:
    """Whether the texts that a database names are there with the bytes that it names."""
    path = file_of(connection, database)
    if path is None:
        return True
    return path.is_file() and _measured(path) == _named(connection)


def _prefix(database: Path) -> str:
    return f"{database.name}-texts-"


def _path(database: Path, sha256: str) -> Path:
    return database.with_name(f"{_prefix(database)}{sha256[:_DIGITS_IN_NAME]}")


def _named(connection: sqlite3.Connection) -> tuple[str, int] | None:
    """The SHA-256 and the size in bytes of the file of texts that a database names."""
    if not _has_table(connection, NAMED):
        return None  # made by an earlier version
    row = connection.execute(f"SELECT sha256, bytes FROM main.{NAMED}").fetchone()
    return (row[0], row[1]) if row else None


def _opened(connection: sqlite3.Connection, path: Path) -> bool:
    """Attaches a file of texts; not if it is missing, was copied in part or is none at all."""
    named = _named(connection)
    try:
        if named is None or path.stat().st_size != named[1]:
            return False
        connection.execute("ATTACH ? AS texts", [f"{path.absolute().as_uri()}?mode=ro&immutable=1"])
    except (OSError, sqlite3.DatabaseError):
        return False
    return True


def _attached(connection: sqlite3.Connection) -> str:
    """The name of the file of texts that is attached; SQLite tells that behind a symbolic link."""
    found = {row[1]: row[2] for row in connection.execute("PRAGMA database_list")}
    return Path(found["texts"]).name if "texts" in found else ""


def _is_attached(connection: sqlite3.Connection, path: Path) -> bool:
    return _attached(connection) in (path.name, path.resolve().name)


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    sql = "SELECT 1 FROM main.sqlite_schema WHERE name = ?"
    return connection.execute(sql, [name]).fetchone() is not None


def _rows(table: str, with_file: bool) -> str:
    """What waits, and of the file what belongs to a row of figures and was not read again."""
    waiting = f"SELECT * FROM main.{WAITING}{table}"
    if not with_file:
        return waiting
    about = _TABLES[table]
    same = " AND ".join(f"o.{name} = t.{name}" for name in about.of)
    return (
        f"{waiting} UNION ALL SELECT t.* FROM texts.{table} t"
        f" WHERE EXISTS (SELECT 1 FROM main.{about.owner} o WHERE {same})"
        f" AND NOT EXISTS (SELECT 1 FROM main.{WAITING}{about.read_anew} o WHERE {same})"
    )


def _make(source: sqlite3.Connection, path: Path, places_up_to: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KIB}"):
            target.execute(f"PRAGMA {setting}")
        target.executescript(SCHEMA.read_text(encoding="utf-8"))
        target.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        target.execute("BEGIN")
        for table, about in _TABLES.items():
            rows = source.execute(f"SELECT * FROM {table} ORDER BY {', '.join(about.key)}")
            marks = ", ".join("?" * len(rows.description))
            target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        fulltext.fill(target, source, places_up_to)
        target.execute("COMMIT")


def _sync(path: Path) -> None:
    """Makes a file outlast a power cut."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _measured(path: Path) -> tuple[str, int]:
    """The SHA-256 and the size in bytes of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest(), path.stat().st_size
