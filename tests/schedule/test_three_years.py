"""Three years of a changing world in seconds: every event and every look against the policy.

`GONGKAI_SIMULATION=long` takes more portals and more kills.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from archive.accounts import runs
from archive.clock import CHINA
from archive.declarations.schedule import load
from archive.state import open_state
from archive.store import Archive
from archive.verify import verify
from crawler.schedule.timetable import Timetable
from pipelines.reading import settle
from tests.conftest import ROOT
from tests.crawler.running import environment
from tests.schedule.simulated import oracle
from tests.schedule.simulated.cast import BEGIN, MORE, OFF, SITES, UNTIL
from tests.schedule.simulated.oracle import Rules, Sight, Told
from tests.schedule.simulated.world import World, tell
from tests.schedule.test_policy import SHIPPED

LONG = os.environ.get("GONGKAI_SIMULATION") == "long"
KILLS = 12 if LONG else 2
POLICY = load(SHIPPED)
TIMEOUT_SECONDS = 1800 if LONG else 400

pytestmark = pytest.mark.timeout(TIMEOUT_SECONDS + 60)


@dataclass(frozen=True)
class Simulated:
    """What the simulation left: the archive, the worlds with their logs, the kills it survived."""

    archive: Archive
    worlds: tuple[World, ...]
    kills: int

    def looks(self) -> Iterator[tuple[World, list[Sight]]]:
        for world in self.worlds:
            yield world, oracle.sights(world.site, world.log)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulated]:
    folder = tmp_path_factory.mktemp("three years")
    clock, archive = folder / "clock.json", folder / "archive"
    tell(clock, BEGIN, 0)
    with ExitStack() as stack:
        sites = (*SITES, *MORE) if LONG else SITES
        worlds = tuple(World(site, clock) for site in sites)
        for world in worlds:
            stack.enter_context(world)
        job = {
            "archive": str(archive), "child": str(folder / "pid"), "clock": str(clock),
            "until": UNTIL.isoformat(), "off": [moment.isoformat() for moment in OFF],
            "portals": [[w.site.name, w.site.agency, f"{w.url}{w.site.start}"] for w in worlds],
        }  # fmt: skip
        kills = _driven(job, worlds, folder / "log")
        settle(Archive(archive), jobs=1)
        yield Simulated(Archive(archive), worlds, kills)


def _driven(job: dict[str, Any], worlds: tuple[World, ...], log: Path) -> int:
    """Runs the simulation to its end, killing it on the way; how often it was killed."""
    command = [sys.executable, "-m", "tests.schedule.simulated.driver", json.dumps(job)]
    drawn = random.Random(9)
    deadline = time.monotonic() + TIMEOUT_SECONDS
    kills, wanted = 0, drawn.randint(1, 150)
    with log.open("w") as told:
        running = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=told)
    try:
        while running.poll() is None:
            assert time.monotonic() < deadline, log.read_text()
            if kills < KILLS and sum(len(world.log) for world in worlds) >= wanted:
                os.kill(int(Path(job["child"]).read_text()), signal.SIGKILL)
                kills, wanted = kills + 1, wanted + drawn.randint(1, 150)
            time.sleep(0.005)
    finally:
        running.kill()
    assert running.returncode == 0, log.read_text()
    return kills


def _rows(archive: Archive, sql: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(archive.database_path)) as database:
        return database.execute(sql).fetchall()


def _look_at(looks: list[Sight], date: str) -> datetime:
    """The look that a capture of that date belongs to."""
    moment = datetime.fromisoformat(date)
    return max(look.at for look in looks if look.at <= moment)


def test_every_event_is_told_and_no_other(simulated: Simulated) -> None:
    found = _rows(
        simulated.archive,
        "SELECT DISTINCT e.kind, r.year, r.source_url, e.date FROM events e"
        " JOIN reports r ON r.report_id = e.report_id",
    )
    for world, looks in simulated.looks():
        told = {
            Told(kind, int(year), url.removeprefix(world.url), _look_at(looks, date))
            for kind, year, url, date in found
            if url.startswith(world.url)
        }
        assert told == set(oracle.events(looks)), world.site.name


def test_each_kind_of_change_was_there_to_be_noticed(simulated: Simulated) -> None:
    kinds = {event.kind for _, looks in simulated.looks() for event in oracle.events(looks)}
    assert kinds == {
        "new_report", "further_address", "figures_changed", "text_changed", "moved", "removed",
        "returned",
    }  # fmt: skip


def test_every_look_follows_from_the_policy(simulated: Simulated) -> None:
    objections = []
    for world, looks in simulated.looks():
        rules = Rules(world.site, POLICY, OFF)
        for n, look in enumerate(looks):
            if reason := rules.objection(looks[:n], look):
                before = f"{looks[n - 1].at} {looks[n - 1].state}" if n else ""
                objections.append(f"{world.site.name}: {before} -> {look.at}: {reason}")
        assert UNTIL - looks[-1].at < 62 * oracle.DAY
    assert objections == []


def test_pages_are_asked_for_when_they_are_due_and_not_before(simulated: Simulated) -> None:
    for world, looks in simulated.looks():
        assert list(oracle.page_objections(looks, POLICY)) == [], world.site.name
        for year in range(BEGIN.year, UNTIL.year):
            assert oracle.swept(looks, POLICY, year), (world.site.name, year)


def test_changes_are_noticed_in_time(simulated: Simulated) -> None:
    longest = POLICY.pages.longest_days + POLICY.quiet.longest_days
    for world, looks in simulated.looks():
        told = list(oracle.events(looks))
        site = world.site
        for year, since in (*site.edited, *site.reworded):
            noticed = [e.at - since for e in told if e.year == year and e.kind == "text_changed"]
            assert min(d for d in noticed if d >= 0 * oracle.DAY) <= longest * oracle.DAY
        for removal in site.removed:
            if removal.until is None or removal.until - removal.since > longest * oracle.DAY:
                (gone,) = (e for e in told if e.year == removal.year and e.kind == "removed")
                assert gone.at - removal.since <= (longest + 4) * oracle.DAY


def test_kills_lose_nothing(simulated: Simulated) -> None:
    assert simulated.kills == KILLS
    assert verify(simulated.archive).findings == []
    captured = _rows(simulated.archive, "SELECT url, date, status FROM captures WHERE status > 0")
    for world, looks in simulated.looks():
        kept = {
            (url.removeprefix(world.url), _look_at(looks, date), int(status))
            for url, date, status in captured
            if url.startswith(world.url)
        }
        answered = {
            (each.path, look.at, each.status)
            for look in looks
            for each in look.asked
            if each.status
        }
        assert answered <= kept, world.site.name


def test_the_timetable_is_the_same_when_read_from_the_archive_again(simulated: Simulated) -> None:
    archive = simulated.archive
    names = [world.site.name for world in simulated.worlds]
    with closing(open_state(archive.state_path)) as state:
        kept = Timetable(archive, state)
    with closing(open_state(Path(":memory:"))) as empty:
        anew = Timetable(archive, empty)
    assert [anew.history(name) for name in names] == [kept.history(name) for name in names]


def test_alarms_are_raised_while_a_portal_is_in_trouble_and_only_then(simulated: Simulated) -> None:
    by_name = {world.site.name: world.site for world in simulated.worlds}
    finished = [run for run in runs(simulated.archive) if run.finished_at]
    assert len(finished) > 100
    for run in finished:
        at = datetime.fromisoformat(run.started_at).astimezone(CHINA)
        raised = {a["portal"] for a in run.alarms if a["level"] == "alarm"}
        asked = {portal["portal"] for portal in run.facts["portals"]}
        assert raised == {name for name in asked if by_name[name].state(at) != "up"}, run.run_id
