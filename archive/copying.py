"""Some records of an archive as one WARC file: members copied as stored, not packed anew."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from archive.errors import SurroundingsError
from archive.records import Capture
from archive.storage.opening import open_warc
from archive.store import Archive, reported
from archive.warc import manifest
from archive.warc.captures import described_by
from archive.warc.conversions import RUN_PREFIX
from archive.warc.reader import Damage, Found, iter_records
from archive.warc.records import Record

Wanted: TypeAlias = Callable[[Record], bool]


class Target(Protocol):
    """What is written to."""

    def write(self, data: bytes) -> object:
        """Takes bytes."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A record in the new file at `offset`, and where it came from."""

    record_id: str
    type: str
    warc: str
    source_offset: int
    offset: int
    length: int


def files_of_runs(archive: Archive, captures: Iterable[Capture]) -> list[str]:
    """The sealed files of the runs that made some captures, and of conversions.

    What was noted of the captures is in the former, what was extracted from them in the latter.
    """
    entries = manifest.read(archive)
    names = {capture.warc for capture in captures}
    runs = {entry.run_id for entry in entries if entry.name in names}
    runs |= {e.run_id for e in entries if runs and e.run_id.startswith(RUN_PREFIX)}
    return [entry.name for entry in entries if entry.run_id in runs]


def belonging_to(record_ids: set[str]) -> Wanted:
    """Tells the records of some captures: they themselves, requests, metadata."""

    def belongs(record: Record) -> bool:
        if record.record_id in record_ids or described_by(record) in record_ids:
            return True
        return bool({record.get("warc-concurrent-to"), record.get("warc-refers-to")} & record_ids)

    return belongs


def copy_records(
    archive: Archive, names: Iterable[str], wanted: Wanted, target: Target
) -> Iterator[Copied]:
    """Copies records, in the order of the archive, each file's behind its warcinfo.

    Raises:
        SurroundingsError: if a file cannot be read, or damage lies among its records.
    """
    offset = 0
    for name in names:
        path = archive.warc_dir / name
        with reported(path), open_warc(path) as source:
            for place, record in _due(_sound(archive, name), wanted):
                source.seek(place.offset)
                target.write(source.read(place.length))
                yield Copied(
                    record.record_id, record.type, name, place.offset, offset, place.length
                )
                offset += place.length


def _due(found: Iterable[Found], wanted: Wanted) -> Iterator[Found]:
    info: Found | None = None
    for place, record in found:
        if record.type == "warcinfo":
            info = place, record
        elif wanted(record):
            if info is not None:
                yield info
                info = None
            yield place, record


def _sound(archive: Archive, name: str) -> Iterator[Found]:
    for item in iter_records(archive.warc_dir / name):
        if isinstance(item, Damage):
            raise SurroundingsError(f"{name} at {item.offset}: {item.reason}: run `gongkai verify`")
        yield item
