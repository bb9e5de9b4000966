"""`gongkai regions` and `gongkai agencies`, with an archive and without one."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gongkai
from tests.query.corpus import Builder

Ask = Callable[..., Result]
BODIES = (
    (2016, "350582/intellectual_property+science", "晋江市科技和知识产权局", "350582", "晋江市"),
    (2017, "350582/intellectual_property+science", "晋江市科技和知识产权局", "350582", "晋江市"),
    (2019, "350582/science", "晋江市科学技术局", "350582", "晋江市"),
    (2019, "350582/education", "晋江市教育局", "350582", "晋江市"),
    (2020, "350500/science", "泉州市科学技术局", "350500", "泉州市"),
)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    monkeypatch.setenv("GONGKAI_ARCHIVE", str(tmp_path / "none"))
    return lambda *arguments: CliRunner().invoke(gongkai.cli, list(arguments))


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    build = Builder(tmp_path / "archive")
    for year, agency_id, name, code, region in BODIES:
        build.report(
            year=year,
            agency_id=agency_id,
            agency=name,
            agency_printed=name,
            region_code=code,
            region=region,
            title=f"{name}{year}年报告",
        )
    directory = str(build.finish())
    return lambda name, *rest: CliRunner().invoke(
        gongkai.cli, [name, *rest, "--archive", directory, "--format", "csv"]
    )


def rows_of(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def found(result: Result) -> list[tuple[str, str, str, str]]:
    return [
        (row["id"], row["first_year"], row["last_year"], row["reports"])
        for row in rows_of(result)
        if row["record"] == "reports"
    ]


@pytest.mark.parametrize("name", ["晋江市科技局", "晋江市科技和知识产权局", "350582/science"])
def test_a_body_is_told_with_the_reports_of_its_lines(ask: Ask, name: str) -> None:
    assert found(ask("agencies", name)) == [
        ("350582/intellectual_property+science", "2016", "2017", "2"),
        ("350582/science", "2019", "2019", "1"),
    ]


def test_reports_one_by_one(ask: Ask) -> None:
    rows = rows_of(ask("agencies", "晋江市科技局", "--reports"))
    assert [row["year"] for row in rows] == ["2016", "2017", "2019"]
    assert rows[-1]["title"] == "晋江市科学技术局2019年报告"
    rows = rows_of(ask("regions", "泉州市", "--reports"))
    assert [row["agency_id"] for row in rows] == ["350500/science"]
    assert len(rows_of(ask("regions", "福建省", "--within", "--reports"))) == 5
    assert rows_of(ask("agencies", "莆田市科技局", "--reports")) == []


def test_a_region_is_told_with_the_bodies_that_report_there(ask: Ask) -> None:
    assert [row[0] for row in found(ask("regions", "晋江"))] == [
        "350582/education",
        "350582/intellectual_property+science",
        "350582/science",
    ]
    assert [row[0] for row in found(ask("regions", "泉州"))] == ["350500/science"]
    assert len(found(ask("regions", "泉州", "--within"))) == 4
    assert found(ask("regions", "朝阳区")) == []


def test_without_an_archive_what_is_declared_is_told(alone: Ask) -> None:
    before, step, after = rows_of(alone("regions", "增城", "--year", "2013", "--format", "csv"))
    assert (before["id"], before["name"], before["last_year"]) == ("440183", "增城市", "2013")
    assert (step["id"], step["after"], step["event"]) == ("440183", "440118", "city to district")
    assert (after["id"], after["first_year"]) == ("440118", "2014")
    rows = rows_of(alone("agencies", "晋江市科技和知识产权局", "--format", "csv"))
    assert (rows[0]["record"], rows[0]["id"]) == ("body", "350582/intellectual_property+science")
    assert {"350582/science", "350582/market_regulation"} <= {row["after"] for row in rows}
    assert [row["basis"] for row in rows if row["event"] == "renamed"] == ["declared"]
    output = alone("agencies", "教育", "--region", "晋江市").stdout
    assert "350582/education " in output
    assert "晋江市教育局" in output
    assert "level" not in output.splitlines()[0]


def test_a_body_in_an_open_place_is_undecided(alone: Ask) -> None:
    (row, *_) = rows_of(alone("agencies", "市科技局", "--format", "csv"))
    assert (row["id"], row["name"]) == ("未定", "市科技局")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("agencies", "好好学习"), 1),
        (("regions", "好好学习"), 1),
        (("agencies", "教育", "--region", "好好学习"), 1),
        (("agencies", "晋江市科技局", "--reports"), 2),
        (("regions", "晋江市", "--archive", "/nonexistent"), 3),
    ],
)
def test_what_cannot_be_answered_is_said(
    alone: Ask, arguments: tuple[str, ...], status: int
) -> None:
    result = alone(*arguments)
    assert result.exit_code == status
    assert result.stderr.strip()
