"""WARC and WACZ files of others: their records are kept as they are, ids and dates included.

Each record is stored again with its own header fields and block, one gzip member each; what we
note of a response stands in a metadata record of our own beside it.
"""

import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from archive.errors import UsageError
from archive.records import Capture
from archive.warc import members
from archive.warc.captures import Place, capture_of, payload_is_sound
from archive.warc.foreign import Foreign, Refused, read_foreign
from archive.warc.groups import adopted_group
from archive.warc.members import BadMember
from archive.warc.records import Record
from archive.warc.unpacked import is_zip
from archive.warc.writer import WarcWriter

# Facts of a capture: `role`, `context`, `part_of`; see `WarcWriter.annotate`.
FactsOf = Callable[[Capture], dict[str, Any]]
_SUFFIXES = (".warc", ".warc.gz")
# Records that wait for the one they belong to, and blocks that wait to be written.
_MAX_EARLY = 64
_MAX_WAITING_BYTES = 64 << 20


@dataclass(slots=True)
class Adopted:
    """What was taken over, how many records were there already, and what was not taken and why."""

    captures: list[Capture] = field(default_factory=list)
    known: int = 0
    refused: list[str] = field(default_factory=list)


def adopt(writer: WarcWriter, path: Path, facts_of: FactsOf) -> Adopted:
    """Takes over all records of a WARC file (also compressed) or of the WARC files of a WACZ.

    Of a truncated or damaged file what is whole is taken. Records that describe a capture are taken
    over only with it: a foreign file says nothing of what is archived already. Captures that are
    archived already are passed over.

    Args:
        writer: where to.
        path: the file.
        facts_of: what to note of a response or resource.

    Raises:
        UsageError: if the file is neither, or cannot be read.
        SurroundingsError: if the archive cannot be written.
    """
    adoption = _Adoption(writer, facts_of)
    found = 0
    for name, item in _items(path):
        if isinstance(item, Refused):
            adoption.adopted.refused.append(f"{name}: {item.reason}")
        else:
            found += 1
            adoption.take(name, item)
    if not found:
        raise UsageError(_nothing_in(path, adoption.adopted))
    return adoption.finish()


def _nothing_in(path: Path, adopted: Adopted) -> str:
    why = next(iter(adopted.refused), f"{path}: no WARC file in it")
    return f"{why} (no record could be read)"


def _items(path: Path) -> Iterator[tuple[str, Foreign | Refused]]:
    try:
        with ExitStack() as stack:
            for name, stream, size, start in _streams(path, stack):
                yield from _of_stream(name, stream, size, start)
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:  # RuntimeError: encrypted
        raise UsageError(f"{path}: {error}") from error


def _of_stream(
    name: str, stream: IO[bytes], size: int, start: int
) -> Iterator[tuple[str, Foreign | Refused]]:
    """A stream that fails midway (a broken zip entry) is damaged; what came before is whole."""
    try:
        for item in read_foreign(stream, size, start):
            yield name, item
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        yield name, Refused(f"cannot be read on: {error}")


def _streams(path: Path, stack: ExitStack) -> Iterator[tuple[str, IO[bytes], int, int]]:
    """Each WARC file with its name, its size and the place to start reading at."""
    if not zipfile.is_zipfile(path):
        stream: IO[bytes] = stack.enter_context(path.open("rb"))
        start = _first_member(stream) if is_zip(stream) else 0
        yield str(path), stream, path.stat().st_size, start
        return
    pack = stack.enter_context(zipfile.ZipFile(path))
    for info in sorted(pack.infolist(), key=lambda info: info.filename):
        if info.filename.endswith(_SUFFIXES):
            stream = stack.enter_context(pack.open(info))
            yield f"{path}: {info.filename}", stream, info.compress_size, 0


def _first_member(stream: Any) -> int:
    """A WACZ that lost its directory still holds its WARC files, which it does not compress."""
    bad = members.skip(stream, BadMember(0, 1, "no directory", torn=False))
    return bad.length


