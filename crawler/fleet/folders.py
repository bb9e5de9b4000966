"""The folders of one machine's workers: each its own archive; those of the dead are taken over.

A folder belongs to whoever holds the lock on its `worker.lock`. What a dead worker left in its
folder is sealed, entered in the index and stored by the next worker that comes by.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path

from archive.console import note
from archive.errors import BusyError, SurroundingsError
from archive.postgres.index import PostgresCaptureIndex
from archive.storage.moving import push
from archive.storage.objects import Storage
from archive.storage.opening import set_storage
from archive.store import Archive, reported
from archive.warc import manifest
from archive.warc.recovery import recover


@contextmanager
def own_folder(root: Path) -> Iterator[Archive]:
    """The first folder below `root` that no living worker has; made if need be.

    Raises:
        SurroundingsError: if it cannot be made.
    """
    for number in count(1):
        archive = Archive(root / f"worker-{number:03}")
        archive.create()
        with ExitStack() as stack:
            if stack.enter_context(_held(archive)):
                yield archive
                return


def name_of(archive: Archive) -> str:
    """What the fleet calls a folder: the machine and the path."""
    return f"{socket.gethostname()}:{archive.directory.absolute()}"


def settle(archive: Archive, address: str, storage: Storage) -> None:
    """Seals what a crawl left open, enters it in the fleet's index, stores it and tells the fleet.

    Raises:
        BusyError: if a crawl is still at work in the folder.
    """
    with archive.lock("settling a worker's folder"):
        recover(archive)
        set_storage(archive.warc_dir, storage.url)
        # Opening the index enters what it lacks.
        with closing(PostgresCaptureIndex(address, archive, name_of(archive))) as index:
            push(archive, storage, stored=index.stored())
            index.note_stored(entry.name for entry in manifest.read(archive))


def take_over_dead(root: Path, own: Archive, address: str, storage: Storage) -> None:
    """Settles the folders below `root` that no living worker has."""
    for directory in sorted(root.glob("worker-*")):
        archive = Archive(directory)
        if archive.directory == own.directory or not archive.exists:
            continue
        with _held(archive) as free:
            if not free:
                continue
            try:
                settle(archive, address, storage)
            except BusyError:
                note(f"{directory.name}: its worker is gone, its crawl is still ending")


@contextmanager
def _held(archive: Archive) -> Iterator[bool]:
    """Holds a folder as its worker; false where another does."""
    try:
        import fcntl
    except ImportError as error:
        raise SurroundingsError("this system cannot lock folders: it cannot work") from error
    with reported(archive.directory):
        descriptor = os.open(archive.directory / "worker.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
