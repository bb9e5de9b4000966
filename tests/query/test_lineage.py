"""Series go on through renames and reforms; a body with several functions is marked."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gongkai
from query.corpus import opened
from query.coverage import coverage
from query.filters import Filters
from tests.query.corpus import Builder

BODIES = (
    (2016, "350582/intellectual_property+science", "晋江市科技和知识产权局"),
    (2017, "350582/intellectual_property+science", "晋江市科技和知识产权局"),
    (2019, "350582/science", "晋江市科学技术局"),
    (2019, "350582/education", "晋江市教育局"),
)


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Result]:
    build = Builder(tmp_path / "archive")
    for year, agency_id, name in BODIES:
        form = "2014" if year < 2019 else "2019"
        report = build.report(
            year=year, agency_id=agency_id, agency=name, agency_printed=name, form=form
        )
        build.observe(report, "requests.received" if form == "2014" else "requests.new", year,
                      applicant="" if form == "2014" else "total")  # fmt: skip
    directory = build.finish()

    def invoke(name: str, *arguments: str) -> Result:
        return CliRunner().invoke(gongkai.cli, [name, "--archive", str(directory), *arguments])

    return invoke


def rows_of(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.parametrize("name", ["晋江市科学技术局", "科技和知识产权局", "350582/science"])
def test_a_series_holds_those_before_and_after(ask: Callable[..., Result], name: str) -> None:
    rows = rows_of(ask("series", "requests.new", "--agency", name, "--format", "csv"))
    assert [(row["year"], row["value"]) for row in rows] == [
        ("2016", "2016"), ("2017", "2017"), ("2018", ""), ("2019", "2019"),
    ]  # fmt: skip
    assert {row["agency"] for row in rows} == {"晋江市科学技术局"}
    assert rows[0]["body"] == "晋江市科技和知识产权局"
    assert [len(row["body_lines"].split()) for row in rows] == [2, 2, 0, 1]


def test_the_chart_marks_the_change_of_bodies(ask: Callable[..., Result]) -> None:
    text = ask("series", "requests.new", "--agency", "晋江市科学技术局").stdout
    assert text.count("another body: 晋江市科学技术局") == 1


def test_others_are_not_drawn_in(ask: Callable[..., Result]) -> None:
    rows = rows_of(ask("series", "requests.new", "--format", "csv"))
    assert sum(row["agency"] == "晋江市教育局" for row in rows) == 1
    assert sum(row["agency"] == "晋江市科学技术局" for row in rows) == 4


def test_a_figure_enters_a_panel_once(ask: Callable[..., Result]) -> None:
    rows = rows_of(ask("export", "panel", "--variable", "requests_received"))
    reported = [row for row in rows if row["requests_received"]]
    assert len(reported) == len(BODIES)
    wide = [row for row in reported if len(row["lines"].split()) > 1]
    assert {row["year"] for row in wide} == {"2016", "2017"}


def test_a_panel_marks_where_bodies_and_forms_change(ask: Callable[..., Result]) -> None:
    rows = rows_of(ask("export", "panel", "--variable", "requests_received"))
    line = [row for row in rows if row["line"] == "350582/science"]
    assert [(row["year"], row["break"]) for row in line] == [
        ("2016", ""), ("2017", ""), ("2018", ""), ("2019", "body form"),
    ]  # fmt: skip
    assert line[2]["requests_received_status"] == "not_found"
    assert [row["break"] for row in rows if row["line"] == "350582/education"] == [""]


def test_coverage_joins_the_bodies_of_a_line(ask: Callable[..., Result]) -> None:
    rows = rows_of(ask("coverage", "--agency", "晋江市科学技术局", "--format", "csv"))
    assert {row["agency"] for row in rows} == {"晋江市科学技术局"}
    assert [(row["year"], row["coverage"], row["body"]) for row in rows if row["body"]] == [
        ("2016", "found", "晋江市科技和知识产权局"),
        ("2017", "found", "晋江市科技和知识产权局"),
        ("2019", "found", "晋江市科学技术局"),
    ]


def test_a_body_whose_function_another_took_up_is_not_missing(tmp_path: Path) -> None:
    build = Builder(tmp_path / "archive")
    for year, function, name in (
        (2017, "science", "石狮市科学技术局"),
        (2018, "education", "石狮市教育局"),
        (2019, "education+science", "石狮市教育和科学技术局"),
        (2020, "education+science", "石狮市教育和科学技术局"),
        (2017, "tourism", "石狮市旅游局"),
    ):
        build.report(year=year, agency_id=f"350581/{function}", agency=name)
    build.insert("captures", record_id="l", kind="response", role="listing", status=200,
                 url="http://kjj.jining.gov.cn/list", date="2023-06-01T00:00:00Z",
                 context="{}")  # fmt: skip
    with opened(build.finish()) as corpus:
        lines = coverage(corpus, Filters(years="2017-2021"))
    states = {line.agency: {entry.year: entry.state for entry in line.entries} for line in lines}
    assert states["石狮市科学技术局"] == {
        2017: "found", 2018: "missing", **dict.fromkeys((2019, 2020, 2021), "succeeded"),
    }  # fmt: skip
    assert states["石狮市教育和科学技术局"][2018] == "found"
    # The reform of 2018 may have ended it: nothing proves that a report was due.
    assert set(states["石狮市旅游局"].values()) == {"found", "existence_unknown"}
