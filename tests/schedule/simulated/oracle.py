"""What must follow from what the world was asked and what it answered. No code of Gongkai's here.

The numbers are those of the policy; how they act is written down a second time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from archive.clock import CHINA
from archive.declarations.schedule import Policy
from tests.schedule.simulated.world import Asked, Site, day

REMOVAL = timedelta(days=2)
# The night begins half a day late at most; then the trigger comes within the hour.
SLACK = timedelta(hours=13.5)
DAY = timedelta(days=1)
_HABIT_YEARS = 3


class Told(NamedTuple):
    """An event: what, of which year's report, at which address, told by which look."""

    kind: str
    year: int
    path: str
    at: datetime


@dataclass(frozen=True)
class Sight:
    """A look as the world saw it: `years` are all that any listing has named by then."""

    at: datetime
    state: str
    asked: tuple[Asked, ...]
    years: frozenset[int]

    @property
    def pages(self) -> dict[str, Asked]:
        """The last answer to each report page that was asked for."""
        return {each.path: each for each in self.asked if each.year}


def sights(site: Site, log: Sequence[Asked]) -> list[Sight]:
    """The looks at a site, in order."""
    found: list[Sight] = []
    years: frozenset[int] = frozenset()
    for at, asked in groupby(log, key=lambda each: each.at):
        answers = tuple(asked)
        years |= {year for each in answers for year in each.rows}
        found.append(Sight(at, site.state(at), answers, years))
    return found


# Events ---------------------------------------------------------------------------------------


def events(looks: Sequence[Sight]) -> Iterator[Told]:
    """All that must be told, from the answers that were given."""
    works: set[int] = set()
    addresses: dict[str, _Address] = {}
    for look in looks:
        for path, answer in look.pages.items():
            place = addresses.get(path)
            if place is None and answer.status == 200:
                known = answer.year in works
                yield Told("further_address" if known else "new_report", answer.year, path, look.at)
                works.add(answer.year)
                addresses[path] = _Address(answer.version)
            elif place is not None:
                yield from (Told(k, answer.year, path, look.at) for k in place.after(answer))


@dataclass
class _Address:
    """A report at its address: the version last served, since when it is gone, whether told."""

    version: tuple[int, int]
    gone_at: datetime | None = None
    left: bool = False

    def after(self, answer: Asked) -> Iterator[str]:
        """What one answer more tells."""
        if answer.status in (200, 304):
            if self.left:
                yield "returned"
            if answer.version[0] != self.version[0]:
                yield "figures_changed"
            if answer.version != self.version:
                yield "text_changed"
            self.version, self.gone_at, self.left = answer.version, None, False
        elif answer.status in (301, 404) and not self.left:
            self.gone_at = self.gone_at or answer.at
            self.left = answer.status == 301 or answer.at - self.gone_at >= REMOVAL
            if self.left:
                yield "moved" if answer.status == 301 else "removed"


# Looks ----------------------------------------------------------------------------------------


