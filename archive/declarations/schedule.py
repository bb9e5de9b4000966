"""Loads the policy of the timetable: when portals are looked at again, and how much at a time.

`data/schedule.yml` is the one that comes with Gongkai; a collection may have its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from archive.declarations.nodes import read_into

FILE = "schedule.yml"
_DAY = re.compile(r"(\d\d)-(\d\d)")
_HOURS = re.compile(r"(?:([01]?\d|2[0-4])-([01]?\d|2[0-4]))?")
# What may be amiss with a look; see `crawler.schedule.history`.
TROUBLES = ("failed", "blocked", "nothing", "partial", "postponed")


@dataclass(frozen=True, slots=True, order=True)
class DayOfYear:
    """A day of any year."""

    month: int
    day: int

    @classmethod
    def of(cls, text: str) -> "DayOfYear":
        """The day written as `01-31`.

        Raises:
            ValueError: if it is none, or 29 February.
        """
        match = _DAY.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no day such as 01-31")
        found = cls(int(match.group(1)), int(match.group(2)))
        try:
            found.in_year(2001)
        except ValueError:
            raise ValueError(f"{text!r} is no day of every year") from None
        return found

    def in_year(self, year: int) -> date:
        """The day in that year."""
        return date(year, self.month, self.day)


def _hours(text: str) -> str:
    if _HOURS.fullmatch(text) is None:
        raise ValueError(f"{text!r} are no hours such as 22-6")
    return text


_DAYS = {"least": 0.01, "most": 3660}
_FACTOR = {"least": 1, "most": 100}
_COUNT = {"least": 1, "most": 10_000_000}


@dataclass(frozen=True, slots=True)
class Season:
    """When the reports of the year before come out, and are looked for where they are missing.

    Attributes:
        begin: its first day.
        end: its last day.
        dense_days: the time between two looks while the report is missing.
        early_days: the same, as long as the portal never published so early.
        lead_days: so long before the earliest day of earlier years the dense looks begin.
        full_look_days: so long after the last full look a missing report is looked for everywhere.
    """

    begin: DayOfYear = field(metadata={"read": DayOfYear.of})
    end: DayOfYear = field(metadata={"read": DayOfYear.of})
    dense_days: float = field(metadata=_DAYS)
    early_days: float = field(metadata=_DAYS)
    lead_days: float = field(metadata=_DAYS)
    full_look_days: float = field(metadata=_DAYS)

    def __post_init__(self) -> None:
        """Raises `ValueError` for values that do not go together."""
        _check(self.begin < self.end, "end does not come after begin")
        _check(self.dense_days <= self.early_days, "early_days is shorter than dense_days")


@dataclass(frozen=True, slots=True)
class Sweep:
    """When once a year everything is looked at anew. Each portal has its own day in it."""

    begin: DayOfYear = field(metadata={"read": DayOfYear.of})
    end: DayOfYear = field(metadata={"read": DayOfYear.of})

    def __post_init__(self) -> None:
        """Raises `ValueError` for values that do not go together."""
        _check(self.begin < self.end, "end does not come after begin")


@dataclass(frozen=True, slots=True)
class Growing:
    """An interval: `first_days`, each next one `factor` times as long, up to `longest_days`."""

    first_days: float = field(metadata=_DAYS)
    factor: float = field(metadata=_FACTOR)
    longest_days: float = field(metadata=_DAYS)

    def __post_init__(self) -> None:
        """Raises `ValueError` for values that do not go together."""
        _check(self.first_days <= self.longest_days, "longest_days is shorter than first_days")

    def days(self, before: int) -> float:
        """The interval after so many shorter ones."""
        # Beyond so many steps every interval is at its longest; the power would overflow.
        return float(min(self.first_days * self.factor ** min(before, 60), self.longest_days))


@dataclass(frozen=True, slots=True)
class BackOff(Growing):
    """How long to leave a portal in trouble; while a report is missing, `season_days` at most."""

    season_days: float = field(metadata=_DAYS)


@dataclass(frozen=True, slots=True)
class PageChecks:
    """When an archived report page is asked for again.

    After `factor` times the time since it last changed, within `shortest_days` and `longest_days`.
    """

    factor: float = field(metadata={"least": 0.01, "most": 100})
    shortest_days: float = field(metadata=_DAYS)
    longest_days: float = field(metadata=_DAYS)

    def __post_init__(self) -> None:
        """Raises `ValueError` for values that do not go together."""
        _check(self.shortest_days <= self.longest_days, "longest_days is shorter than the shortest")


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may do: so many portals, so many requests to each, for so many hours."""

    portals: int = field(metadata=_COUNT)
    requests_per_portal: int = field(metadata=_COUNT)
    hours: float = field(metadata={"least": 0.01, "most": 240})


@dataclass(frozen=True, slots=True)
class Policy:
    """When to look at what.

    Attributes:
        hours: hours of the day (China's time) in which portals are asked, such as `22-6`; empty
            for all.
        spread: intervals are shortened by up to this part, a different one for each portal, so
            that not all come due at once.
        season: the publication season.
        sweep: the yearly look at everything.
        quiet: the interval for the rest of the year; it grows while nothing is new.
        full_look_days: so long after the last full look the next is not confined to known listings.
        trouble: the back-off for each kind of trouble.
        pages: the re-checks of report pages.
        attempts: so many runs that died over a portal count as a failure of it.
        budget: what a run may do.
    """

    hours: str = field(metadata={"read": _hours})
    spread: float = field(metadata={"least": 0, "most": 0.5})
    season: Season
    sweep: Sweep
    quiet: Growing
    full_look_days: float = field(metadata=_DAYS)
    trouble: Mapping[str, BackOff]
    pages: PageChecks
    attempts: int = field(metadata=_COUNT)
    budget: Budget

    def __post_init__(self) -> None:
        """Raises `ValueError` for values that do not go together."""
        lacking = [name for name in TROUBLES if name not in self.trouble]
        unknown = [name for name in self.trouble if name not in TROUBLES]
        _check(not lacking, f"trouble lacks {', '.join(lacking)}")
        _check(not unknown, f"trouble has the unknown kind {', '.join(unknown)}")


def _check(holds: bool, reason: str) -> Any:
    if not holds:
        raise ValueError(reason)


def load(path: Path) -> Policy:
    """The policy in that file.

    Raises:
        DeclarationError: something is missing or not understood; the message names file and line.
    """
    return read_into(path, Policy)
