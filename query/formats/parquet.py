"""Parquet, a batch of rows at a time; each column carries its meaning."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from query.columns import Column
from query.corpus import Row, Value
from query.datapackage import LICENCE_NOTE, SOURCE
from query.formats.numbers import approximate

ROWS_A_BATCH = 10_000
TYPES = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64()}


def write_parquet(columns: Sequence[Column], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Writes Parquet with zstd. Numbers are 64-bit floats; the exact print is in column `raw`."""
    told = {"source": SOURCE, "licence": LICENCE_NOTE}
    schema = pa.schema([_field(column) for column in columns], metadata=told)
    with pq.ParquetWriter(stream, schema, compression="zstd") as out:
        for batch in _batches(rows):
            out.write_batch(_record_batch(columns, schema, batch))


def _field(column: Column) -> object:
    return pa.field(column.name, TYPES[column.kind], metadata={"description": column.label})


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, ROWS_A_BATCH)):
        yield batch


def _record_batch(columns: Sequence[Column], schema: object, batch: list[Row]) -> object:
    values = [
        pa.array([_value(column, row[at]) for row in batch], TYPES[column.kind])
        for at, column in enumerate(columns)
    ]
    return pa.RecordBatch.from_arrays(values, schema=schema)


def _value(column: Column, value: Value) -> Value:
    if value is None:
        return None
    if column.kind == "number":
        return approximate(value)
    return int(value) if column.kind == "integer" else str(value)
