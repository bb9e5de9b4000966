"""The file formats of exports: each module writes rows to a binary stream in constant memory."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import BinaryIO, TypeAlias

from archive.errors import SurroundingsError, UsageError
from query.columns import Column
from query.corpus import Row

Writer: TypeAlias = Callable[[Sequence[Column], Iterable[Row], BinaryIO], None]

# Format -> module, function. Modules are loaded on use: some need the extra `export`.
_WRITERS = {
    "csv": ("query.formats.text", "write_csv"),
    "excel-csv": ("query.formats.text", "write_excel_csv"),
    "tsv": ("query.formats.text", "write_tsv"),
    "json": ("query.formats.text", "write_json"),
    "jsonl": ("query.formats.text", "write_jsonl"),
    "xlsx": ("query.formats.spreadsheet", "write_xlsx"),
    "parquet": ("query.formats.parquet", "write_parquet"),
    "dta": ("query.formats.stata", "write_dta"),
}
FORMATS = tuple(_WRITERS)
TEXT_FORMATS = ("csv", "excel-csv", "tsv", "json", "jsonl")


def writer(name: str) -> Writer:
    """The writer of a format.

    Raises:
        UsageError: there is no such format.
        SurroundingsError: the library it needs is not installed.
    """
    if name not in _WRITERS:
        raise UsageError(f"unknown format {name!r}: one of {', '.join(FORMATS)}")
    module, function = _WRITERS[name]
    try:
        found: Writer = getattr(import_module(module), function)
    except ImportError as error:
        raise SurroundingsError(
            f"format {name} needs {error.name}: pip install 'gongkai[export]'"
        ) from error
    return found