class Rules:
    """The policy, for one site."""

    def __init__(self, site: Site, policy: Policy, off: tuple[datetime, datetime]) -> None:
        self._site = site
        self._policy = policy
        self._off = off
        self._least_part = 1 - policy.spread

    def objection(self, past: Sequence[Sight], look: Sight) -> str:
        """Why a look does not follow from those before it; empty if it does."""
        if 8 <= look.at.astimezone(CHINA).hour < 20:
            return "by day"
        if not past:
            return ""
        if past[-1].state != "up":
            return self._after_trouble(past, look)
        if look.at < self._earliest(past, look):
            return "too early"
        return "too late" if look.at > self._latest(past) else ""

    def _after_trouble(self, past: Sequence[Sight], look: Sight) -> str:
        before, row = past[-1], 0
        for each in reversed(past):
            if each.state == "up":
                break
            row += 1
        rule = self._policy.trouble["blocked" if before.state == "blocked" else "failed"]
        longest = min(rule.first_days * rule.factor ** (row - 1), rule.longest_days) * DAY
        shortest = min(longest, rule.season_days * DAY)
        if look.at < before.at + shortest:
            return "too early after trouble"
        season = self._missing(before, before.at + shortest)
        latest = before.at + (shortest if season else longest)
        return "too late after trouble" if look.at > self._late(before, latest) else ""

    def _earliest(self, past: Sequence[Sight], look: Sight) -> datetime:
        """Before that no rule of the policy asks for a look."""
        policy, before = self._policy, past[-1]
        days = [policy.quiet.first_days * self._least_part]
        if _unconfirmed(past):
            days.append(REMOVAL / DAY)
        if self._missing(before, look.at) or self._missing(before, look.at - SLACK):
            early = look.at < self._habit(before, look.at)
            interval = policy.season.early_days if early else policy.season.dense_days
            days.append(interval * self._least_part)
            if early is False and before.at < self._habit(before, look.at):
                days.append(0)  # the dense looks begin on a day of their own
        begin, end = _sweep(policy, look.at.year)
        recent = [each.at for each in past if each.at >= begin - min(days) * DAY]
        gaps = (later - former for former, later in pairwise(recent))
        if begin <= look.at <= end and all(gap >= min(days) * DAY for gap in gaps):
            days.append(0)  # the sweep's own day
        return before.at + min(days) * DAY

    def _latest(self, past: Sequence[Sight]) -> datetime:
        """By then some rule of the policy has asked for a look."""
        policy, before = self._policy, past[-1]
        latest = before.at + policy.quiet.longest_days * DAY
        if _unconfirmed(past):
            latest = min(latest, before.at + REMOVAL)
        for year in (before.at.year, before.at.year + 1):
            begin = day(policy.season.begin.in_year(year).isoformat())
            moment = max(before.at, begin)
            if self._missing(before, moment):
                dense = max(moment, self._habit(before, moment)) + policy.season.dense_days * DAY
                early = max(before.at + policy.season.early_days * DAY, begin + 3 * DAY)
                if min(dense, early) <= day(policy.season.end.in_year(year).isoformat()):
                    latest = min(latest, dense, early)
        return self._late(before, latest)

    def _late(self, before: Sight, latest: datetime) -> datetime:
        """The same with what night and trigger add, and the time the machine was off."""
        off, on = self._off
        if off <= latest + SLACK and before.at < on and latest < on:
            latest = on
        return latest + SLACK

    def _missing(self, before: Sight, moment: datetime) -> bool:
        """Whether the report of the year before is looked for at that moment."""
        local = moment.astimezone(CHINA).date()
        season = self._policy.season
        inside = season.begin.in_year(local.year) <= local <= season.end.in_year(local.year)
        return inside and local.year - 1 not in before.years

    def _habit(self, before: Sight, moment: datetime) -> datetime:
        """From when on a report is looked for densely."""
        year = moment.astimezone(CHINA).year
        known = [y for y in range(year - 1 - _HABIT_YEARS, year - 1) if y in before.years]
        days = [f"{self._site.published[y]:%m-%d}" for y in known]
        if not days:
            return moment
        return day(f"{year}-{min(days)}") - self._policy.season.lead_days * DAY


def _unconfirmed(past: Sequence[Sight]) -> bool:
    """Whether a page that was there is gone, and not for long enough."""
    addresses: dict[str, _Address] = {}
    last: dict[str, datetime] = {}
    for look in past:
        for path, answer in look.pages.items():
            if path in addresses:
                list(addresses[path].after(answer))
                last[path] = answer.at
            elif answer.status == 200:
                addresses[path] = _Address(answer.version)
    return any(
        place.gone_at is not None and last[path] - place.gone_at < REMOVAL
        for path, place in addresses.items()
        if not place.left
    )


# Pages ----------------------------------------------------------------------------------------


def page_objections(looks: Sequence[Sight], policy: Policy) -> Iterator[str]:
    """Report pages that were asked for before their time, or not in time."""
    asked: dict[str, tuple[datetime, int]] = {}
    for look in looks:
        pages = look.pages
        for path, (at, status) in list(asked.items()):
            waited = (look.at - at) / DAY
            if path in pages and waited < policy.pages.shortest_days and status in (200, 304):
                yield f"{path} again after {waited:.1f} days at {look.at}"
            # A page is asked for some seconds after its look began.
            due = waited > policy.pages.longest_days + 0.01 and status in (200, 304, 404)
            if due and path not in pages and look.state == "up":
                yield f"{path} not asked for {waited:.1f} days at {look.at}"
        known = {p: a for p, a in pages.items() if p in asked or a.status == 200}
        asked |= {path: (look.at, answer.status) for path, answer in known.items()}


def _sweep(policy: Policy, year: int) -> tuple[datetime, datetime]:
    begin, end = (each.in_year(year).isoformat() for each in (policy.sweep.begin, policy.sweep.end))
    return day(begin), day(end) + DAY + SLACK


def swept(looks: Sequence[Sight], policy: Policy, year: int) -> bool:
    """Whether all that was there was asked for about the time of a year's sweep."""
    begin, end = _sweep(policy, year)
    since = begin - policy.pages.shortest_days * DAY
    answers = {p: a for look in looks if look.at < begin for p, a in look.pages.items()}
    before = {path for path, answer in answers.items() if answer.status in (200, 304)}
    asked = {p for look in looks if since <= look.at <= end for p in look.pages}
    return before <= asked
