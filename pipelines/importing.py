"""Saved files become captures like any other: recorded first, then read."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.clock import utc_now
from archive.database import DatabaseWriter
from archive.errors import UsageError
from archive.records import Capture
from archive.store import Archive
from archive.warc import WarcWriter
from archive.warc.adopt import is_web_archive
from archive.warc.records import now
from parsers.records import Context
from pipelines.adopting import take_over
from pipelines.outcomes import Outcome as Read
from pipelines.outcomes import Shown, plain
from pipelines.reading import settle, store_all
from pipelines.sniff import media_type
from pipelines.tasks import stored_tasks

# Larger files are no reports; reading one whole would only cost memory.
MAX_FILE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Declared:
    """What a person says of the files: facts, never guessed."""

    url: str = ""
    agency: str = ""
    region_code: str = ""
    year: int | None = None

    def context(self) -> Context:
        """What is said of the body and the year, for documents of any address."""
        return Context(agency=self.agency, region_code=self.region_code, year=self.year)


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """All files named or lying in the folders named, in a stable order, hidden ones left out.

    Raises:
        UsageError: a path does not exist, or there is no file in what was named.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"no such file or folder: {path}")
        found.extend([path] if path.is_file() else _files_below(path))
    if not found:
        raise UsageError("nothing to import: no file in " + ", ".join(str(p) for p in paths))
    return tuple(found)


def _files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def read_file(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        UsageError: it cannot be read, is empty, or is larger than any report.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UsageError(f"{path}: {size} bytes is more than {MAX_FILE_BYTES}")
        payload = path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror}") from fault
    if not payload:
        raise UsageError(f"{path}: the file is empty")
    return payload


def content_address(payload: bytes) -> str:
    """The address of bytes that came from no known address."""
    return f"urn:sha256:{hashlib.sha256(payload).hexdigest()}"


def record(writer: WarcWriter, payload: bytes, name: str, declared: Declared) -> Capture:
    """Archives one saved file as a resource record of the address it came from.

    A file without a known address is addressed by its content.
    """
    url = declared.url or content_address(payload)
    date = now()
    context = replace(
        declared.context(),
        url=declared.url,
        page_url=declared.url,
        captured_at=date,
        file_name=name,
    )
    return writer.record_file(
        payload, url=url, media_type=media_type(payload), date=date, role="page", context=context
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did. `problems` has a line for each file that gave no report.

    `captures` are the records taken over from web archives, `known` the files and records that were
    archived already.
    """

    files: int
    captures: int
    known: int
    reports: int
    observations: int
    problems: tuple[str, ...]

    def summary(self) -> str:
        """One line for a person."""
        known = f" ({self.known} already archived)" if self.known else ""
        taken = f", {self.captures} captures taken over" if self.captures else ""
        read = f"{self.reports} reports, {self.observations} observations"
        return f"{self.files} files{taken}{known}: {read}"


def import_files(
    archive: Archive, paths: Iterable[Path], declared: Declared, jobs: int, show: Shown = plain
) -> Outcome:
    """Archives the files, then reads the reports in them.

    WARC and WACZ files keep their records; see `pipelines.adopting`. What is already archived is
    passed over, so that an import may be run again.

    Raises:
        UsageError: nothing to import, or one address for several files or for a web archive.
        SurroundingsError: the archive cannot be written.
    """
    files = files_of(paths)
    if declared.url and len(files) > 1:
        raise UsageError(f"--url names one address, but there are {len(files)} files")
    if declared.url and is_web_archive(files[0]):
        raise UsageError(f"--url: the records of {files[0]} have addresses of their own")
    run = f"import-{utc_now():%Y%m%dT%H%M%S%f}Z"
    with archive.lock("import"):
        recorded = _record_all(archive, run, files, declared)
        readings = list(show(_read_new(archive, recorded, jobs), len(recorded.captures)))
        settle(archive, jobs)
    return _outcome(files, recorded, readings)


@dataclass(slots=True)
class _Recorded:
    """Pages to be read, each with the file it is from; `taken` counts records taken over."""

    captures: dict[str, Path] = field(default_factory=dict)
    taken: int = 0
    known: int = 0
    problems: list[str] = field(default_factory=list)


def _record_all(
    archive: Archive, run: str, files: tuple[Path, ...], declared: Declared
) -> _Recorded:
    recorded = _Recorded()
    started = now()
    with WarcWriter(archive, run) as writer, DatabaseWriter(archive.database_path) as database:
        for path in files:
            if is_web_archive(path):
                _take_over(writer, path, declared, recorded)
            else:
                _record_one(writer, database, path, declared, recorded)
        account = {"kind": "import", "started_at": started, "finished_at": now()}
        counts = {"files": len(files), "new": len(recorded.captures), "known": recorded.known}
        counts |= {"taken_over": recorded.taken} if recorded.taken else {}
        writer.account({**account, **counts, "problems": recorded.problems}).result()
    return recorded


def _take_over(writer: WarcWriter, path: Path, declared: Declared, recorded: _Recorded) -> None:
    try:
        taken = take_over(writer, path, declared.context())
    except UsageError as fault:
        recorded.problems.append(str(fault))
        return
    recorded.captures.update(dict.fromkeys(taken.pages, path))
    recorded.taken += taken.captures
    recorded.known += taken.known
    recorded.problems += taken.problems
    if taken.captures and not taken.pages:
        recorded.problems.append(f"{path}: no report found in its {taken.captures} captures")


def _record_one(
    writer: WarcWriter,
    database: DatabaseWriter,
    path: Path,
    declared: Declared,
    recorded: _Recorded,
) -> None:
    try:
        payload = read_file(path)
    except UsageError as fault:
        recorded.problems.append(str(fault))
        return
    if _is_archived(database, payload, declared):
        recorded.known += 1
        return
    recorded.captures[record(writer, payload, path.name, declared).record_id] = path


_SAME_FILE = """
SELECT context FROM captures
WHERE kind = 'resource' AND role = 'page' AND payload_sha256 = ? AND url = ?
  AND record_id NOT IN (SELECT record_id FROM withdrawals)
"""


def _is_archived(database: DatabaseWriter, payload: bytes, declared: Declared) -> bool:
    """Whether these bytes were imported before, from the same address and with the same facts."""
    sha256 = hashlib.sha256(payload).hexdigest()
    for row in database.query(_SAME_FILE, [sha256, declared.url or content_address(payload)]):
        said = json.loads(row["context"])
        facts = (said.get("agency", ""), said.get("region_code", ""), said.get("year"))
        if facts == (declared.agency, declared.region_code, declared.year):
            return True
    return False


def _read_new(archive: Archive, recorded: _Recorded, jobs: int) -> Iterator[Read]:
    with DatabaseWriter(archive.database_path) as database:
        tasks = [task for key in recorded.captures for task in stored_tasks(database, key)]
        yield from store_all(archive, database, tasks, jobs)


def _outcome(files: tuple[Path, ...], recorded: _Recorded, outcomes: Iterable[Read]) -> Outcome:
    problems = list(recorded.problems)
    reports = observations = 0
    for read in outcomes:
        reports += read.reports
        observations += read.observations
        if not read.reports:
            path = recorded.captures[read.page.record_id]
            where = f"{path}" if read.page.kind == "resource" else f"{path}: {read.page.url}"
            problems.append(f"{where}: no report found{_why(read)}")
    return Outcome(
        len(files), recorded.taken, recorded.known, reports, observations, tuple(problems)
    )


def _why(read: Read) -> str:
    said = [problem.detail for _, problem in read.problems]
    return f" ({'; '.join(said)})" if said else ""
