"""What is due at an archive, under a policy."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from archive.clock import utc_now
from archive.declarations import data_dir, keeping
from archive.declarations.portals import Portal
from archive.declarations.schedule import FILE, Policy, load
from archive.errors import BusyError
from archive.state import open_state
from archive.store import Archive
from crawler.looks import Looks
from crawler.schedule.timetable import Entry, Timetable
from crawler.state import CrawlState


def policy_of(path: Path | None) -> Policy:
    """The policy of a file, by default the one that comes with Gongkai.

    Raises:
        DeclarationError: if it is not understood; the message names file and line.
    """
    return load(path or data_dir() / FILE)


def entries(archive: Archive, portals: Iterable[Portal], policy: Policy) -> list[Entry]:
    """The portals with their next looks, what is due first at the head.

    They are kept in the archive's state, unless a crawl, import or rebuild is writing: then they
    are told as they were before it.
    """
    with _timetable(archive) as timetable:
        found = _entries(timetable, portals, policy)
        if archive.exists:
            with suppress(BusyError), archive.lock("timetable"):
                timetable.store(found)
        return found


def due_now(found: Iterable[Entry]) -> list[Entry]:
    """Those of the entries that may be looked at now."""
    now = utc_now()
    return [entry for entry in found if entry.is_due(now)]


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run looks at: `taken` of the portals that are `due`; `first` comes due first."""

    first: Entry
    due: tuple[Entry, ...]
    taken: tuple[Entry, ...]
    looks: Looks


def plan(archive: Archive, portals: Iterable[Portal], policy: Policy, resume_hours: float) -> Plan:
    """What a run is to look at now. The caller holds the archive's lock.

    A run that was broken off within `resume_hours` comes first, so that it is gone on with.
    """
    with _timetable(archive) as timetable:
        found = _entries(timetable, portals, policy)
        timetable.store(found)
        due = due_now(found)
        taken = due[: timetable.portals_at_once(policy)]
    with closing(CrawlState(archive.state_path)) as state:
        broken_off = state.unfinished(resume_hours)
    again = [entry for entry in found if entry.portal.name in broken_off]
    if len(again) == len(broken_off) and any(entry in due for entry in again):
        taken = again
    plans = {entry.portal.name: entry.due.plan for entry in taken}
    looks = Looks(plans, policy.pages, _removal_days())
    return Plan(found[0], tuple(due), tuple(taken), looks)


def _entries(timetable: Timetable, portals: Iterable[Portal], policy: Policy) -> list[Entry]:
    return timetable.entries(portals, policy, utc_now(), _removal_days())


def _removal_days() -> float:
    return keeping.load(data_dir()).removal_days


@contextmanager
def _timetable(archive: Archive) -> Iterator[Timetable]:
    # Who only asks makes no archive.
    path = archive.state_path if archive.exists else Path(":memory:")
    with closing(open_state(path)) as state:
        yield Timetable(archive, state)
