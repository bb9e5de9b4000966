"""A database file as a whole: opened, compared by its rows, put in the place of another."""

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from archive import texts
from archive.errors import GongkaiError, SurroundingsError
from archive.records import Capture
from archive.rows import capture_from
from archive.store import Archive, reported, sync_directory
from archive.totals import TABLE as TOTALS
from archive.versions import SCHEMA_VERSION

BUSY_SECONDS = 60.0
# Readers may hold back the old log for as long as they like: the old file goes all the same.
_FOLD_SECONDS = 2.0
SCRATCH_CACHE_KIB = 100_000
# While indexes and links are made: each sorter under way may hold as much again.
SORTING_CACHE_KIB = 16_000
# Pages of the write-ahead log (16 MB) after which it is folded in; SQLite's own 1,000 are full
# after a few reports.
_FOLD_PAGES = 4000
_NOT_OPENED = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY_CANTINIT)
SCHEMA = Path(__file__).with_name("schema.sql")


def tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of all tables of rows, those of texts among them, sorted.

    SQLite's own, the totals and the name of the file of texts are left out.
    """
    sql = "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
    names = (row[0].removeprefix(texts.WAITING) for row in connection.execute(sql))
    left_out = ("sqlite_", TOTALS, texts.NAMED)
    return tuple(sorted(name for name in names if not name.startswith(left_out)))


def columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The names of a table's columns, in order."""
    return tuple(row[1] for row in connection.execute(f"PRAGMA table_info({texts.home(table)})"))


def digest(path: Path) -> str:
    """The logical digest: SHA-256 over the rows of all tables, in key order.

    Databases with equal rows have equal digests, however and in whatever order they were written,
    and wherever their texts stand. Only the full-text index and the totals are left out, which
    follow from the rest; `meta` is taken in, so that databases made under other versions differ.

    Raises:
        SurroundingsError: if the texts are missing.
    """
    total = hashlib.sha256()
    with contextlib.closing(open_readonly(path)) as connection:
        texts.require(connection, path)
        for table in tables(connection):
            found = columns(connection, table)
            names = ", ".join(f'"{name}"' for name in found)
            total.update(f"\n{table}({names})\n".encode())
            for row in connection.execute(f"SELECT {names} FROM {table} ORDER BY {names}"):
                total.update(json.dumps(tuple(row), ensure_ascii=False).encode() + b"\n")
    return total.hexdigest()


def open_readonly(path: Path) -> sqlite3.Connection:
    """Opens a database for reading alone, as it is at this moment; with its texts if it has them.

    Raises:
        SurroundingsError: if there is none or it cannot be read.
    """
    with sqlite_reported(path):
        connection = pinned(path)
    connection.row_factory = sqlite3.Row
    return connection


def pinned(path: Path) -> sqlite3.Connection:
    """As `open_readonly`, with plain rows and SQLite's own errors; for any thread."""
    return texts.pinned(lambda: _readonly(path.resolve()), path)


def _readonly(path: Path) -> sqlite3.Connection:
    address = path.absolute().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, check_same_thread=False)
    if not _can_be_read(connection) and not path.with_name(f"{path.name}-wal").exists():
        # A database in WAL mode on read-only media opens only as immutable.
        connection.close()
        immutable = f"{address}?immutable=1"
        connection = sqlite3.connect(immutable, uri=True, check_same_thread=False)
    return connection


def _can_be_read(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorcode not in _NOT_OPENED
    return True


def open_writable(path: Path, *, scratch: bool = False) -> sqlite3.Connection:
    """Opens a database for writing, made if absent; `scratch` if a crash may cost it.

    Raises:
        SurroundingsError: if it cannot be opened, was made by another version, or its texts are
            missing.
    """
    with sqlite_reported(path):
        connection = sqlite3.connect(
            path.absolute().as_uri(),
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )
        connection.row_factory = sqlite3.Row
        try:
            _prepare(connection, path)
            if not scratch:
                texts.attach(connection, path)
                texts.require(connection, path)
            connection.execute(f"PRAGMA synchronous = {'OFF' if scratch else 'NORMAL'}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_FOLD_PAGES}")
            if scratch:
                connection.execute("PRAGMA journal_mode = OFF")
                connection.execute(f"PRAGMA cache_size = -{SCRATCH_CACHE_KIB}")
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not tables(connection):
        script = f"{SCHEMA.read_text(encoding='utf-8')}; {texts.waiting_schema()}"
        connection.executescript(
            f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT"
        )
    elif version != SCHEMA_VERSION:
        raise SurroundingsError(
            f"{path} has schema version {version}, this program {SCHEMA_VERSION}: "
            "run `gongkai rebuild`"
        )
    connection.execute("PRAGMA journal_mode = WAL")


def give_back(connection: sqlite3.Connection) -> None:
    """Writes a database anew of which more than half is free, as after a first large run."""
    pages, free = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count")
    )
    if free > pages / 2:
        with contextlib.suppress(sqlite3.OperationalError):  # another connection is at work
            connection.execute("VACUUM")


def stored_capture(path: Path, record_id: str) -> Capture | None:
    """The capture of that record id as a database has it."""
    with contextlib.closing(open_readonly(path)) as connection, sqlite_reported(path):
        sql = "SELECT * FROM captures WHERE record_id = ?"
        row = connection.execute(sql, [record_id]).fetchone()
    return capture_from(dict(row)) if row else None


def switch_in(archive: Archive, fresh: Path) -> None:
    """Puts a freshly built database in the place of the archive's, under the archive's lock.

    Its texts are laid beside it first; which are read follows from the database alone. The old
    one's write-ahead log is folded in and removed: a rename over a database with a log left beside
    it corrupts the new one. Those who have the old one open keep reading it.

    Raises:
        BusyError: if another process writes.
        SurroundingsError: if the old one cannot be closed off or the files not be moved.
    """
    with archive.lock("rebuild: switching the database in"), reported(archive.database_path):
        with contextlib.closing(_readonly(fresh)) as connection:
            texts.give(connection, fresh, archive.database_path)
        _close_off(archive.database_path)
        with fresh.open("rb") as stream:
            os.fsync(stream.fileno())
        fresh.replace(archive.database_path)
        sync_directory(archive.directory)
        texts.tidy(archive.database_path)


def _close_off(path: Path) -> None:
    if path.exists():
        _checkpoint(path)
    for suffix in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _checkpoint(path: Path) -> None:
    old = sqlite3.connect(path, timeout=_FOLD_SECONDS)
    with contextlib.closing(old), contextlib.suppress(sqlite3.DatabaseError):
        # a broken database is replaced all the same
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


@contextlib.contextmanager
def sqlite_reported(path: Path) -> Iterator[None]:
    """Turns errors of SQLite into one clear line that names the file.

    Raises:
        GongkaiError: if rows contradict each other.
        SurroundingsError: for any other error.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise GongkaiError(f"{path}: {error}") from error
    except sqlite3.Error as error:
        raise SurroundingsError(f"{path}: {error}") from error
