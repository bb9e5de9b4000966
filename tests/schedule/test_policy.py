"""The policy: what is declared, and what follows from it for one portal's next look."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.clock import CHINA
from archive.declarations import DeclarationError
from archive.declarations.schedule import TROUBLES, Policy, load
from crawler.looks import FULL, KNOWN, WHOLE
from crawler.schedule.due import Due, next_look
from crawler.schedule.history import COMPLETE, History, Look, YearSeen, look_of
from tests.conftest import ROOT

SHIPPED = ROOT / "data" / "schedule.yml"
POLICY = replace(load(SHIPPED), hours="", spread=0.0)
DAY = timedelta(days=1)
REMOVAL_DAYS = 2.0


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def looked(at: datetime, outcome: str = COMPLETE, plan: str = WHOLE, **years: int) -> Look:
    seen = {
        int(year.strip("y")): YearSeen(reports, f"{int(year.strip('y')) + 1}-01-20")
        for year, reports in years.items()
    }
    return Look(at, outcome, plan, news=False, years=seen)


def due_after(*looks: Look, policy: Policy = POLICY, now: datetime | None = None) -> Due:
    history = History("p")
    for look in looks:
        history = history.after(look)
    return next_look(policy, history, now or looks[-1].at, REMOVAL_DAYS)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("spread: 0.1", "spread: much", r"schedule.yml:5: spread is 'much', no number"),
        ("spread: 0.1", "spread: 0.9", r"schedule.yml:5: spread is 0.9, not between 0 and 0.5"),
        ("begin: 01-01", "begin: 31-01", r"schedule.yml:8: begin: '31-01' is no day"),
        ("begin: 01-01", "begin: 06-01", r"schedule.yml:8: end does not come after begin"),
        ("hours: 20-8", "hours: 20-33", r"schedule.yml:4: hours: '20-33' are no hours"),
        ("attempts: 3", "attempt: 3", r"unknown field 'attempt'"),
        ("attempts: 3", "", r"missing .* 'attempts'"),
        ("  nothing: {", "  nought: {", r"trouble lacks nothing"),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "schedule.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError, match=told):
        load(path)


def test_what_was_never_looked_at_is_due_now() -> None:
    now = china("2026-06-01T10:00")
    assert next_look(POLICY, History("p"), now, REMOVAL_DAYS) == Due(now, WHOLE, "never looked at")


def test_a_missing_report_is_looked_for_densely_until_it_is_found() -> None:
    missing = looked(china("2026-01-20T22:00"), y2024=3)
    due = due_after(missing)
    assert (due.at - missing.at, due.reason) == (3 * DAY, "the report of 2025 is missing")
    part = looked(missing.at + 3 * DAY, plan=KNOWN, y2025=2)
    assert due_after(missing, part).at - part.at == 3 * DAY
    found = looked(missing.at + 6 * DAY, plan=KNOWN, y2025=3)
    assert due_after(missing, part, found).at - found.at >= 29 * DAY


def test_earlier_than_it_ever_published_a_portal_is_looked_at_now_and_then() -> None:
    seen = Look(china("2026-01-02T22:00"), COMPLETE, years={2024: YearSeen(1, "2025-03-28")})
    due = due_after(seen)
    assert due.at - seen.at == 10 * DAY
    assert "earlier than ever published" in due.reason
    later = replace(seen, at=china("2026-03-08T22:00"), plan=KNOWN)
    assert due_after(seen, later).at == china("2026-03-14T00:00")


def test_the_season_begins_by_the_calendar_of_china() -> None:
    due = due_after(looked(china("2025-12-20T22:00"), y2024=1))
    assert china("2026-01-01T00:00") <= due.at < china("2026-01-04T00:00")


def test_what_brings_nothing_new_is_looked_at_less() -> None:
    looks = [looked(china("2026-05-10T22:00") + 10 * n * DAY, y2025=1) for n in range(4)]
    gaps = [due_after(*looks[: n + 1]).at - looks[n].at for n in range(4)]
    assert gaps == [30 * DAY, 45 * DAY, 60 * DAY, 60 * DAY]


def test_the_sweep_asks_for_everything_once_a_year() -> None:
    spring = looked(china("2026-05-01T22:00"), y2025=1)
    before = replace(spring, at=china("2026-09-14T22:00"), plan=KNOWN, news=True)
    due = due_after(spring, before)
    assert due.plan in (WHOLE, FULL, KNOWN)
    late = replace(before, at=china("2026-12-01T22:00"))
    caught_up = due_after(spring, late, now=late.at)
    assert (caught_up.plan, caught_up.at) == (WHOLE, late.at)
    done = replace(late, plan=WHOLE, at=late.at + DAY)
    assert due_after(spring, late, done).at > done.at + 20 * DAY


def test_a_page_that_seems_gone_is_confirmed_soon() -> None:
    gone = replace(looked(china("2026-06-01T22:00"), y2025=1), unconfirmed=1)
    due = due_after(gone)
    assert due.at - gone.at == 2 * DAY
    assert "to be confirmed" in due.reason


def test_portals_are_asked_by_night_in_china() -> None:
    policy = replace(POLICY, hours="20-8")
    seen = looked(china("2026-06-01T07:00"), "failed")
    due = due_after(seen, policy=policy)
    assert due.at == china("2026-06-02T07:00")
    seen = looked(china("2026-06-01T09:00"), "failed")
    assert due_after(seen, policy=policy).at == china("2026-06-02T20:00")


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_backs_off_within_bounds(trouble: str) -> None:
    rule = POLICY.trouble[trouble]
    looks = [looked(china("2026-05-10T22:00") + n * DAY, trouble, y2025=1) for n in range(12)]
    gaps = [(due_after(*looks[: n + 1]).at - looks[n].at) / DAY for n in range(12)]
    assert gaps[0] == pytest.approx(rule.first_days)
    assert gaps == sorted(gaps)
    assert gaps[-1] <= rule.longest_days
    missing = [due_after(*[replace(x, at=x.at - 70 * DAY, years={}) for x in looks])]
    assert missing[0].at - (looks[-1].at - 70 * DAY) <= rule.season_days * DAY


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
LOOKS = st.builds(
    Look,
    at=MOMENTS,
    outcome=st.sampled_from((COMPLETE, *TROUBLES)),
    plan=st.sampled_from((WHOLE, FULL, KNOWN)),
    news=st.booleans(),
    unconfirmed=st.integers(0, 2),
    years=st.dictionaries(
        st.integers(2018, 2029), st.builds(YearSeen, st.integers(0, 4)), max_size=4
    ),
)


@given(st.lists(LOOKS, min_size=1, max_size=12), st.sampled_from(("", "20-8")))
def test_a_next_look_is_never_too_soon_and_never_too_late(looks: list[Look], hours: str) -> None:
    policy = replace(load(SHIPPED), hours=hours)
    looks.sort(key=lambda look: look.at)
    history = History("p")
    for look in looks:
        history = history.after(look)
    last = history.last_at
    assert last is not None
    due = next_look(policy, history, last, REMOVAL_DAYS)
    shortest = 0.4 if history.outcome == "postponed" else 0.9
    caught_up = due.plan == WHOLE and "sweep" in due.reason
    assert due.at >= last + shortest * DAY or caught_up
    assert due.at <= last + 61 * DAY
    assert due.reason
    assert next_look(policy, history, due.at, REMOVAL_DAYS).at == due.at


@given(st.lists(LOOKS, max_size=8))
def test_looks_told_again_change_nothing(looks: list[Look]) -> None:
    looks.sort(key=lambda look: look.at)
    history = History("p")
    for look in looks:
        history = history.after(look)
    again = history
    for look in looks:
        again = again.after(look)
    assert again == history


@pytest.mark.parametrize(
    ("account", "outcome"),
    [
        ({"new": 1, "pages": 2}, COMPLETE),
        ({"unchanged": 1, "failed": 1}, "partial"),
        ({"blocked": 1, "failed": 1}, "blocked"),
        ({"failed": 1, "pages": 1}, "failed"),
        ({"pages": 0}, "failed"),
        ({"pages": 7}, "nothing"),
        ({"new": 3, "postponed": 1}, "postponed"),
        ({"found": 9, "rested": 9, "pages": 1}, COMPLETE),
        ({"found": 0, "unchanged": 3, "pages": 4}, "nothing"),
    ],
)
def test_the_outcome_of_an_account(account: dict[str, int], outcome: str) -> None:
    assert look_of("2026-01-01T00:00:00Z", account).outcome == outcome
