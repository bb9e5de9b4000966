"""Compliance: the law of each year, and never a word beyond the evidence."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import gongkai
from query.compliance import Dates, judge_dates
from query.deadlines import law
from tests.query.corpus import Builder

HOST = "http://kjj.jining.gov.cn"
READ_AFTER, READ_BEFORE = "2024-02-19T00:00:00.000000Z", "2021-01-20T00:00:00.000000Z"


def listing(build: Builder, date: str, rows: list[dict[str, Any]], **more: Any) -> None:
    context = {"portal": "jining", "column": "年报"} | more.pop("context", {})
    facts = {"kind": "response", "role": "listing", "status": 200, "url": f"{HOST}/nb/index.html",
             "record_id": f"l{date}{len(rows)}", "date": date}  # fmt: skip
    notes = json.dumps({"rows": rows})
    build.insert("captures", **(facts | more), context=json.dumps(context), notes=notes)


def row(year: int, address: str) -> dict[str, Any]:
    title = f"济宁市科学技术局{year}年政府信息公开工作年度报告"
    return {"url": address, "title": title, "taken": True}


def verdicts(directory: Path, years: str = "2018-2021") -> dict[int, tuple[Any, Any]]:
    with gongkai.open(directory) as library:
        rows = list(library.compliance(years=years))
    return {int(one["year"]): (one["verdict"], one["detail"]) for one in rows}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dates", "due", "verdict", "told"),
    [
        (Dates("2019-03-31"), "2019-03-31", "on_time", ""),
        (Dates("2019-04-01"), "2019-03-31", "late", ""),
        (Dates("2020-01-31"), "2020-01-31", "on_time", ""),
        (Dates("2020-02-01", "2020-01-20"), "2020-01-31", "late", "signed 2020-01-20"),
        (Dates("2020-05-01", "", "2020-03-01"), "2020-01-31", "late", "first seen 2020-03-01"),
        (Dates("2020-05-01", "", "2020-01-30"), "2020-01-31", "seen_on_time", ""),
        (Dates("2020-05-01", "", "", "2020-01-15"), "2020-01-31", "late", "2020-01-15"),
        (Dates(), "2020-01-31", "undated", ""),
        (Dates("", "2020-01-20"), "2020-01-31", "undated", "signed 2020-01-20"),
        (Dates("2020-05-01"), "", "no_deadline", ""),
    ],
)
def test_a_report_is_judged_by_its_dates(dates: Dates, due: str, verdict: str, told: str) -> None:
    dates.earliest_stated = dates.earliest_stated or dates.stated
    found, detail = judge_dates(dates, due)
    assert found == verdict
    assert told in detail.english
    assert bool(detail.chinese) == bool(detail.english)
    assert told.split(" ")[-1] in detail.chinese


@pytest.mark.parametrize("year", [*range(2008, 2025)])
def test_every_year_has_its_law(tmp_path: Path, year: int) -> None:
    build = Builder(tmp_path)
    build.report(year=year, stated_date=f"{year + 1}-03-01")
    build.report(year=year, stated_date=f"{year + 1}-03-01", agency="济宁市人民政府",
                 agency_id="370800/government")  # fmt: skip
    build.report(year=year, stated_date=f"{year + 1}-03-01", agency="晋江市陈埭镇人民政府",
                 agency_id="350582/township:陈埭镇")  # fmt: skip
    with gongkai.open(build.finish()) as library:
        found = {one["agency_id"]: one for one in library.compliance(years=str(year))}
    old = year <= 2018
    assert law(year).startswith("2008" if old else "2019")
    assert {one: row["verdict"] for one, row in found.items()} == {
        "370800-kjj": "on_time" if old else "late",
        "370800/government": "on_time",
        "350582/township:陈埭镇": "on_time" if old else "no_deadline",
    }
    assert found["370800-kjj"]["deadline"] == f"{year + 1}-{'03-31' if old else '01-31'}"


def test_not_published_needs_the_bodys_column_read_after_the_deadline(tmp_path: Path) -> None:
    build = Builder(tmp_path)
    build.report(year=2018, stated_date="2019-03-20", source_url=f"{HOST}/a.html")
    listing(build, READ_AFTER, [row(2018, f"{HOST}/a.html"), row(2020, f"{HOST}/lost.html")])
    found = verdicts(build.finish())
    assert found[2018][0] == "on_time"
    assert found[2019][0] == found[2021][0] == "not_published"
    assert "last read 2024-02-19" in found[2019][1]
    assert found[2020] == ("unknown", "its column names a report that was not captured or not read")


@pytest.mark.parametrize(
    ("url", "rows", "more"),
    [
        (f"{HOST}/other/index.html", [], {}),
        (f"{HOST}/other/index.html", [row(2017, "http://elsewhere.gov.cn/b.html")], {}),
        (f"{HOST}/nb/index.html", [], {}),
        (f"{HOST}/nb/index.html", [row(2018, f"{HOST}/a.html")], {"status": 403}),
    ],
)
def test_a_look_at_something_else_proves_nothing(
    tmp_path: Path, url: str, rows: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    build = Builder(tmp_path)
    build.report(year=2018, stated_date="2019-03-20", source_url=f"{HOST}/a.html")
    listing(build, READ_BEFORE, [row(2018, f"{HOST}/a.html")])
    listing(build, READ_AFTER, rows, url=url, **more)
    found = verdicts(build.finish())
    assert found[2021][0] == "unknown"


def test_an_unchanged_column_was_read_too(tmp_path: Path) -> None:
    build = Builder(tmp_path)
    build.report(year=2018, stated_date="2019-03-20", source_url=f"{HOST}/a.html")
    listing(build, READ_BEFORE, [row(2018, f"{HOST}/a.html")])
    listing(build, READ_AFTER, [], status=304, kind="revisit")
    assert verdicts(build.finish())[2021][0] == "not_published"


def test_a_report_of_an_unknown_year_may_be_the_one_missed(tmp_path: Path) -> None:
    build = Builder(tmp_path)
    build.report(year=2018, stated_date="2019-03-20", source_url=f"{HOST}/a.html")
    build.report(year=None, source_url=f"{HOST}/b.html")
    listing(build, READ_AFTER, [row(2018, f"{HOST}/a.html")])
    assert verdicts(build.finish())[2021][0] == "unknown"


def test_the_command_writes_rows(tmp_path: Path) -> None:
    build = Builder(tmp_path)
    build.report(year=2021, stated_date="2022-02-26", signed_date="2022-01-20")
    command = ["compliance", "--archive", str(build.finish()), "--format", "json"]
    (made, *_) = json.loads(CliRunner().invoke(gongkai.cli, command).stdout)
    assert (made["verdict"], made["deadline"], made["law"]) == (
        "late", "2022-01-31", "2019, art. 49-50",
    )  # fmt: skip
    assert "re-dated" in made["detail"]