class _Adoption:
    """One file being taken over."""

    def __init__(self, writer: WarcWriter, facts_of: FactsOf) -> None:
        self.adopted = Adopted()
        self._writer = writer
        self._facts_of = facts_of
        self._taken: set[str] = set()
        self._originals: dict[str, str] = {}
        self._early: deque[Foreign] = deque(maxlen=_MAX_EARLY)
        self._info: Foreign | None = None
        self._waiting: list[Future[Any]] = []
        self._waiting_bytes = 0

    def take(self, name: str, foreign: Foreign) -> None:
        """Takes a record over, or keeps it until the capture it belongs to comes."""
        record = foreign.record
        opened = capture_of(record, Place("", 0, 0))
        if opened is not None:
            self._take_capture(name, foreign, opened)
        elif record.type == "warcinfo":
            self._info = foreign
        elif _described(record) & self._taken:
            self._store(foreign)
        else:
            self._early.append(foreign)

    def finish(self) -> Adopted:
        """Waits until all is on disk."""
        self._drain()
        return self.adopted

    def _take_capture(self, name: str, foreign: Foreign, opened: Capture) -> None:
        record = foreign.record
        if record.record_id in self._taken or self._writer.index.by_id(record.record_id):
            self.adopted.known += 1
            return
        if not payload_is_sound(record):
            why = "its payload is not the one that was recorded"
            self.adopted.refused.append(f"{name}: {record.record_id}: {why}")
            return
        if self._info is not None:
            self._store(self._info)
            self._info = None
        self._store(foreign, {**self._facts_of(opened), **self._target(record)})
        self._taken.add(record.record_id)
        self._remember(record)
        self._take_early(record)

    def _take_early(self, record: Record) -> None:
        """Some writers put a request before its response, which then names it."""
        named = {record.get("warc-concurrent-to")} - {""}
        for early in list(self._early):
            if early.record.record_id in named or record.record_id in _described(early.record):
                self._early.remove(early)
                self._store(early)

    def _store(self, foreign: Foreign, facts: dict[str, Any] | None = None) -> None:
        def make() -> Any:
            return adopted_group(foreign.fields, foreign.record, facts)

        self._waiting.append(self._writer.adopt(make))
        self._waiting_bytes += len(foreign.record.block)
        if self._waiting_bytes > _MAX_WAITING_BYTES or len(self._waiting) > _MAX_EARLY:
            self._drain()

    def _drain(self) -> None:
        done = (future.result() for future in self._waiting)
        self.adopted.captures += [one for one in done if isinstance(one, Capture)]
        self._waiting.clear()
        self._waiting_bytes = 0

    def _remember(self, record: Record) -> None:
        if record.type == "response":
            place = record.get("warc-target-uri"), record.get("warc-date")
            for key in (record.get("warc-payload-digest"), " ".join(place)):
                self._originals.setdefault(key, record.record_id)

    def _target(self, record: Record) -> dict[str, str]:
        """Many writers name what a revisit repeats by digest, or address and date, alone."""
        if record.type != "revisit" or record.get("warc-refers-to"):
            return {}
        place = record.get("warc-refers-to-target-uri"), record.get("warc-refers-to-date")
        for key in (" ".join(place), record.get("warc-payload-digest")):
            if key and (original := self._originals.get(key)):
                return {"refers_to": original}
        return {}


def _described(record: Record) -> set[str]:
    return {record.get("warc-concurrent-to"), record.get("warc-refers-to")} - {""}


def is_web_archive(path: Path) -> bool:
    """Whether a file is a WARC or WACZ file, by its name or by what it starts with."""
    if path.name.lower().endswith((*_SUFFIXES, ".wacz")):
        return True
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as pack:
                return any(name.endswith(_SUFFIXES) for name in pack.namelist())
        with path.open("rb") as stream:
            head = stream.read(4096)
    except (OSError, zipfile.BadZipFile):
        return False
    return head.startswith(b"WARC/") or members.starts_record(head)
