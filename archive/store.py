"""Where an archive keeps what, and the lock that lets one process write at a time."""

import contextlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from archive.errors import BusyError, SurroundingsError

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows has no flock: it may query, not write
    fcntl = None

_POLL_SECONDS = 0.2


class Archive:
    """An archive folder. Naming it neither creates nor opens anything.

    The lock counts within one `Archive`: whoever holds it may take it again, so that a crawl and
    the WARC writer it starts share one.

    Attributes:
        directory: the folder.
        warc_dir: the folder of the WARC files and of their manifest.
        manifest_path: one line for each sealed WARC file, chained by hash.
        database_path: the derived database, with its texts beside it (`archive.texts`): may be
            deleted at any time.
        state_path: the crawler's politeness history.
        withdrawn_path: the tombstones of withdrawn records.
        corrections_dir: the human corrections, one or more CSV files.
        conversions_dir: costly extractions that wait to be written to a WARC file.
    """

    def __init__(self, directory: Path) -> None:
        """`directory` need not exist yet."""
        self.directory = Path(directory)
        self.warc_dir = self.directory / "warc"
        self.manifest_path = self.warc_dir / "manifest.jsonl"
        self.database_path = self.directory / "gongkai.db"
        self.state_path = self.directory / "state.db"
        self.withdrawn_path = self.directory / "withdrawn.jsonl"
        self.corrections_dir = self.directory / "corrections"
        self.conversions_dir = self.directory / "conversions"
        self._held = 0

    def __deepcopy__(self, _memo: dict[int, object]) -> "Archive":
        """Itself: whoever copies what holds an archive still shares its lock."""
        return self

    @property
    def exists(self) -> bool:
        """True if something was ever archived here."""
        return self.warc_dir.is_dir()

    def create(self) -> None:
        """Makes the folders.

        Raises:
            SurroundingsError: if they cannot be made.
        """
        with reported(self.directory):
            self.warc_dir.mkdir(parents=True, exist_ok=True)

    def require(self) -> None:
        """Makes sure that there is a readable archive.

        Raises:
            SurroundingsError: if there is none.
        """
        with reported(self.directory):
            if not self.warc_dir.is_dir():
                raise SurroundingsError(f"no archive at {self.directory}: crawl or import first")
            next(self.warc_dir.iterdir(), None)

    def require_database(self) -> Path:
        """The path of the derived database.

        Raises:
            SurroundingsError: if there is none: it must be rebuilt from the WARC files.
        """
        self.require()
        if not self.database_path.is_file():
            raise SurroundingsError(
                f"the archive at {self.directory} has no database: run `gongkai rebuild` first"
            )
        return self.database_path

    @contextlib.contextmanager
    def lock(self, purpose: str, wait_seconds: float = 0.0) -> Iterator[None]:
        """Holds the archive's lock for writing.

        Args:
            purpose: what for, told to whoever finds the archive busy.
            wait_seconds: how long to wait for another writer to end.

        Raises:
            BusyError: if another process, or another `Archive` of this one, still holds it.
            SurroundingsError: where files cannot be locked or the folder cannot be written.
        """
        if self._held:
            with self._counted():
                yield
            return
        self.create()
        descriptor = _acquire(self.directory / "archive.lock", purpose, wait_seconds)
        try:
            with self._counted():
                yield
        finally:
            os.close(descriptor)

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1


@contextlib.contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turns a failing file system into one clear line that names `path`.

    Raises:
        SurroundingsError: for any `OSError`.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise SurroundingsError(f"{error.filename or path}: {reason}") from error


def sync_directory(directory: Path) -> None:
    """Makes renames and new names in a folder outlast a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _acquire(path: Path, purpose: str, wait_seconds: float) -> int:
    if fcntl is None:
        raise SurroundingsError("this system cannot lock the archive: it may query, not write")
    with reported(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    try:
        _wait(descriptor, path, wait_seconds)
        holder = {"purpose": purpose, "pid": os.getpid()}
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder, ensure_ascii=False).encode(), 0)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _wait(descriptor: int, path: Path, wait_seconds: float) -> None:
    assert fcntl is not None
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BusyError(_busy_message(path)) from None
            time.sleep(_POLL_SECONDS)


def _busy_message(path: Path) -> str:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        who = f"{holder['purpose']}, process {holder['pid']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    return f"the archive at {path.parent} is busy ({who}): wait until it has ended"
