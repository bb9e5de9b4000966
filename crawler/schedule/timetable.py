"""The timetable: what each portal's next look follows from, kept in `state.db`.

It is a fold over the accounts of finished runs. Losing it costs nothing but the count of runs that
died: all else is read anew from the accounts that the archive keeps.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from archive.clock import from_iso, iso
from archive.database import open_readonly
from archive.declarations.portals import Portal
from archive.declarations.schedule import Policy
from archive.store import Archive
from archive.warc.records import utc
from crawler.schedule.due import Due, next_look
from crawler.schedule.history import History, Look, YearSeen, look_of
from parsers.titles import judge

_TIMES = ("last_at", "full_at", "whole_at")
_RUNS = """SELECT run_id, finished_at, account FROM runs
WHERE kind = 'crawl' AND finished_at > ? ORDER BY finished_at, run_id"""
_LISTINGS = "SELECT context, notes FROM captures WHERE role = 'listing' AND run_id = ?"
_UNENDED = """SELECT asked, started_at, attempts FROM crawl_runs
WHERE ended_at IS NULL AND attempts > 0 ORDER BY started_at"""
_Years = dict[str, dict[int, YearSeen]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A portal in the timetable: its history and its next look."""

    portal: Portal
    history: History
    due: Due

    def is_due(self, now: datetime) -> bool:
        """Whether it may be looked at now."""
        return self.due.at <= now

    def facts(self) -> dict[str, Any]:
        """The entry as it is shown."""
        last = self.history.last_at
        return {
            "portal": self.portal.name,
            "due": iso(self.due.at),
            "due_in_china": self.due.local,
            "reason": self.due.reason,
            "look": self.due.plan or "whole",
            "last": iso(last) if last else "",
            "last_outcome": self.history.outcome,
            "troubles": self.history.troubles,
        }


class Timetable:
    """The histories of portals, brought up to the archive's newest run on opening."""

    def __init__(self, archive: Archive, state: Database) -> None:
        """`state` is the open `state.db`, which stays as it is; the database may be absent."""
        self._table = state.table("timetable")
        self._known = {row["portal"]: _history(row) for row in self._table.rows}
        self._deaths = list(_deaths(state))
        self._learned: set[str] = set()
        self._catch_up(archive)

    def _catch_up(self, archive: Archive) -> None:
        since = max(
            (utc(h.last_at.isoformat()) for h in self._known.values() if h.last_at), default=""
        )
        for finished_at, account, years in _accounts(archive, since):
            for portal in account.get("portals", ()):
                name = str(portal["portal"])
                look = replace(look_of(finished_at, portal), years=years.get(name, {}))
                self._known[name] = self.history(name).after(look)
                self._learned.add(name)

    def store(self, found: Iterable[Entry]) -> None:
        """Keeps what was learned of the archive's runs, and the next looks worked out from it."""
        asked = {entry.portal.name: entry.due for entry in found}
        kept = {row["portal"]: row for row in self._table.rows}
        now = [self._stored(kept.get(name, {}), name, due) for name, due in asked.items()]
        self._table.upsert_all((row for row in now if row != kept.get(row["portal"])), pk="portal")
        others = sorted(self._learned - asked.keys())
        self._table.upsert_all((_row(self._known[name]) for name in others), pk="portal")

    def _stored(self, kept: dict[str, Any], name: str, due: Due) -> dict[str, Any]:
        named = {"due_at": iso(due.at), "plan": due.plan, "reason": due.reason}
        return kept | _row(self.history(name)) | named

    def history(self, portal: str) -> History:
        """What is known of a portal; an empty history for one never looked at."""
        return self._known.get(portal, History(portal))

    def entries(
        self, portals: Iterable[Portal], policy: Policy, now: datetime, removal_days: float
    ) -> list[Entry]:
        """The portals with their next looks, what is due first at the head."""
        deaths = self._fatal(policy)
        found = []
        for portal in portals:
            history = self.history(portal.name)
            for death in deaths:
                if portal.name in death.asked:
                    history = history.after(Look(death.at, "failed"))
            due = next_look(policy, history, now, removal_days)
            found.append(Entry(portal, history, due))
        return sorted(found, key=lambda each: (each.due.at, each.due.since, each.portal.name))

    def portals_at_once(self, policy: Policy) -> int:
        """How many portals one run may look at: half as many for each run that died over some.

        So the portal that runs die over is soon alone, and the others get their turn.
        """
        return max(policy.budget.portals >> min(len(self._fatal(policy)), 60), 1)

    def _fatal(self, policy: Policy) -> list["_Death"]:
        """The runs that died so often that it counts, unless all their portals came through since.

        The oldest first.
        """
        return [
            death
            for death in self._deaths
            if death.attempts >= policy.attempts
            and any(_before(self.history(name), death.at) for name in death.asked)
        ]


@dataclass(frozen=True, slots=True)
class _Death:
    """A run that never ended: of which portals, when it was last begun, and how often."""

    at: datetime
    asked: frozenset[str]
    attempts: int


def _deaths(state: Database) -> Iterator[_Death]:
    for row in state.query(_UNENDED):
        yield _Death(
            from_iso(row["started_at"]), frozenset(json.loads(row["asked"])), row["attempts"]
        )


def _before(history: History, moment: datetime) -> bool:
    return history.last_at is None or history.last_at < moment


def _accounts(archive: Archive, since: str) -> Iterator[tuple[str, dict[str, Any], _Years]]:
    """The runs that came to their end after `since`, the oldest first: when, account, years."""
    if not archive.database_path.is_file():
        return
    with contextlib.closing(open_readonly(archive.database_path)) as database:
        for row in database.execute(_RUNS, [since]).fetchall():
            account = json.loads(row["account"])
            if account.get("finish_reason") == "finished":
                yield row["finished_at"], account, _years(database, row["run_id"])


def _years(database: sqlite3.Connection, run_id: str) -> _Years:
    """By portal and year, the reports that a run's listings name."""
    found: _Years = {}
    urls: set[str] = set()
    for context, notes in database.execute(_LISTINGS, [run_id]):
        portal = str(json.loads(context).get("portal", ""))
        for row in json.loads(notes).get("rows", ()):
            if not row.get("taken") or row["url"] in urls:
                continue
            urls.add(row["url"])
            day = row.get("date", "")
            year = judge(row.get("title", ""), url=row["url"], date=day).year
            if year is not None:
                seen = found.setdefault(portal, {})
                before = seen.get(year, YearSeen())
                one = YearSeen(before.reports + 1, day, day)
                seen[year] = before.merged(one)
    return found


def _row(history: History) -> dict[str, Any]:
    times = {n: utc(at.isoformat()) if (at := getattr(history, n)) else "" for n in _TIMES}
    years = {str(year): asdict(seen) for year, seen in history.years.items()}
    return {
        "portal": history.portal,
        **times,
        "outcome": history.outcome,
        "troubles": history.troubles,
        "quiet": history.quiet,
        "unconfirmed": history.unconfirmed,
        "years": json.dumps(years),
    }


def _history(row: dict[str, Any]) -> History:
    times = {name: from_iso(row[name]) if row[name] else None for name in _TIMES}
    years = {int(y): YearSeen(**seen) for y, seen in json.loads(row["years"]).items()}
    return History(
        portal=row["portal"],
        outcome=row["outcome"],
        troubles=row["troubles"],
        quiet=row["quiet"],
        unconfirmed=row["unconfirmed"],
        years=years,
        **times,
    )
