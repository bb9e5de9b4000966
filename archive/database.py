"""The one writer of the derived database, and what makes it reproducible.

Readings replace the rows of their bundle in one transaction; `finish` makes all that follows from
several documents. Two databases with equal rows are equal byte for byte once compacted: tables
have natural keys and no row ids, and nothing in them tells when or in which order they were
written.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from archive import rows, texts, totals
from archive.dbfile import (
    SORTING_CACHE_KIB,
    columns,
    digest,
    give_back,
    open_readonly,
    open_writable,
    sqlite_reported,
    stored_capture,
    switch_in,
    tables,
)
from archive.packing import TableRows, packed
from archive.records import Capture, Reading
from archive.store import reported
from archive.versions import versions
from archive.warc.facts import merge
from archive.warc.manifest import Entry
from archive.withdrawals import Withdrawal

__all__ = ["DatabaseWriter", "digest", "open_readonly", "stored_capture", "switch_in"]

_OF_REPORTS = ("checks", "observations", "problems", "report_agencies", "report_texts", "sections")


class DatabaseWriter:
    """The database opened for writing, made if absent. Its methods may be called by any thread."""

    def __init__(self, path: Path, *, scratch: bool = False) -> None:
        """Opens `path`.

        Args:
            path: the file.
            scratch: it is thrown away after a crash, so nothing need be synced on the way.

        Raises:
            SurroundingsError: if it cannot be opened or was made by another version.
        """
        self.path = Path(path)
        self._guard = threading.RLock()
        self._depth = 0
        self._scratch = scratch
        self._connection = open_writable(self.path, scratch=scratch)
        # An empty scratch file is filled once, without indexes: there is nothing to replace.
        self._fresh = scratch and not self._connection.execute("SELECT 1 FROM captures").fetchone()
        self._indexes = _drop_indexes(self._connection) if self._fresh else {}
        self._columns = {
            table: columns(self._connection, table) for table in tables(self._connection)
        }

    def __enter__(self) -> "DatabaseWriter":
        """The writer itself."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Closes the connection; what was committed stays."""
        with self._guard:
            self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction: all of it or, after an error, nothing. An inner one joins the outer.

        Raises:
            SurroundingsError: if the disk is full or the file cannot be written.
        """
        with self._guard, sqlite_reported(self.path):
            if self._depth:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._depth = 0

    def query(self, sql: str, parameters: Iterable[Any] = ()) -> list[sqlite3.Row]:
        """The rows of a SELECT."""
        with self._guard, sqlite_reported(self.path):
            return self._connection.execute(sql, tuple(parameters)).fetchall()

    def stream(self, sql: str) -> Iterator[sqlite3.Row]:
        """The rows of a SELECT, read as they are asked for; what it reads must not change."""
        with sqlite_reported(self.path):
            yield from self._connection.execute(sql)

    def execute(self, sql: str) -> None:
        """Runs a statement within the transaction under way."""
        self._connection.execute(sql)

    def create_function(self, name: str, function: Callable[[Any], Any]) -> None:
        """Makes a pure function of one value known to SQL."""
        self._connection.create_function(name, 1, function, deterministic=True)

    def add_captures(self, captures: Iterable[Capture]) -> None:
        """Adds captures in one transaction, or replaces them by record id."""
        with self.transaction():
            self.insert_captures(captures)

    def insert_captures(self, captures: Iterable[Capture]) -> None:
        """Adds captures within the transaction under way."""
        self.insert("captures", map(rows.capture_row, captures))

    def merge_facts(self, record_id: str, facts: Mapping[str, Any]) -> bool:
        """Merges further facts into a stored capture, as reading the archive anew would.

        Returns:
            Whether there is such a capture.
        """
        found = self.query("SELECT * FROM captures WHERE record_id = ?", [record_id])
        for row in found:
            merged = merge(rows.capture_from(dict(row)), facts)
            self.insert("captures", [rows.capture_row(merged)])
        return bool(found)

    def insert_run(self, run_id: str, account: Mapping[str, Any]) -> None:
        """Adds a run's account within the transaction under way; a later one replaces it."""
        self.insert("runs", [rows.run_row(run_id, account)])

    def insert_file(self, entry: Entry) -> None:
        """Adds a sealed file within the transaction under way."""
        self.insert("warc_files", [asdict(entry)])

    def insert_correction(self, correction: Mapping[str, str]) -> None:
        """Adds a correction; the linking pass tells whether it still fits."""
        self.insert("corrections", [{**correction, "state": ""}])

    def insert_withdrawal(self, withdrawal: Withdrawal) -> None:
        """Adds a tombstone and deletes all read of the record, of a page's parts and of revisits.

        A rebuild leaves out the same.
        """
        record_id = withdrawal.record_id
        if self.query("SELECT 1 FROM withdrawals WHERE record_id = ?", [record_id]):
            return
        self.insert("withdrawals", [asdict(withdrawal)])
        repeats = self.query("SELECT record_id FROM captures WHERE refers_to = ?", [record_id])
        for snapshot in (record_id, *(row["record_id"] for row in repeats)):
            self.forget(snapshot)
            self.forget_snapshot(snapshot)

    def replace(self, reading: Reading) -> None:
        """Stores a bundle's reading in place of whatever was read from that page before."""
        self.replace_rows(reading.page.record_id, packed(reading))

    def replace_rows(self, page_snapshot: str, read: Iterable[TableRows]) -> None:
        """Stores the rows of a bundle's reading, as `replace` does.

        Raises:
            GongkaiError: if two of them have one key.
        """
        with self.transaction():
            if not self._fresh:
                self.forget(page_snapshot)
            self.insert_packed(read)

    def insert_packed(self, read: Iterable[TableRows]) -> None:
        """Adds rows within the transaction under way.

        Raises:
            GongkaiError: if a key is taken.
        """
        for each in read:
            listed = ", ".join(f'"{name}"' for name in each.names)
            marks = ", ".join("?" * len(each.names))
            sql = f"INSERT INTO {texts.home(each.table)} ({listed}) VALUES ({marks})"
            self._connection.executemany(sql, each.values)

    def forget(self, page_snapshot: str) -> None:
        """Deletes all rows read from a page and its parts."""
        found = self.query(
            "SELECT snapshot FROM documents WHERE page_snapshot = ?", [page_snapshot]
        )
        for row in found:
            self.forget_snapshot(row["snapshot"])

    def forget_snapshot(self, snapshot: str) -> None:
        """Deletes all rows read from one document."""
        found = self.query("SELECT report_id FROM reports WHERE snapshot = ?", [snapshot])
        for report_id in ("", *(row["report_id"] for row in found)):
            for table in _OF_REPORTS:
                sql = f"DELETE FROM {texts.home(table)} WHERE report_id = ? AND snapshot = ?"
                self._connection.execute(sql, [report_id, snapshot])
        for table in ("reports", "documents", "document_texts"):
            sql = f"DELETE FROM {texts.home(table)} WHERE snapshot = ?"
            self._connection.execute(sql, [snapshot])

    def insert(
        self, table: str, values: Iterable[Mapping[str, Any]], replacing: bool = True
    ) -> None:
        """Inserts rows within the transaction under way; columns not given have their defaults.

        Raises:
            GongkaiError: if a key is taken and `replacing` is not asked for.
        """
        verb = "OR REPLACE" if replacing else ""
        for given, rows_alike in groupby(values, key=tuple):
            names = [name for name in self._columns[table] if name in given]
            listed = ", ".join(f'"{name}"' for name in names)
            marks = ", ".join(f":{name}" for name in names)
            sql = f"INSERT {verb} INTO {texts.home(table)} ({listed}) VALUES ({marks})"
            self._connection.executemany(sql, ({n: row[n] for n in names} for row in rows_alike))

    def index(self, name: str) -> None:
        """Makes an index that a scratch file still does without."""
        if sql := self._indexes.pop(name, ""):
            self.execute(sql)

    def relink(self) -> None:
        """Runs the linking pass over all stored rows and makes the file of texts anew."""
        with self._linking():
            pass

    def finish(self, meta: Mapping[str, str] | None = None) -> None:
        """Runs the linking pass and writes `meta`, what the rows depend on; may be repeated."""
        with self._linking():
            self.execute("DELETE FROM meta")
            entries = {**versions(), **(meta or {})}
            self.insert("meta", ({"key": key, "value": entries[key]} for key in sorted(entries)))

    @contextlib.contextmanager
    def _linking(self) -> Iterator[None]:
        """A transaction that begins with the linking pass.

        It is safe on the disk before the texts that it no longer names are removed.
        """
        from archive.links import link  # the pass itself writes through this class

        if self._scratch:
            self.execute(f"PRAGMA cache_size = -{SORTING_CACHE_KIB}")
        elif not self._depth:
            self.execute("PRAGMA synchronous = FULL")
        with self.transaction():
            for name in sorted(self._indexes):
                self.index(name)
            link(self)
            totals.fill(self._connection)
            texts.settle(self._connection, self.path)
            yield
        if not self._depth:
            self._tidy()

    def _tidy(self) -> None:
        with self._guard, sqlite_reported(self.path):
            texts.attach(self._connection, self.path)
            texts.tidy(self.path)
            if not self._scratch:
                give_back(self._connection)

    def compact_into(self, path: Path) -> None:
        """Writes the database compacted, with its texts beside it: equal rows give equal bytes.

        Raises:
            SurroundingsError: if it cannot be written.
        """
        with reported(path):
            path.unlink(missing_ok=True)
        with self._guard, sqlite_reported(path):
            texts.give(self._connection, self.path, path)
            # It reads and writes in order, with a page cache of that size on either side.
            self._connection.execute("PRAGMA cache_size = -2000")
            self._connection.execute("VACUUM INTO ?", [str(path)])


def _drop_indexes(connection: sqlite3.Connection) -> dict[str, str]:
    """Drops all indexes; gives by name the statements that make them again."""
    sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    found = connection.execute(f"{sql} ORDER BY name").fetchall()
    for row in found:
        connection.execute(f"DROP INDEX {row['name']}")
    return {row["name"]: row["sql"] for row in found}
