"""The national rehearsal in small: crawled, rebuilt, exported and asked."""

import json
from pathlib import Path

import pytest

from benchmarks.rehearsal import rehearse
from benchmarks.rehearsal_site import Nation, address, counties, host_at, page, report


@pytest.mark.timeout(300)
def test_a_small_nation_is_crawled_rebuilt_and_asked(tmp_path: Path) -> None:
    nation = Nation(hosts=2, reports=8, kilobytes=4)
    measured = rehearse(nation, tmp_path / "archive", 1)
    found = {one.phase: one for one in measured}
    assert json.loads(found["rebuild"].told)["reports"] == 8
    assert all(one.memory_mb > 10 for name, one in found.items() if name != "disk (MB)")
    assert json.loads(found["ask"].told)["count"] >= 0
    assert json.loads(found["disk (MB)"].told)["gongkai.db"] > 0
    assert rehearse(nation, tmp_path / "archive", 1) == measured, "what was done is not done again"


def test_every_host_has_an_address_and_every_report_a_page() -> None:
    nation = Nation(hosts=3500, reports=200_000, kilobytes=4)
    assert sum(nation.of_host(n) for n in range(nation.hosts)) == nation.reports
    assert len({address(n) for n in range(nation.hosts)}) == nation.hosts
    assert all(host_at(address(n)) == n for n in range(0, nation.hosts, 7))
    agency, year = report(3499, 5)
    assert agency.startswith(counties()[3499 % len(counties())])
    named = page(nation, 3499, f"/zfxxgk/zfxxgknb/t{year + 1}0120_5.htm")
    assert named is not None
    assert f"{agency}{year}年".encode() in named
    assert page(nation, 0, "/elsewhere") is None
