"""Costly extractions (text recognition, office conversion), kept as WARC `conversion` records.

A conversion is found again by the SHA-256 of the bytes it was made from and by the extractor with
its versions; the record names both in header fields of our own, and in `WARC-Refers-To` the capture
that brought the bytes. Workers put what they made on a shelf beside the WARC files; whoever holds
the archive's lock collects it into a sealed file. Only files so written are believed: conversions
in web archives of others are kept with them and never read.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from archive.records import Capture
from archive.store import Archive, reported
from archive.warc import groups, manifest, members, records
from archive.warc.captures import Place
from archive.warc.files import OpenFile
from archive.warc.groups import Group
from archive.warc.members import MemberError
from archive.warc.reader import Damage, ReadError, iter_records, read_record
from archive.warc.records import Record, RecordError

RUN_PREFIX = "conversions-"
SOURCE_FIELD = "Gongkai-Source-Payload-Digest"
EXTRACTOR_FIELD = "Gongkai-Extractor"
_SUFFIX = ".warc.gz"
# Sealed files whose places are remembered; they never change.
_KNOWN_FILES = 256


@dataclass(frozen=True, slots=True)
class Key:
    """What a conversion was made from (lower-case hex SHA-256) and by what, versions included."""

    source_sha256: str
    extractor: str

    @property
    def name(self) -> str:
        """A file name for it."""
        return f"{self.source_sha256}-{hashlib.sha256(self.extractor.encode()).hexdigest()[:16]}"


class Shelf:
    """The conversions of an archive: those in sealed files, and those that wait to be collected."""

    def __init__(self, archive: Archive) -> None:
        """Reads nothing yet."""
        self._archive = archive

    def find(self, key: Key) -> bytes | None:
        """The content of that conversion; nothing where there is none or it is damaged."""
        record = self._sealed(key) or self._waiting(key)
        return record.block if record is not None and _is_sound(record, key) else None

    def keep(self, key: Key, content: bytes, media_type: str, source: Capture | None) -> None:
        """Lays a fresh conversion by. That it cannot be costs only the work of making it again."""
        stored = _record(key, content, media_type, source)
        with contextlib.suppress(OSError):
            folder = self._archive.conversions_dir
            folder.mkdir(exist_ok=True)
            scratch = folder / f"{key.name}.{os.getpid()}.new"
            scratch.write_bytes(stored)
            scratch.replace(folder / (key.name + _SUFFIX))

    def _sealed(self, key: Key) -> Record | None:
        for path in conversion_files(self._archive):
            if (place := _places(path).get(key)) is not None:
                with contextlib.suppress(ReadError):
                    return read_record(self._archive, place.warc, place.offset, place.length)
        return None

    def _waiting(self, key: Key) -> Record | None:
        try:
            return _parsed((self._archive.conversions_dir / (key.name + _SUFFIX)).read_bytes())
        except OSError:
            return None


def conversion_files(archive: Archive) -> list[Path]:
    """The sealed files of conversions, in order."""
    entries = manifest.read(archive)
    return [archive.warc_dir / e.name for e in entries if e.run_id.startswith(RUN_PREFIX)]


def collect(archive: Archive) -> bool:
    """Writes what lies on the shelf into a sealed WARC file; no writer may be at work.

    Returns:
        Whether a file was written.

    Raises:
        BusyError: if another process writes.
        SurroundingsError: if it cannot be written.
    """
    if not archive.conversions_dir.is_dir():
        return False
    with archive.lock("keeping conversions"), reported(archive.conversions_dir):
        found = sorted(archive.conversions_dir.iterdir())
        written = _write(archive, list(_new_groups(archive, found)))
        for path in found:
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # a worker may just have put something there
            archive.conversions_dir.rmdir()
    return written


def key_of(record: Record) -> Key:
    """The key that a conversion record states; its parts are empty for one not written here."""
    source = record.get(SOURCE_FIELD.lower()).removeprefix("sha256:")
    return Key(source, record.get(EXTRACTOR_FIELD.lower()))


def _new_groups(archive: Archive, paths: list[Path]) -> Iterator[Group]:
    known = {key for path in conversion_files(archive) for key in _places(path)}
    for path in paths:
        stored = path.read_bytes() if path.name.endswith(_SUFFIX) else b""
        record = _parsed(stored)
        if record is not None and key_of(record) not in known:
            yield Group(stored, record, len(stored), record.get("warc-date"), 1)


def _write(archive: Archive, fresh: list[Group]) -> bool:
    if not fresh:
        return False
    run_id = RUN_PREFIX + "".join(char for char in records.now() if char.isalnum())
    file = OpenFile(archive, run_id, 1)
    software = f"gongkai/{version('gongkai')}"
    file.append(groups.warcinfo_group(file.name, {"isPartOf": run_id}, software))
    for group in fresh:
        file.append(group)
    file.seal()
    return True


def _record(key: Key, content: bytes, media_type: str, source: Capture | None) -> bytes:
    fields = {
        "WARC-Record-ID": f"<{records.new_id()}>",
        "WARC-Date": records.now(),
        "WARC-Target-URI": source.url if source else f"urn:sha256:{key.source_sha256}",
        "WARC-Refers-To": f"<{source.refers_to or source.record_id}>" if source else "",
        "WARC-Payload-Digest": records.digest(content),
        SOURCE_FIELD: f"sha256:{key.source_sha256}",
        EXTRACTOR_FIELD: key.extractor,
    }
    return records.serialise("conversion", fields, content, media_type)[0]


@lru_cache(maxsize=_KNOWN_FILES)
def _places(path: Path) -> Mapping[Key, Place]:
    """Where the conversions of a sealed file lie; of two with one key the first."""
    places: dict[Key, Place] = {}
    for item in iter_records(path):
        if not isinstance(item, Damage) and item[1].type == "conversion":
            places.setdefault(key_of(item[1]), item[0])
    return places


def _parsed(stored: bytes) -> Record | None:
    """The record that lies on the shelf; nothing where a crash left half of it."""
    try:
        record = records.parse(members.read_member(stored))
    except (MemberError, RecordError):
        return None
    return record if record.type == "conversion" and _is_whole(record) else None


def _is_sound(record: Record, key: Key) -> bool:
    return key_of(record) == key and _is_whole(record)


def _is_whole(record: Record) -> bool:
    return records.matches_digest(record.get("warc-block-digest"), record.block)
