"""Tables of the database as Parquet: partitioned, exact, read by any engine.

Columns are those of `schema.sql` and `texts.sql`. A number (`value_std`) is a 64-bit float; where
that is not the very number, the column `value_std_exact` has its digits.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from archive import texts
from archive.dbfile import SCHEMA, open_readonly
from archive.errors import SurroundingsError
from archive.packing import TableRows
from archive.storage.objects import Storage

# Rows held in memory for each table.
ROWS_A_GROUP = 2_000
EXACT = "_exact"
# Integers below are exact as floats, and SQLite makes integers of such floats again.
_EXACT_BELOW = 2**51
Values: TypeAlias = tuple[Any, ...]


@cache
def column_types(table: str) -> dict[str, str]:
    """The columns of a table with the types that `schema.sql` and `texts.sql` declare."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for script in (SCHEMA, texts.SCHEMA):
            connection.executescript(script.read_text(encoding="utf-8"))
        found = connection.execute(f"PRAGMA table_info({table})")
        return {row[1]: row[2] for row in found}


def need_parquet() -> Any:
    """The module of pyarrow for Parquet.

    Raises:
        SurroundingsError: if it is not installed.
    """
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise SurroundingsError("Parquet needs pyarrow: pip install 'gongkai[scale]'") from error
    return pyarrow.parquet


class Partition:
    """Rows of several tables on their way to `TABLE/NAME.parquet`, a file for each table."""

    def __init__(self, storage: Storage, name: str) -> None:
        """Nothing is stored before `close`: a partition is there whole or not at all."""
        self._storage = storage
        self._name = name
        self._folder = TemporaryDirectory(prefix="gongkai-parquet-")
        self._writers: dict[str, Any] = {}
        self._waiting: dict[str, list[Values]] = {}
        self._names: dict[str, tuple[str, ...]] = {}

    def __enter__(self) -> "Partition":
        """The partition itself."""
        return self

    def __exit__(self, kind: object, *_exception: object) -> None:
        """Stores the files, unless an error came."""
        with self._folder:
            for writer in self._writers.values() if kind else self._finished():
                writer.close()
            for table in sorted(self._writers) if kind is None else ():
                self._storage.put(self._path(table), f"{table}/{self._name}.parquet")

    def _finished(self) -> list[Any]:
        for table in sorted(self._waiting):
            self._flush(table)
        return list(self._writers.values())

    def add(self, rows: TableRows) -> None:
        """Takes in rows; all of one table have the same columns."""
        names = self._names.setdefault(rows.table, rows.names)
        assert names == rows.names, f"rows of {rows.table} differ in their columns"
        waiting = self._waiting.setdefault(rows.table, [])
        waiting += rows.values
        if len(waiting) >= ROWS_A_GROUP:
            self._flush(rows.table)

    def _path(self, table: str) -> Path:
        return Path(self._folder.name, f"{table}.parquet")

    def _flush(self, table: str) -> None:
        import pyarrow as pa

        waiting, self._waiting[table] = self._waiting[table], []
        columns = list(_columns(table, self._names[table], waiting))
        arrow = pa.table({name: pa.array(values, kind) for name, kind, values in columns})
        if table not in self._writers:
            path = self._path(table)
            writer = need_parquet().ParquetWriter(path, arrow.schema, compression="zstd")
            self._writers[table] = writer
        self._writers[table].write_table(arrow)


def read_partition(storage: Storage, table: str, name: str) -> Iterator[TableRows]:
    """The rows of a stored file, a group at a time; none where there is no such file."""
    try:
        stream = storage.open(f"{table}/{name}.parquet")
    except FileNotFoundError:
        return
    with stream:
        for batch in need_parquet().ParquetFile(stream).iter_batches(ROWS_A_GROUP):
            yield _rows(table, batch.to_pydict())


def write_tables(path: Path, tables: Iterable[str], storage: Storage, rows_a_file: int) -> None:
    """Writes tables of a finished database, in key order, in files of so many rows.

    Raises:
        SurroundingsError: if its texts are missing.
    """
    with closing(open_readonly(path)) as connection:
        texts.require(connection, path)
        for table in tables:
            names = tuple(column_types(table))
            listed = ", ".join(f'"{name}"' for name in names)
            cursor = connection.execute(f"SELECT {listed} FROM {table}")
            _write_files(storage, table, names, cursor, rows_a_file)


def _write_files(
    storage: Storage, table: str, names: tuple[str, ...], cursor: sqlite3.Cursor, most: int
) -> None:
    for number in count():
        with Partition(storage, f"part-{number:05}") as partition:
            left = most
            while left and (group := cursor.fetchmany(min(left, ROWS_A_GROUP))):
                partition.add(TableRows(table, names, tuple(group)))
                left -= len(group)
        if left:
            return


def _columns(
    table: str, names: tuple[str, ...], rows: list[Values]
) -> Iterator[tuple[str, Any, list[Any]]]:
    import pyarrow as pa

    types = column_types(table)
    kinds = {"TEXT": pa.string(), "INTEGER": pa.int64(), "NUMERIC": pa.float64()}
    for at, name in enumerate(names):
        values = [row[at] for row in rows]
        if types[name] == "NUMERIC":
            yield name + EXACT, pa.string(), [_digits(value) for value in values]
            values = [None if value is None else float(value) for value in values]
        yield name, kinds[types[name]], values


def _digits(value: Any) -> str | None:
    return str(value) if isinstance(value, int) and abs(value) >= _EXACT_BELOW else None


def _rows(table: str, columns: dict[str, list[Any]]) -> TableRows:
    types = column_types(table)
    names = tuple(name for name in columns if name in types)
    values = [
        _exact(columns[name], columns[name + EXACT]) if types[name] == "NUMERIC" else columns[name]
        for name in names
    ]
    return TableRows(table, names, tuple(zip(*values, strict=True)))


def _exact(values: list[Any], digits: list[str | None]) -> list[Any]:
    pairs = zip(values, digits, strict=True)
    return [value if exact is None else int(exact) for value, exact in pairs]
