"""What a worker does with one WARC file: scans it, or reads the bundles whose page is in it.

All that a task needs is in its arguments, in the archive and in the storage of parts; all that it
makes goes there. A task that is run again, on another machine, gives the same.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.errors import GongkaiError
from archive.packing import TableRows
from archive.records import Capture
from archive.rows import capture_from, capture_row
from archive.storage.objects import Storage
from archive.storage.opening import set_storage, storage_of
from archive.store import Archive
from archive.versions import versions
from archive.warc.reader import Account, Damage, Scan, scan
from pipelines.distributed.tables import Partition, read_partition
from pipelines.outcomes import failures
from pipelines.reading import build_meta
from pipelines.tasks import Task
from pipelines.workers import read_all

# Folders of the storage of parts.
SCANNED, BUNDLES, READ, CONVERSIONS = "scanned", "bundles", "read", "conversions"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an archive is, for workers that share its folder and for those that do not.

    The latter get what of it is small, and read WARC files from its storage. `versions` are those
    that the rows depend on: a worker with others would read other rows.
    """

    directory: str
    storage: str
    manifest: bytes
    withdrawn: bytes
    versions: Mapping[str, str]

    @classmethod
    def of(cls, archive: Archive) -> "Place":
        """The place of an archive on this machine."""
        storage = storage_of(archive.warc_dir)
        withdrawn = archive.withdrawn_path
        return cls(
            directory=str(archive.directory.absolute()),
            storage=storage.url if storage else "",
            manifest=archive.manifest_path.read_bytes(),
            withdrawn=withdrawn.read_bytes() if withdrawn.exists() else b"",
            versions=versions() | build_meta(),
        )

    @contextmanager
    def opened(self) -> Iterator[Archive]:
        """The archive as this machine sees it.

        Raises:
            GongkaiError: if this worker has other versions, or cannot get at the WARC files.
        """
        mine = versions() | build_meta()
        if differing := sorted(k for k in self.versions if mine.get(k) != self.versions[k]):
            raise GongkaiError(f"a worker has other versions: {', '.join(differing)}")
        shared = Archive(Path(self.directory))
        if shared.manifest_path.exists():
            yield shared
            return
        if not self.storage:
            raise GongkaiError(f"a worker cannot see {self.directory}, and it names no storage")
        with TemporaryDirectory(prefix="gongkai-view-") as folder:
            yield self._view(Archive(Path(folder)))

    def _view(self, view: Archive) -> Archive:
        view.create()
        view.manifest_path.write_bytes(self.manifest)
        if self.withdrawn:
            view.withdrawn_path.write_bytes(self.withdrawn)
        set_storage(view.warc_dir, self.storage)
        return view


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a file's bundles: how many, and what our own code failed at."""

    bundles: int = 0
    reports: int = 0
    observations: int = 0
    failed: tuple[str, ...] = ()


def scan_file(place: Place, name: str, parts: str) -> str:
    """Scans a WARC file and stores what it holds; gives its name."""
    storage = Storage(parts) / SCANNED
    with place.opened() as archive:
        found = scan([archive.warc_dir / name])
    with Partition(storage, name) as partition:
        for capture in found.captures:
            partition.add(_packed(capture))
    said = {
        "accounts": [[account.run_id, dict(account.facts)] for account in found.accounts],
        "notes": [[record_id, dict(facts)] for record_id, facts in found.notes],
        "damage": [asdict(each) for each in found.damage],
    }
    storage.write(f"{name}.json", json.dumps(said, ensure_ascii=False).encode())
    return name


def scanned(parts: Storage, name: str) -> Scan:
    """What `scan_file` stored."""
    storage = parts / SCANNED
    with storage.open(f"{name}.json") as stream:
        said: dict[str, Any] = json.load(stream)
    return Scan(
        captures=list(_captures(storage, name)),
        accounts=[Account(run_id, facts) for run_id, facts in said["accounts"]],
        damage=[Damage(**each) for each in said["damage"]],
        notes=[(record_id, facts) for record_id, facts in said["notes"]],
    )


def store_bundles(parts: Storage, name: str, tasks: Iterator[Task]) -> None:
    """Stores the bundles that are to be read as the task of that name."""
    storage = parts / BUNDLES
    sizes = []
    with Partition(storage, name) as partition:
        for task in tasks:
            sizes.append([len(task.parts), len(task.originals)])
            for capture in (task.page, *task.parts, *task.originals):
                partition.add(_packed(capture))
    storage.write(f"{name}.json", json.dumps(sizes).encode())


def stored_bundles(parts: Storage, name: str) -> Iterator[Task]:
    """What `store_bundles` stored, one at a time."""
    storage = parts / BUNDLES
    with storage.open(f"{name}.json") as stream:
        sizes: list[list[int]] = json.load(stream)
    captures = _captures(storage, name)
    for belonging, referred in sizes:
        page = next(captures)
        own = tuple(next(captures) for _ in range(belonging))
        yield Task(page, own, tuple(next(captures) for _ in range(referred)))


def read_file(place: Place, name: str, parts: str) -> Summary:
    """Reads the bundles of that name in a process of their own, and stores their rows."""
    storage = Storage(parts)
    bundles = reports = observations = 0
    failed: list[str] = []
    with place.opened() as archive, Partition(storage / READ, name) as partition:
        for outcome in read_all(archive, stored_bundles(storage, name), 1, apart=True):
            bundles += 1
            reports += outcome.reports
            observations += outcome.observations
            failed += failures(outcome)
            for rows in outcome.rows:
                partition.add(rows)
        if archive.directory != Path(place.directory):
            _hand_over(archive, storage / CONVERSIONS)
    return Summary(bundles, reports, observations, tuple(failed))


def _hand_over(archive: Archive, storage: Storage) -> None:
    """Stores the costly extractions that were made here, for whoever collects them."""
    for path in sorted(archive.conversions_dir.glob("*.warc.gz")):
        storage.put(path, path.name)


def take_over(archive: Archive, parts: Storage) -> None:
    """Lays the extractions that workers handed over on the archive's shelf."""
    storage = parts / CONVERSIONS
    for name in storage.names(".warc.gz"):
        archive.conversions_dir.mkdir(exist_ok=True)
        with storage.open(name) as stream:
            (archive.conversions_dir / name).write_bytes(stream.read())


def _packed(capture: Capture) -> TableRows:
    row = capture_row(capture)
    return TableRows("captures", tuple(row), (tuple(row.values()),))


def _captures(storage: Storage, name: str) -> Iterator[Capture]:
    for rows in read_partition(storage, "captures", name):
        for values in rows.values:
            yield capture_from(dict(zip(rows.names, values, strict=True)))
