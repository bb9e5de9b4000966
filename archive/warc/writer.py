"""The WARC writer: one thread that serialises, writes in groups and syncs before it answers.

Callers hand over exchanges and get futures. The thread takes all that waits, writes each group in
one piece, syncs once, adds the captures to the index, and only then resolves the futures: whoever
holds a result knows that it is on disk. A crash can cost what nobody was told of, nothing else.
"""

import queue
import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from archive.errors import GongkaiError, SurroundingsError, UsageError
from archive.records import Capture, Exchange, Role
from archive.store import Archive
from archive.warc import groups
from archive.warc.files import OpenFile, free_serial
from archive.warc.groups import Group
from archive.warc.manifest import Entry
from archive.warc.originals import Originals
from archive.warc.recovery import recover
from parsers.records import Context

if TYPE_CHECKING:
    from archive.index import WritableIndex

DEFAULT_ROTATE_BYTES = 1_000_000_000
_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_BATCH = 256
_WAITING = 4096


@dataclass(slots=True)
class _Job:
    """Work for the thread. Whoever waits may have given up: it is archived all the same."""

    make: Callable[[], Group]
    done: Future[Any]

    def succeed(self, result: object) -> None:
        if self.done.set_running_or_notify_cancel():
            self.done.set_result(result)

    def fail(self, error: Exception) -> None:
        if self.done.set_running_or_notify_cancel():
            self.done.set_exception(error)


@dataclass(frozen=True, slots=True)
class _Written:
    job: _Job
    group: Group
    capture: Capture | None


