"""What one run takes: broken-off work first, the longest overdue, fewer where runs died."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.clock import told_by
from archive.declarations.portals import Portal
from archive.declarations.schedule import Policy, load
from archive.state import open_state
from archive.store import Archive
from crawler.looks import WHOLE
from crawler.schedule.plan import Plan, entries, plan
from crawler.state import CrawlState
from tests.schedule.test_policy import SHIPPED

POLICY = replace(load(SHIPPED), hours="", spread=0.0)
NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
PORTALS = tuple(Portal(name, name, (f"http://{name}.gov.cn/",)) for name in "abcd")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path)
    made.create()
    return made


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with told_by(lambda: moment):
        yield


def begun(archive: Archive, run: str, *asked: str) -> None:
    with closing(CrawlState(archive.state_path)) as state:
        state.begin(run, asked)


def planned(archive: Archive, policy: Policy = POLICY, resume_hours: float = 24) -> Plan:
    with archive.lock("plan"):
        return plan(archive, PORTALS, policy, resume_hours)


def names(made: Plan) -> list[str]:
    return [entry.portal.name for entry in made.taken]


def looked(archive: Archive, portal: str, days_ago: int) -> None:
    row = {"portal": portal, "last_at": (NOON - timedelta(days=days_ago)).isoformat()}
    row |= {"full_at": row["last_at"], "whole_at": row["last_at"], "outcome": "complete"}
    with closing(open_state(archive.state_path)) as state:
        counts = {"troubles": 0, "quiet": 1, "unconfirmed": 0, "years": "{}"}
        state.table("timetable").insert(row | counts)


def test_what_was_never_looked_at_comes_first_and_then_the_longest_overdue(
    archive: Archive,
) -> None:
    for portal, days in (("a", 31), ("b", 70), ("d", 50)):
        looked(archive, portal, days)
    with at(NOON):
        assert names(planned(archive)) == ["c", "b", "d", "a"]
        few = replace(POLICY, budget=replace(POLICY.budget, portals=2))
        assert names(planned(archive, few)) == ["c", "b"]
        looks = planned(archive).looks
    assert (looks.plan("c"), looks.checks, looks.removal_days) == (WHOLE, POLICY.pages, 2)


def test_a_run_that_was_broken_off_is_gone_on_with_before_all_else(archive: Archive) -> None:
    with at(NOON):
        begun(archive, "cut", "b", "d")
    with at(NOON + HOUR):
        assert names(planned(archive)) == ["b", "d"]
        assert names(planned(archive, resume_hours=0)) == ["a", "b", "c", "d"]
    with at(NOON + 30 * HOUR):
        assert names(planned(archive)) == ["a", "b", "c", "d"]


def test_what_runs_die_over_waits_and_is_soon_alone(archive: Archive) -> None:
    many = replace(POLICY, budget=replace(POLICY.budget, portals=4))
    for hour in range(POLICY.attempts):
        with at(NOON + hour * HOUR):
            begun(archive, "dies", *"abcd")
    with at(NOON + 26 * HOUR):
        assert len(names(planned(archive, many))) == 2
        assert planned(archive, many).due[0].history.outcome == "failed"
    with at(NOON + 3 * HOUR):
        assert names(planned(archive, many)) == []
    for hour in range(30, 30 + POLICY.attempts):
        with at(NOON + hour * HOUR):
            begun(archive, "dies again", "a", "b")
    with at(NOON + 100 * HOUR):
        assert len(names(planned(archive, many))) == 1


def test_a_run_that_was_stopped_in_order_did_not_die(archive: Archive) -> None:
    for hour in range(2 * POLICY.attempts):
        with at(NOON + hour * HOUR):
            begun(archive, "stopped", *"abcd")
            with closing(CrawlState(archive.state_path)) as state:
                state.stop("stopped")
    with at(NOON + 40 * HOUR):
        assert len(names(planned(archive))) == 4


def test_who_only_asks_makes_no_archive_and_waits_for_nobody(tmp_path: Path) -> None:
    nowhere = Archive(tmp_path / "none")
    assert len(entries(nowhere, PORTALS, POLICY)) == 4
    assert not nowhere.directory.exists()
    busy = Archive(tmp_path / "busy")
    with busy.lock("a crawl"):
        assert len(entries(Archive(busy.directory), PORTALS, POLICY)) == 4
