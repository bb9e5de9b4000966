"""What is due at an archive now, under a policy."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from archive.clock import utc_now
from archive.declarations import data_dir
from archive.declarations.portals import Portal
from archive.declarations.schedule import FILE, Policy, load
from archive.state import open_state
from archive.store import Archive
from crawler.schedule.timetable import Entry, Timetable


def policy_of(path: Path | None) -> Policy:
    """The policy of a file, by default the one that comes with Gongkai.

    Raises:
        DeclarationError: if it is not understood; the message names file and line.
    """
    return load(path or data_dir() / FILE)


def entries(archive: Archive, portals: Iterable[Portal], policy: Policy) -> list[Entry]:
    """The portals with their next looks, what is due first at the head.

    Raises:
        BusyError: if a crawl, import or rebuild is writing: what is due may change by it.
    """
    with archive.lock("timetable"), closing(open_state(archive.state_path)) as state:
        return Timetable(archive, state).entries(portals, policy, utc_now())


def due_now(found: Iterable[Entry]) -> list[Entry]:
    """Those of the entries that may be looked at now."""
    now = utc_now()
    return [entry for entry in found if entry.is_due(now)]
