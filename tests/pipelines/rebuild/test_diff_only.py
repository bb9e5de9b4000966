"""`rebuild --diff` tells what would change; `--only` reads a part again."""

import contextlib
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive.store import Archive
from tests.pipelines.conftest import REPORT, Shell

OTHER = REPORT.replace("晋江市科学技术局", "石狮市水利局").replace("36条", "58条")


@pytest.fixture
def two(shell: Shell, tmp_path: Path) -> Shell:
    """An archive of two reports."""
    for number, text in enumerate((REPORT, OTHER)):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        url = f"http://www.example.gov.cn/{'ab'[number]}/report.txt"
        assert shell("import", path, "--url", url).exit_code == 0
    return shell


def database(shell: Shell) -> Path:
    return Archive(shell.archive).database_path


def change(shell: Shell, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(database(shell))) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def values(shell: Shell) -> set[str]:
    with contextlib.closing(sqlite3.connect(database(shell))) as connection:
        sql = "SELECT value FROM observations WHERE value IN ('36', '37', '58', '59')"
        return {row[0] for row in connection.execute(sql)}


def difference(shell: Shell, *options: str) -> dict[str, Any]:
    result = shell("rebuild", "--diff", "--format", "json", "--jobs", "1", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_nothing_differs_after_an_import(two: Shell) -> None:
    assert difference(two) == {"groups": [], "figures": []}
    assert "no figure differs" in two("rebuild", "--diff").stdout


def test_changed_appeared_and_vanished_are_told_apart(two: Shell) -> None:
    change(
        two,
        "UPDATE observations SET value = '37', value_std = 37 WHERE value = '36'",
        "DELETE FROM observations WHERE value = '58'",
        "INSERT INTO observations SELECT 'made-up', report_id, snapshot, 999, 'no.such', applicant,"
        " category, period, '5', unit, unit_from, 5, unit_std, qualifier, 'reported', raw, method,"
        " evidence, locator, 'made-up rule', form, 0, '' FROM observations WHERE value = '37'",
    )
    before = hashlib.sha256(database(two).read_bytes()).hexdigest()
    found = difference(two)
    told = {(one["kind"], one["before"], one["after"]) for one in found["figures"]}
    assert told == {("changed", "37条", "36条"), ("appeared", "", "58条"), ("vanished", "5条", "")}
    assert {
        "rule": "made-up rule",
        "form": "prose",
        "changed": 0,
        "appeared": 0,
        "vanished": 1,
    } in (found["groups"])
    assert hashlib.sha256(database(two).read_bytes()).hexdigest() == before
    assert not list(two.archive.glob("diff-*"))
    shown = two("rebuild", "--diff").stdout
    assert "37条" in shown
    assert "made-up rule (prose)" in shown


def test_a_difference_can_be_asked_for_a_part(two: Shell) -> None:
    change(two, "UPDATE observations SET value = '1' WHERE value IN ('36', '58')")
    (one,) = difference(two, "--only", "石狮市水利局")["figures"]
    assert (one["kind"], one["after"]) == ("changed", "58条")


@pytest.mark.parametrize("chosen", ["*/b/*", "石狮市水利局", "record"])
def test_a_part_is_read_again_in_place(two: Shell, chosen: str) -> None:
    change(
        two,
        "UPDATE observations SET value = '37' WHERE value = '36'",
        "UPDATE observations SET value = '59' WHERE value = '58'",
    )
    if chosen == "record":
        with contextlib.closing(sqlite3.connect(database(two))) as connection:
            sql = "SELECT record_id FROM captures WHERE url GLOB '*/b/*'"
            (chosen,) = connection.execute(sql).fetchone()
    result = two("rebuild", "--only", chosen, "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert "all other pages are as they were" in result.stderr
    assert values(two) == {"37", "58"}


def test_a_part_is_not_mixed_with_what_other_versions_read(two: Shell) -> None:
    change(
        two,
        "UPDATE meta SET value = 'other' WHERE key = 'declarations_sha256'",
        "UPDATE observations SET value = '37' WHERE value = '36'",
    )
    result = two("rebuild", "--only", "*")
    assert result.exit_code == 1
    assert "declarations_sha256" in result.stderr
    assert "37" in values(two)
    assert difference(two, "--only", "*/a/*")["figures"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "http://nowhere/*"], "no archived page is meant"),
        (["--diff", "--only", "nobody"], "no archived page is meant"),
        (["--verify", "--diff"], "stands alone"),
        (["--format", "json"], "--diff"),
    ],
)
def test_wrong_usage_is_one_clear_line(two: Shell, options: list[str], said: str) -> None:
    result = two("rebuild", *options)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
