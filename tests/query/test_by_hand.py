"""What people wrote about the archive: corrections stand beside the print, tombstones hide."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gongkai
from query.corpus import opened
from query.web import pages
from query.web.server import application
from tests.query.corpus import Builder
from tests.query.test_web import get


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Result]:
    build = Builder(tmp_path / "archive")
    report = build.report()
    build.observe(report, "review.total", 71, raw="71")
    facts = {"report_id": report[0], "indicator": "review.total", "period": "year"}
    said = {"value": "17", "reason": "digits swapped", "author": "李"}
    build.insert("corrections", **facts, **said, raw="71", state="applied")
    build.insert("corrections", **facts, **said, raw="70", state="stale")
    for name, of in (("secret", ""), ("again", "secret"), ("open", "")):
        build.insert("captures", record_id=name, refers_to=of, context="{}", notes="{}", date="2")
    build.insert("withdrawals", record_id="secret", date="2024-01-01", reason="names a person")
    directory = build.finish()

    def invoke(name: str, *arguments: str) -> Result:
        return CliRunner().invoke(gongkai.cli, [name, "--archive", str(directory), *arguments])

    return invoke


def test_a_correction_stands_beside_the_print(ask: Callable[..., Result]) -> None:
    text = ask("export", "observations").stdout
    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["value"], row["raw"], row["corrected"]) == ("71", "71", "17")
    assert row["correction_reason"] == "digits swapped (李)"
    assert len(text.splitlines()) == 2
    assert "71 (更正 17)" in ask("show", "0000000000000001").stdout
    told = json.loads(ask("explain", "f000000000000000", "--format", "json").stdout)
    assert (told["value"], told["corrected"]) == ("71", "17")


def test_a_stale_correction_is_only_listed(ask: Callable[..., Result]) -> None:
    text = ask("show", "0000000000000001").stdout
    assert text.count("(更正") == 1
    assert "stale" in text


def test_withdrawn_records_are_not_exported(ask: Callable[..., Result]) -> None:
    text = ask("export", "captures").stdout
    kept = {row["record_id"] for row in csv.DictReader(io.StringIO(text))}
    assert "open" in kept
    assert not kept & {"secret", "again"}


@pytest.mark.parametrize("record", ["secret", "again"])
def test_withdrawn_records_are_not_drawn(
    ask: Callable[..., Result], tmp_path: Path, record: str
) -> None:
    with opened(tmp_path / "archive") as corpus, pytest.raises(pages.NotFoundError):
        pages.snapshot(corpus, {"id": record})


def test_questions_in_sql_see_captures_but_those_withdrawn(ask: Callable[..., Result]) -> None:
    told = ask("sql", "SELECT record_id FROM captures", "--format", "csv").stdout.split()
    assert "open" in told
    assert not {"secret", "again"} & set(told)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT record_id FROM main.captures",
        "SELECT count(*) FROM main.captures",
        "WITH captures AS (SELECT record_id FROM main.captures) SELECT * FROM captures",
        "SELECT reason FROM withdrawals",
        "WITH captures AS (SELECT * FROM withdrawals) SELECT * FROM captures",
        "SELECT data FROM sqlite_dbpage",
    ],
)
def test_no_statement_sees_what_was_withdrawn(
    ask: Callable[..., Result], tmp_path: Path, statement: str
) -> None:
    result = ask("sql", statement, "--format", "csv")
    assert result.exit_code == 2
    site, query = application(tmp_path / "archive"), {"sql": statement, "_shape": "array"}
    asked = [get(site, path, params=query) for path in ("/gongkai.json", "/gongkai")]
    for answer in (*asked, get(site, "/gongkai/captures.json"), get(site, "/gongkai/withdrawals")):
        assert answer.status_code in (400, 403)
        assert "names a person" not in answer.text


def test_no_archive_is_a_matter_of_the_surroundings(tmp_path: Path) -> None:
    command = ["search", "申请", "--archive", str(tmp_path / "none")]
    result = CliRunner().invoke(gongkai.cli, command)
    assert result.exit_code == 3
    assert "no archive at" in result.stderr
