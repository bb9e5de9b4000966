"""WARC and WACZ files of others: their records are kept as they are, ids and dates included.

Each record is stored again with its own header fields and block, one gzip member each; what we
note of a response stands in a metadata record of our own beside it.
"""

import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from fastwarc.warc import ArchiveIterator

from archive.errors import UsageError
from archive.records import Capture
from archive.warc.captures import Place, capture_of
from archive.warc.groups import adopted_group
from archive.warc.records import Record
from archive.warc.writer import WarcWriter

# Foreign records are read whole; larger ones are no reports.
MAX_BLOCK_BYTES = 256 << 20
# Facts of a capture: `role`, `context`, `part_of`; see `WarcWriter.annotate`.
FactsOf = Callable[[Capture], dict[str, Any]]


@dataclass(slots=True)
class Adopted:
    """What was taken over, how many records were there already, and what was not taken and why."""

    captures: list[Capture] = field(default_factory=list)
    known: int = 0
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A record of another writer: its fields in their order and, for lookups, as ours."""

    fields: tuple[tuple[str, str], ...]
    record: Record


def adopt(writer: WarcWriter, path: Path, facts_of: FactsOf) -> Adopted:
    """Takes over all records of a WARC file (also compressed) or of the WARC files of a WACZ.

    Metadata is taken over only with the record it describes: a foreign file says nothing of what
    is archived already. Records that are archived already are passed over.

    Args:
        writer: where to.
        path: the file.
        facts_of: what to note of a response or resource.

    Raises:
        UsageError: if the file is neither.
        SurroundingsError: if the archive cannot be written.
    """
    adopted = Adopted()
    taken: set[str] = set()
    originals: dict[str, str] = {}
    with ExitStack() as stack:
        for name, stream in _streams(path, stack):
            for foreign in _records(name, stream, adopted.refused):
                _take(writer, foreign, facts_of, adopted, taken, originals)
    return adopted


def _streams(path: Path, stack: ExitStack) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        if zipfile.is_zipfile(path):
            pack = stack.enter_context(zipfile.ZipFile(path))
            names = [n for n in pack.namelist() if n.endswith((".warc", ".warc.gz"))]
            if not names:
                raise UsageError(f"{path}: no WARC file in it")
            for name in sorted(names):
                yield f"{path}: {name}", stack.enter_context(pack.open(name))
        else:
            yield str(path), stack.enter_context(path.open("rb"))
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:  # RuntimeError: encrypted
        raise UsageError(f"{path}: {error}") from error


def _records(name: str, stream: IO[bytes], refused: list[str]) -> Iterator[Foreign]:
    count = 0
    try:
        for found in ArchiveIterator(stream, parse_http=False):
            count += 1
            foreign = _foreign(found)
            if isinstance(foreign, str):
                refused.append(f"{name}, record {count}: {foreign}")
            else:
                yield foreign
    except (OSError, ValueError) as error:
        if not count:
            raise UsageError(f"{name}: no WARC file: {error}") from error
        refused.append(f"{name}: cannot be read after record {count}: {error}")


def _foreign(found: Any) -> Foreign | str:
    if found.content_length > MAX_BLOCK_BYTES:
        return f"{found.content_length} bytes are more than {MAX_BLOCK_BYTES}"
    fields = tuple(found.headers.items())
    block = found.reader.read()
    named: dict[str, str] = {}
    for field_name, value in fields:
        named.setdefault(field_name.lower(), value)
    if named.get("content-length") != str(len(block)):
        return "the record is cut off"
    record = Record(named, block)
    return Foreign(fields, record) if record.record_id else "it has no record id"


def _take(
    writer: WarcWriter,
    foreign: Foreign,
    facts_of: FactsOf,
    adopted: Adopted,
    taken: set[str],
    originals: dict[str, str],
) -> None:
    record = foreign.record
    opened = capture_of(record, Place("", 0, 0))
    if opened is None:
        if _describes(record) & taken:
            writer.adopt(lambda: adopted_group(foreign.fields, record, None)).result()
        return
    if record.record_id in taken or writer.index.by_id(record.record_id) is not None:
        adopted.known += 1
        return
    facts = {**facts_of(opened), **_target(record, originals)}
    done: Future[Capture] = writer.adopt(lambda: adopted_group(foreign.fields, record, facts))
    taken.add(record.record_id)
    originals.setdefault(record.get("warc-payload-digest"), record.record_id)
    adopted.captures.append(done.result())


def _describes(record: Record) -> set[str]:
    return {record.get("warc-concurrent-to"), record.get("warc-refers-to")} - {""}


def _target(record: Record, originals: dict[str, str]) -> dict[str, str]:
    """Many writers name what a revisit repeats by its payload digest alone."""
    if record.type != "revisit" or record.get("warc-refers-to"):
        return {}
    original = originals.get(record.get("warc-payload-digest"))
    return {"refers_to": original} if original else {}
