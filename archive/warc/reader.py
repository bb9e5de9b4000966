"""Reading the archive: all captures in file order, and single payloads by place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from archive.errors import GongkaiError, SurroundingsError
from archive.records import Capture, Part
from archive.storage.opening import open_warc, read_stored
from archive.store import Archive
from archive.warc import facts as fact
from archive.warc import http, manifest, members, records
from archive.warc.captures import Place, capture_of, described_by
from archive.warc.files import OPEN_SUFFIX
from archive.warc.members import BadMember, MemberError
from archive.warc.records import Record, RecordError
from archive.withdrawals import withdrawn

MAX_HOPS = 8
CAPTURES_A_PART = 2_000


class ReadError(GongkaiError):
    """A capture whose record cannot be read or whose payload is not there."""


class WithdrawnError(ReadError):
    """A capture that was withdrawn."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a run said of itself when it ended."""

    run_id: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a file that is no whole record."""

    warc: str
    offset: int
    length: int
    reason: str


@dataclass(slots=True)
class Scan:
    """What was scanned of WARC files, in file order. `notes` are of captures not in `captures`."""

    captures: list[Capture] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    notes: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    _at: dict[str, int] = field(default_factory=dict)

    def take(self, item: "Found | Damage") -> None:
        """Takes in what `iter_records` gives."""
        if isinstance(item, Damage):
            self.damage.append(item)
        else:
            self.add(*item)

    def add(self, place: Place, record: Record) -> None:
        """Takes in a record; those that say something of a capture are merged into it."""
        capture = capture_of(record, place)
        if capture is not None:
            self._at[capture.record_id] = len(self.captures)
            self.captures.append(capture)
        elif record.type == "metadata":
            self._add_facts(record, fact.decode(record.block))

    def _add_facts(self, record: Record, facts: Mapping[str, Any]) -> None:
        target = described_by(record)
        if isinstance(account := facts.get("account"), dict):
            self.accounts.append(Account(str(facts.get("run_id", "")), account))
        elif facts and (at := self._at.get(target)) is not None:
            self.captures[at] = fact.merge(self.captures[at], facts)
        elif facts and target:
            self.notes.append((target, facts))


Found: TypeAlias = tuple[Place, Record]


def warc_files(archive: Archive, sealed_only: bool = True) -> tuple[Path, ...]:
    """The files to read: the sealed ones as the manifest orders them, then the open ones.

    Raises:
        SurroundingsError: if there is no readable archive.
    """
    archive.require()
    sealed = [archive.warc_dir / entry.name for entry in manifest.read(archive)]
    growing = () if sealed_only else sorted(archive.warc_dir.glob(f"*.warc.gz{OPEN_SUFFIX}"))
    return (*sealed, *growing)


def iter_captures(archive: Archive, sealed_only: bool = True) -> Iterator[Capture]:
    """All captures in file order, with all that was noted of them, also later.

    Damaged stretches are passed over: `scan` tells of them.

    Raises:
        SurroundingsError: if there is no readable archive.
    """
    yield from scan(warc_files(archive, sealed_only)).captures


def scan(paths: Iterable[Path], seen: Callable[[Path], object] | None = None) -> Scan:
    """Reads whole files. `seen` is called with each file once it is read (for progress)."""
    found = Scan()
    for path in paths:
        for item in iter_records(path):
            found.take(item)
        if seen is not None:
            seen(path)
    return found


def scan_in_parts(
    path: Path, seen: Callable[[Path], object] | None = None, most: int = CAPTURES_A_PART
) -> Iterator[Scan]:
    """Reads a file as `scan` does, so many captures at a time: files may be of any length."""
    found = Scan()
    for item in iter_records(path):
        found.take(item)
        if len(found.captures) >= most:
            yield found
            found = Scan()
    yield found
    if seen is not None:
        seen(path)


def iter_records(path: Path) -> Iterator[Found | Damage]:
    """The records of a file and what is damaged in it. A torn end of an open file is no damage."""
    name = path.name.removesuffix(OPEN_SUFFIX)
    try:
        stream = open_warc(path)
    except OSError as error:
        yield Damage(name, 0, 0, error.strerror or str(error))
        return
    with stream:
        for member in members.walk(stream):
            if isinstance(member, BadMember):
                if not (member.torn and path.name.endswith(OPEN_SUFFIX)):
                    yield Damage(name, member.offset, member.length, member.reason)
                continue
            try:
                record = records.parse(member.data)
            except RecordError as error:
                yield Damage(name, member.offset, member.length, str(error))
                continue
            yield Place(name, member.offset, member.length), record


def read_record(archive: Archive, warc: str, offset: int, length: int) -> Record:
    """One record by its place.

    Raises:
        ReadError: if there is no whole record at that place.
    """
    stored = _stored(archive, warc, offset, length)
    try:
        return records.parse(members.read_member(stored))
    except (MemberError, RecordError) as error:
        raise ReadError(f"{warc} at {offset}: {error}") from error


def read_part(
    archive: Archive,
    capture: Capture,
    find: Callable[[str], Capture | None] | None = None,
    limit: int = http.MAX_CONTENT_BYTES,
) -> Part:
    """A capture's payload, transfer and content coding undone, revisits resolved.

    The headers are the capture's own; what an answer "not modified" leaves out comes from the
    capture it refers to.

    Args:
        archive: where from.
        capture: whose payload.
        find: gives the capture of a record id (a dict's `get`, or `CaptureIndex.by_id`); by
            default it is looked up in the archive's database.
        limit: how many bytes the payload may unpack to.

    Raises:
        WithdrawnError: if it, or the capture it refers to, was withdrawn.
        ReadError: if its record cannot be read or what it refers to is not there.
        ContentError: if the content coding cannot be undone (`bomb`, `coding`).
    """
    headers: dict[str, str] = {}
    held = capture
    for _ in range(MAX_HOPS):
        _refuse_withdrawn(archive, held)
        record = read_record(archive, held.warc, held.offset, held.length)
        message = _message(record)
        headers = {**message.headers, **headers}
        if not held.refers_to:
            if record.type == "revisit":
                raise ReadError(f"{held.record_id} repeats a payload that is not archived")
            return Part(capture, http.decode_content(message.payload, headers, limit), headers)
        original = find(held.refers_to) if find else _stored_capture(archive, held.refers_to)
        if original is None:
            raise ReadError(f"{held.record_id} refers to {held.refers_to}, which is not archived")
        held = original
    raise ReadError(f"{capture.record_id} refers to a chain of more than {MAX_HOPS} captures")


def _stored_capture(archive: Archive, record_id: str) -> Capture | None:
    from archive.database import stored_capture  # which itself uses the facts of this package

    return stored_capture(archive.require_database(), record_id)


def _message(record: Record) -> http.Message:
    if record.type in ("response", "revisit"):
        return http.parse(record.block)
    if record.type == "resource":
        fields = (("Content-Type", record.get("content-type")),)
        return http.Message("", fields, record.block, b"")
    return http.Message("", (), b"", b"")


def _stored(archive: Archive, warc: str, offset: int, length: int) -> bytes:
    """The bytes of a member; a file that was open when its captures were read may be sealed now.

    What is not here is asked from the storage, by its range of bytes.
    """
    for name in (warc, warc + OPEN_SUFFIX):
        try:
            with open(f"{archive.warc_dir}/{name}", "rb", buffering=0) as stream:  # noqa: PTH123
                stream.seek(offset)
                return stream.read(length)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise SurroundingsError(f"{warc}: {error.strerror}") from error
    try:
        return read_stored(archive.warc_dir, warc, offset, length)
    except FileNotFoundError:
        raise ReadError(f"{warc} is missing from {archive.warc_dir}") from None


def _refuse_withdrawn(archive: Archive, capture: Capture) -> None:
    if (found := withdrawn(archive).get(capture.record_id)) is not None:
        raise WithdrawnError(f"{capture.record_id} was withdrawn: {found.reason}")
