"""When a portal is to be looked at next, and why: a pure function of policy and history."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from archive.clock import CHINA
from archive.declarations.schedule import DayOfYear, Policy
from crawler.looks import FULL, KNOWN, WHOLE
from crawler.politeness.hours import Hours
from crawler.schedule.history import COMPLETE, History

# Of so many years before the season it is known when a portal publishes.
_HABIT_YEARS = 3
_IN_THE_WAY = ("failed", "blocked", "nothing", "postponed")


FOR_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Due:
    """The next look: not before `at` (with zone), how (`WHOLE`, `FULL`, `KNOWN`), and why.

    `since` is when it came or comes due by the policy, whatever the hour and the present; what was
    never looked at has waited for ever.
    """

    at: datetime
    plan: str
    reason: str
    since: datetime = FOR_EVER

    @property
    def local(self) -> str:
        """The time as a person in China writes it."""
        return f"{self.at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def next_look(policy: Policy, history: History, now: datetime, removal_days: float) -> Due:
    """The next look at a portal.

    Looks that were missed are caught up by one: there is only ever one next look, and the one
    after it follows from when it was made.

    Args:
        policy: the policy of the timetable.
        history: the portal's past.
        now: the present; it matters for the hours of the day, and for what was never looked at.
        removal_days: the time after which a page that is gone is asked for again, to confirm it.
    """
    due = _first(history, now) or min(
        _candidates(policy, history, removal_days), key=lambda each: each.at
    )
    at = _open(policy, max(due.at, now) if due.at <= now else due.at)
    since = due.at if history.last_at else FOR_EVER
    return _planned(policy, history, replace(due, at=at, since=since))


def _first(history: History, now: datetime) -> Due | None:
    return None if history.last_at else Due(now, WHOLE, "never looked at")


def _candidates(policy: Policy, history: History, removal_days: float) -> Iterator[Due]:
    assert history.last_at is not None
    if history.outcome in _IN_THE_WAY:
        yield _back_off(policy, history)
        return
    if history.outcome != COMPLETE:
        yield _back_off(policy, history)
    if history.unconfirmed:
        at = history.last_at + timedelta(days=removal_days)
        yield Due(at, KNOWN, f"{history.unconfirmed} page(s) seem to be gone: to be confirmed")
    yield _quiet(policy, history)
    yield from _in_season(policy, history)
    yield _sweep(policy, history)


def _back_off(policy: Policy, history: History) -> Due:
    """More time after each look in trouble; less while a report is missing in season."""
    assert history.last_at is not None
    rule = policy.trouble[history.outcome]
    days = rule.days(history.troubles - 1)
    at = history.last_at + timedelta(days=days)
    in_season = history.last_at + timedelta(days=min(days, rule.season_days))
    for begin, end, year in _seasons(policy, history.last_at):
        if history.lacks(year) and max(in_season, begin) <= end:
            at = min(at, max(in_season, begin))
    tell = f"{history.outcome} {history.troubles} time(s) in a row: back-off of {days:g} day(s)"
    return Due(at, FULL if history.outcome == "nothing" else KNOWN, tell)


def _quiet(policy: Policy, history: History) -> Due:
    assert history.last_at is not None
    days = policy.quiet.days(max(history.quiet - 1, 0))
    at = history.last_at + _spread(policy, history, days)
    tell = f", nothing new {history.quiet} time(s) in a row" if history.quiet > 1 else ""
    return Due(at, KNOWN, f"every {days:g} days{tell}")


def _in_season(policy: Policy, history: History) -> Iterator[Due]:
    """Dense looks while the report of the year before is missing."""
    assert history.last_at is not None
    season = policy.season
    for begin, end, year in _seasons(policy, history.last_at):
        if not history.lacks(year):
            continue
        opening = begin + timedelta(days=season.dense_days * _part(history.portal, str(year)))
        dense = max(history.last_at + _spread(policy, history, season.dense_days), opening)
        early = max(history.last_at + _spread(policy, history, season.early_days), opening)
        habit = _habit(history, year, season.lead_days)
        # Before its habit a portal is looked at now and then, and from its beginning on densely.
        before = habit is not None and dense < habit
        at = min(early, habit) if before and habit else dense
        if at <= end:
            words = "missing, and earlier than ever published" if before else "missing"
            yield Due(at, KNOWN, f"the report of {year} is {words}")


def _seasons(policy: Policy, moment: datetime) -> Iterator[tuple[datetime, datetime, int]]:
    """Begin and end of the seasons of this year and the next, and the year they are about."""
    this = moment.astimezone(CHINA).year
    for year in (this, this + 1):
        begin, end = policy.season.begin.in_year(year), policy.season.end.in_year(year)
        yield _midnight(begin), _midnight(end + timedelta(days=1)), year - 1


def _habit(history: History, year: int, lead_days: float) -> datetime | None:
    """When the portal may publish the report of a year, as it did with earlier ones."""
    known = (history.years.get(year - back) for back in range(1, _HABIT_YEARS + 1))
    days = [day for seen in known if seen for day in [_day_of_year(seen.first)] if day]
    if not days:
        return None
    return _midnight(min(days).in_year(year + 1)) - timedelta(days=lead_days)


def _day_of_year(text: str) -> DayOfYear | None:
    try:
        return DayOfYear.of(text[5:10])
    except ValueError:
        return None


def _sweep(policy: Policy, history: History) -> Due:
    """The portal's own day of the yearly sweep, the first after it was last asked for all."""
    since = history.whole_at or history.full_at or history.last_at
    assert since is not None
    for year in range(since.astimezone(CHINA).year, since.year + 3):
        begin, end = policy.sweep.begin.in_year(year), policy.sweep.end.in_year(year)
        day = _midnight(begin) + (end - begin) * _part(history.portal, "sweep")
        if day > since:
            break
    return Due(day, WHOLE, "the yearly sweep")


def _planned(policy: Policy, history: History, due: Due) -> Due:
    """The look made wider where the last full one was too long ago."""
    if due.plan != KNOWN or history.last_at is None:
        return due
    days = policy.full_look_days
    if any(
        begin <= due.at < end and history.lacks(y) for begin, end, y in _seasons(policy, due.at)
    ):
        days = min(days, policy.season.full_look_days)
    if history.full_at is None or due.at - history.full_at >= timedelta(days=days):
        return replace(due, plan=FULL)
    return due


def _open(policy: Policy, at: datetime) -> datetime:
    """The first moment from `at` on at which portals may be asked."""
    return at + timedelta(seconds=Hours.of(policy.hours).seconds_left(at))


def _spread(policy: Policy, history: History, days: float) -> timedelta:
    """An interval made shorter by the portal's own part of the spread."""
    return timedelta(days=days * (1 - policy.spread * _part(history.portal, "interval")))


def _part(portal: str, about: str) -> float:
    """A number from 0 to 1 that is the portal's own."""
    digest = hashlib.sha256(f"{portal} {about}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
