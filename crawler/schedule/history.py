"""What is known of a portal's past looks, folded from the accounts of its runs. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from archive.clock import from_iso
from crawler.looks import FULL, WHOLE

COMPLETE = "complete"
_LACKING = ("blocked", "failed", "incomplete", "unseen")


@dataclass(frozen=True, slots=True)
class YearSeen:
    """The reports of a year that a portal lists: how many, and the first and last date of a row.

    Dates are ISO 8601, empty where the rows tell none.
    """

    reports: int = 0
    first: str = ""
    last: str = ""

    def merged(self, other: "YearSeen") -> "YearSeen":
        """Both together: what was once listed is known for good."""
        dates = [day for day in (self.first, self.last, other.first, other.last) if day]
        first, last = (min(dates), max(dates)) if dates else ("", "")
        return YearSeen(max(self.reports, other.reports), first, last)


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a portal that came to its end.

    `outcome` is `complete` or a kind of trouble: `failed`, `blocked`, `nothing` (read, and no
    report there), `partial` (something is missing), `postponed` (the budget ran out). `news` tells
    whether a report page was new or changed; `unconfirmed` how many pages are gone, but not for
    long enough to count as removed.
    """

    at: datetime
    outcome: str
    plan: str = WHOLE
    news: bool = False
    unconfirmed: int = 0
    years: Mapping[int, YearSeen] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class History:
    """All that the timetable knows of a portal.

    `troubles` counts the looks in a row that were not complete, `quiet` those in a row that were
    and brought nothing new. `full_at` is the last look that was not confined to known listings,
    `whole_at` the last that asked for every page too; both only if they found reports.
    """

    portal: str
    last_at: datetime | None = None
    outcome: str = ""
    troubles: int = 0
    quiet: int = 0
    full_at: datetime | None = None
    whole_at: datetime | None = None
    unconfirmed: int = 0
    years: Mapping[int, YearSeen] = field(default_factory=dict)

    def after(self, look: Look) -> "History":
        """The history with one look more; one that is no later changes nothing."""
        if self.last_at is not None and look.at <= self.last_at:
            return self
        well = look.outcome in (COMPLETE, "partial")
        return replace(
            self,
            last_at=look.at,
            outcome=look.outcome,
            troubles=0 if look.outcome == COMPLETE else self.troubles + 1,
            quiet=self.quiet + 1 if well and not look.news else 0,
            full_at=look.at if well and look.plan in (WHOLE, FULL) else self.full_at,
            whole_at=look.at if well and look.plan == WHOLE else self.whole_at,
            unconfirmed=look.unconfirmed,
            years=_merged(self.years, look.years),
        )

    def lacks(self, year: int) -> bool:
        """Whether fewer reports of that year are known than there were of the year before."""
        before = self.years.get(year - 1, YearSeen()).reports
        return self.years.get(year, YearSeen()).reports < max(before, 1)


def _merged(old: Mapping[int, YearSeen], new: Mapping[int, YearSeen]) -> Mapping[int, YearSeen]:
    both = {
        year: old.get(year, YearSeen()).merged(new.get(year, YearSeen())) for year in (*old, *new)
    }
    return dict(sorted(both.items()))


def look_of(finished_at: str, portal: Mapping[str, Any]) -> Look:
    """The look that a portal's account in a finished run tells of."""
    years = {int(y): YearSeen(**seen) for y, seen in portal.get("years", {}).items()}
    return Look(
        at=from_iso(finished_at),
        outcome=_outcome(portal),
        plan=portal.get("look", WHOLE),
        news=bool(portal.get("new") or portal.get("changed")),
        unconfirmed=int(portal.get("unconfirmed", 0)),
        years=years,
    )


def _outcome(portal: Mapping[str, Any]) -> str:
    if portal.get("postponed"):
        return "postponed"
    archived = sum(int(portal.get(name, 0)) for name in ("new", "changed", "unchanged", "rested"))
    if archived and portal.get("found", archived):
        whole = not any(portal.get(name) for name in _LACKING)
        return COMPLETE if whole else "partial"
    if portal.get("blocked"):
        return "blocked"
    return "failed" if portal.get("failed") or not portal.get("pages") else "nothing"
