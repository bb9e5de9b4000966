"""`search` and `sql` on a small corpus: answers, filters, hostile questions."""

import csv
import io
import json

import pytest

from tests.query.conftest import Run


def ids(run: Run, *arguments: str) -> list[str]:
    result = run("search", *arguments, "--format", "csv")
    assert result.exit_code == 0, result.output
    return [row["report_id"][-1] for row in csv.DictReader(io.StringIO(result.stdout))]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("申请",), ["4", "2", "1"]),
        (("申",), ["4", "2", "1"]),
        (("依申请公开",), ["4", "2"]),
        (("依申请公开", "--all-versions"), ["4", "2", "3"]),
        (("3405件",), ["1"]),
        (("申请", "NOT", "依申请公开"), ["1"]),
        (("主动 OR 3,405",), ["2", "1"]),
        (("公开", "--region", "35"), ["4"]),
        (("申请", "--year", "2018-2021"), ["2", "1"]),
        (("公开", "--section", "problems"), ["2"]),
        (("依申请公开", "--section", "problems"), []),
        (("公开", "--section", "问题"), ["2"]),
        (("申请", "--limit", "1", "--offset", "1"), ["2"]),
        (("没有这些字",), []),
    ],
)
def test_search_finds_newest_first(
    run: Run, arguments: tuple[str, ...], expected: list[str]
) -> None:
    assert ids(run, *arguments) == expected


def test_relevance_finds_the_same(run: Run) -> None:
    assert sorted(ids(run, "申请", "--relevance")) == ["1", "2", "4"]


def test_hits_are_shown_with_their_words_marked(run: Run) -> None:
    result = run("search", "依申请公开")
    assert "【依申请公开】工作有序" in result.stdout
    assert "2 shown of 2 found" in result.stderr
    assert "\x1b" not in result.stdout


HOSTILE = [
    "'; DROP TABLE reports; --",
    'title:"a" NEAR(b c)',
    "* ^ + - { } : \\",
    "<script>alert(1)</script>",
    "((((((((((申请",
    '"""',
    "AND OR NOT",
    "\x00\x01",
    "-申请",
    "申" * 1_000_000,
    "(" * 900,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_queries_get_an_answer_or_a_line(run: Run, text: str) -> None:
    result = run("search", "--", text)
    assert result.exit_code in (0, 2)
    assert len(result.stderr.splitlines()) == 1


def test_sql_reads(run: Run) -> None:
    text = run("sql", "SELECT count(*) AS n FROM reports", "--format", "json").stdout
    assert json.loads(text) == [{"n": 4}]
    alone = run("sql", "SELECT count(*) FROM fulltext_characters('\"申\"')")
    assert alone.exit_code == 0, alone.output
    found = run("sql", "SELECT count(*) FROM fulltext WHERE fulltext MATCH zh_query('申请')")
    assert found.exit_code == 0, found.stderr
    assert found.stdout.split()[-1] == "4"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM reports",
        "ATTACH '/tmp/x.db' AS x",
        "PRAGMA journal_mode = delete",
        "SELECT 1; SELECT 2",
        "SELECT load_extension('x')",
        "SELECT * FROM nothing",
        "SELECT zeroblob(1000000000)",
        "",
        "VACUUM INTO '/tmp/x.db'",
        "CREATE TEMP TABLE t (a)",
        "SELECT " + "(" * 5000,
        "x" * 1_000_000,
    ],
)
def test_sql_that_may_not_be_run_is_refused(run: Run, statement: str) -> None:
    result = run("sql", "--", statement)
    assert result.exit_code == 2, result.output
    assert len(result.stderr) < 1000


def test_sql_is_limited_in_time_and_rows(run: Run) -> None:
    forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n"
    late = run("sql", forever.format("sum(i)"), "--seconds", "0.2")
    assert late.exit_code == 3
    assert "narrow" in late.stderr
    cut = run("sql", forever.format("i"), "--limit", "5", "--format", "csv")
    assert cut.stdout.split() == ["i", "1", "2", "3", "4", "5"]
    assert "first 5" in cut.stderr