class WarcWriter:
    """Writes the captures of one run. A context manager: leaving it seals the file.

    Entering takes the archive's lock, mends what a crash left behind (see `recovered`) and opens
    the index. Its methods may be called by any thread.
    """

    def __init__(
        self,
        archive: Archive,
        run_id: str,
        settings: Mapping[str, Any] | None = None,
        *,
        index: "WritableIndex | None" = None,
        rotate_bytes: int = DEFAULT_ROTATE_BYTES,
    ) -> None:
        """Nothing is written yet.

        Args:
            archive: where to.
            run_id: the run's name, part of file names.
            settings: told at the head of each file; no secrets.
            index: what is archived; by default the one over the archive's database.
            rotate_bytes: size after which the next file is begun.

        Raises:
            UsageError: for a run id that is no file name.
        """
        if not _RUN_ID.fullmatch(run_id):
            raise UsageError(
                f"run id {run_id!r} is no plain name of letters, digits, '.', '_', '-'"
            )
        self.archive = archive
        self.run_id = run_id
        self.recovered: tuple[str, ...] = ()
        self._settings = dict(settings or {})
        self._index = index
        self._rotate_bytes = rotate_bytes
        self._jobs: queue.Queue[_Job | None] = queue.Queue(_WAITING)
        self._file: OpenFile | None = None
        self._broken: GongkaiError | None = None
        self._sealed: list[Entry] = []
        self._not_indexed: list[Entry] = []
        self._originals = Originals()
        self._thread = threading.Thread(target=self._run, name="warc-writer", daemon=True)
        self._closed = False

    def __enter__(self) -> "WarcWriter":
        """Locks, recovers, starts.

        Raises:
            BusyError: if another process writes to the archive.
            SurroundingsError: if the archive cannot be written or its database must be rebuilt.
        """
        self._lock = self.archive.lock(f"run {self.run_id}")
        self._lock.__enter__()
        try:
            self.recovered = recover(self.archive)
            if self._index is None:
                self._index = _default_index(self.archive)
            self._thread.start()
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        """Closes."""
        self.close()

    @property
    def index(self) -> "WritableIndex":
        """What is archived, this run's captures included once they are on disk."""
        assert self._index is not None, "the writer has not been entered"
        return self._index

    def record(self, exchange: Exchange) -> Future[Capture]:
        """Records an exchange; the future is done once it is on disk and in the index."""
        return self._submit(lambda: self._exchange_group(exchange))

    def record_file(
        self,
        payload: bytes,
        *,
        url: str = "",
        media_type: str = "",
        date: str,
        role: Role = "page",
        part_of: str = "",
        context: Context | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> Capture:
        """Records a file and waits until it is on disk; `more` are further facts of it.

        Raises:
            SurroundingsError: if it cannot be written.
        """
        facts = groups.file_facts(self.run_id, role, part_of, context or Context())
        facts |= more or {}

        def make() -> Group:
            return groups.resource_group(
                payload, url=url, media_type=media_type, date=date, facts=facts
            )

        done: Future[Capture] = self._submit(make)
        return done.result()

    def adopt(self, make: Callable[[], Group]) -> Future[Any]:
        """Records what `archive.warc.adopt` takes over from another writer's file."""
        return self._submit(make)

    def annotate(self, record_id: str, facts: Mapping[str, Any]) -> Future[str]:
        """Notes further facts of a capture; the result is the metadata record's id."""
        return self._submit(lambda: groups.note_group(record_id, facts))

    def account(self, facts: Mapping[str, Any]) -> Future[str]:
        """Notes the run's account: `kind`, `started_at`, `finished_at` and whatever else."""
        return self._submit(lambda: groups.account_group(self.run_id, facts))

    def close(self) -> tuple[Entry, ...]:
        """Writes what waits, seals the file and lets go of the lock; returns the sealed files.

        Raises:
            SurroundingsError: if the file cannot be sealed; the next start will mend it.
        """
        if self._closed:
            return tuple(self._sealed)
        self._closed = True
        self._jobs.put(None)
        self._thread.join()
        try:
            if self._file is not None:
                self._seal()
            self._add_to_index([])
        finally:
            self.index.close()
            self._lock.__exit__(None, None, None)
        return tuple(self._sealed)

    def _submit(self, make: Callable[[], Group]) -> Future[Any]:
        if self._closed:
            raise RuntimeError("the WARC writer is closed")
        job = _Job(make, Future())
        self._jobs.put(job)
        return job.done

    def _run(self) -> None:
        last = False
        while not last:
            batch = [self._jobs.get()]
            while len(batch) < _BATCH and not self._jobs.empty():
                batch.append(self._jobs.get_nowait())
            last = batch[-1] is None
            self._commit([job for job in batch if job is not None])

    def _commit(self, jobs: list[_Job]) -> None:
        written = [done for job in jobs if (done := self._write(job)) is not None]
        try:
            if self._file is not None:
                self._file.sync()
            self._add_to_index(written)
        except Exception as error:  # nothing more is acknowledged, whatever went wrong
            self._broken = _told(error)
            for one in written:
                one.job.fail(self._broken)
            return
        for one in written:
            one.job.succeed(one.capture or one.group.opening.record_id)

    def _write(self, job: _Job) -> _Written | None:
        if self._broken is not None:
            job.fail(self._broken)
            return None
        try:
            group = job.make()
            file = self._file_for(group)
            capture = group.capture(file.name, file.append(group))
        except (OSError, GongkaiError) as error:
            self._broken = _told(error)
            job.fail(self._broken)
            return None
        except Exception as error:  # what cannot be recorded is its caller's to report
            job.fail(error)
            return None
        if capture is not None:
            self._originals.add(capture)
        return _Written(job, group, capture)

    def _add_to_index(self, written: list[_Written]) -> None:
        self.index.add(
            [one.capture for one in written if one.capture is not None],
            [one.group.note for one in written if one.group.note is not None],
            [one.group.account for one in written if one.group.account is not None],
            self._not_indexed,
        )
        self._not_indexed = []
        self._originals.clear()

    def _file_for(self, group: Group) -> OpenFile:
        if self._file is not None and self._file.size + len(group.stored) > self._rotate_bytes:
            self._seal()
        if self._file is None:
            serial = free_serial(self.archive, self.run_id)
            self._file = OpenFile(self.archive, self.run_id, serial)
            said = {**self._settings, "isPartOf": self.run_id}
            software = f"gongkai/{version('gongkai')}"
            self._file.append(groups.warcinfo_group(self._file.name, said, software))
        return self._file

    def _seal(self) -> None:
        assert self._file is not None
        file, self._file = self._file, None
        entry = file.seal()
        self._sealed.append(entry)
        self._not_indexed.append(entry)

    def _exchange_group(self, exchange: Exchange) -> Group:
        prepared = groups.prepare(exchange)
        past = self._originals.of(prepared, self.index)
        return groups.exchange_group(prepared, past, self.run_id)


def _default_index(archive: Archive) -> "WritableIndex":
    from archive.index import SqliteCaptureIndex  # which itself reads the manifest from here

    return SqliteCaptureIndex(archive)


def _told(error: Exception) -> GongkaiError:
    if isinstance(error, GongkaiError):
        return error
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return SurroundingsError(f"the archive cannot be written: {reason}")
