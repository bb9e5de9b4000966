"""Whether this installation can do its work: what a keeper asks when nothing else tells."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from archive.accounts import runs
from archive.clock import from_iso, utc_now
from archive.database import open_readonly
from archive.errors import BusyError, GongkaiError
from archive.store import Archive
from archive.warc.files import OPEN_SUFFIX
from crawler.browser.chromium import NoBrowserError, find_chromium
from crawler.portals import named_portals
from crawler.schedule.due import FOR_EVER
from crawler.schedule.plan import due_now, entries, policy_of
from pipelines.extractors import office_program
from pipelines.rebuild import incomparable

OK, NOTE, PROBLEM = "ok", "note", "problem"
_GIB = 1 << 30
_LEAST_FREE_BYTES = _GIB
_COMFORTABLE_BYTES = 10 * _GIB
_LONG_OVERDUE = timedelta(days=3)
_CLOCK_TOLERANCE = timedelta(minutes=5)
# Extra -> the modules it brings.
_EXTRAS = {
    "browser": ("scrapy_playwright",),
    "export": ("pandas", "pyarrow", "xlsxwriter"),
    "ocr": ("rapidocr", "onnxruntime", "cv2"),
    "web": ("datasette",),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `level` is `ok`, `note` (may be meant so) or `problem`."""

    level: str
    subject: str
    detail: str


def examine_installation(archive: Archive) -> list[Finding]:
    """Looks at disk, lock, clock, database, runs, timetable and extras; changes nothing."""
    return [_told(subject, look, archive) for subject, look in _LOOKS.items()] + list(_extras())


def _told(subject: str, look: Callable[[Archive], tuple[str, str]], archive: Archive) -> Finding:
    try:
        level, detail = look(archive)
    except (GongkaiError, OSError) as error:
        level, detail = PROBLEM, str(error)
    return Finding(level, subject, detail)


def _folder(archive: Archive) -> tuple[str, str]:
    if not archive.exists:
        return NOTE, f"no archive at {archive.directory} yet: crawl or import first"
    if not os.access(archive.warc_dir, os.R_OK | os.W_OK | os.X_OK):
        return PROBLEM, f"{archive.warc_dir} cannot be written by this user"
    return OK, str(archive.directory)


def _disk(archive: Archive) -> tuple[str, str]:
    free = shutil.disk_usage(_existing(archive.directory)).free
    said = f"{free / _GIB:.1f} GiB free"
    if free < _LEAST_FREE_BYTES:
        return PROBLEM, f"{said}: a crawl stops when the disk is full"
    return (OK if free >= _COMFORTABLE_BYTES else NOTE), said


def _existing(path: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    return next(one for one in (path.absolute(), *path.absolute().parents) if one.exists())


def _lock(archive: Archive) -> tuple[str, str]:
    if not archive.exists:
        return OK, "free"
    try:
        with archive.lock("doctor"):
            waiting = sorted(one.name for one in archive.warc_dir.glob(f"*{OPEN_SUFFIX}"))
    except BusyError as error:
        return NOTE, str(error)
    if waiting:
        return NOTE, f"free; left open by a crash, sealed by the next run: {', '.join(waiting)}"
    return OK, "free"


def _clock(archive: Archive) -> tuple[str, str]:
    now = utc_now()
    if not archive.database_path.is_file():
        return OK, f"{now:%Y-%m-%d %H:%M} UTC"
    with closing(open_readonly(archive.database_path)) as database:
        newest = database.execute("SELECT max(date) FROM captures").fetchone()[0]
    if newest and from_iso(newest) > now + _CLOCK_TOLERANCE:
        return PROBLEM, f"this machine says {now:%Y-%m-%d %H:%M} UTC, the newest capture {newest}"
    return OK, f"{now:%Y-%m-%d %H:%M} UTC"


def _database(archive: Archive) -> tuple[str, str]:
    if not archive.database_path.is_file():
        level = PROBLEM if archive.exists and any(archive.warc_dir.iterdir()) else OK
        return level, "none" + (": run `gongkai rebuild`" if level == PROBLEM else "")
    if why := incomparable(archive.database_path):
        return NOTE, f"made under others ({why}): `gongkai rebuild` reads all anew"
    return OK, "made by this version"


def _runs(archive: Archive) -> tuple[str, str]:
    if not archive.database_path.is_file():
        return OK, "none"
    last = next(iter(runs(archive, 1)), None)
    if last is None:
        return OK, "none"
    said = f"{last.run_id} {last.outcome}; `gongkai runs last` tells more"
    # An alarm is about a portal: the installation does its work.
    return (NOTE if last.outcome in ("alarm", "unfinished") else OK), said


def _timetable(archive: Archive) -> tuple[str, str]:
    """Whether something calls the crawl: what is long due shows that nothing does."""
    if not archive.exists:
        return OK, "nothing was crawled yet"
    looks = entries(archive, named_portals(()), policy_of(None))
    # Late is late at any hour, also where the hours of the policy let nothing be asked now.
    late = [e for e in looks if FOR_EVER < e.due.since < utc_now() - _LONG_OVERDUE]
    if late:
        return NOTE, f"{len(late)} portal(s) overdue by days: see `gongkai schedule next`"
    return OK, f"{len(due_now(looks))} portal(s) due now"


_LOOKS: dict[str, Callable[[Archive], tuple[str, str]]] = {
    "archive": _folder,
    "disk": _disk,
    "lock": _lock,
    "clock": _clock,
    "database": _database,
    "last run": _runs,
    "timetable": _timetable,
}


def _extras() -> Iterator[Finding]:
    for extra, modules in _EXTRAS.items():
        absent = [module for module in modules if find_spec(module) is None]
        hint = f"not installed: pip install 'gongkai[{extra}]'"
        yield Finding(NOTE if absent else OK, f"extra {extra}", hint if absent else "installed")
    yield Finding(*_chromium())
    office = office_program()
    missing = "not installed: some old Word files are reported instead of read"
    yield Finding(OK if office else NOTE, "LibreOffice", office or missing)


def _chromium() -> tuple[str, str, str]:
    try:
        return OK, "Chromium", find_chromium()
    except NoBrowserError as error:
        return NOTE, "Chromium", f"{error}; only portals declared with `browser` need it"
