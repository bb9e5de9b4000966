"""Whatever is asked gets an answer or one clear line, soon; nothing hangs and nothing leaks."""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from archive.errors import UsageError
from query.api import open_library
from tests.conftest import ROOT
from tests.query.conftest import Run

STRANGE = (
    '"', "((((", "NEAR(a b, 5)", "^公开*", "title:公开", "'; DROP TABLE reports; --", "%_%", "\\",
    "<script>alert(1)</script>", "a\ud800b", "\x00", "公" * 1_000_000, "a OR " * 200_000,
    "[[:alpha:]]*?", "(a+)+$", "\u202e公开", "\U0010ffff", "２０２１",
)  # fmt: skip
OPTIONS = ("--agency", "--region", "--year", "--form", "--scope")


def answered(result: Any) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 1, 2, 3)
    if result.exit_code:
        assert len(result.stderr.strip().splitlines()) == 1
        assert len(result.stderr) < 1_000


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_strange_questions_are_answered(run: Run, text: str) -> None:
    for command in ("search", "show", "explain", "cite", "series", "compare", "sql"):
        answered(run(command, text))
    for option in OPTIONS:
        answered(run("search", "公开", option, text))
        answered(run("coverage", option, text))
        answered(run("export", "reports", option, text))


@pytest.mark.parametrize("number", ["-1", "9223372036854775807", "9" * 30])
def test_strange_numbers_are_answered(run: Run, number: str) -> None:
    for option in ("--offset", "--limit"):
        answered(run("search", "公开", option, number))
    answered(run("sql", "SELECT 1", "--limit", number))


@pytest.mark.parametrize("years", ["0000-9999", "2022-2019", "2021-", ",", "２０２１"])
def test_years_that_are_none_are_refused(run: Run, years: str) -> None:
    assert run("coverage", "--year", years).exit_code == 2


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT printf('%.*c', 2000000000, 'x')",
        "SELECT format('%2000000000d', 1)",
        "SELECT hex(zeroblob(1000000000))",
        "SELECT load_extension('x')",
        "ATTACH 'x' AS y",
        "SELECT 1; SELECT 2",
        f"SELECT '{'a' * 5_000}' LIKE '{'%a' * 2_000}b'",
        "SELECT '\ud800'",
    ],
)
def test_statements_that_would_hang_or_reach_out_are_refused(run: Run, statement: str) -> None:
    begin = time.process_time()
    assert run("sql", statement).exit_code == 2
    assert time.process_time() - begin < 5


def test_printf_is_as_ever(run: Run) -> None:
    told = run(
        "sql", "SELECT printf('%05.2f|%s|%5d%%', 3.14159, '公开', 7) AS x", "--format", "csv"
    )
    assert told.stdout.splitlines()[1] == "03.14|公开|    7%"


def test_a_single_step_without_end_is_stopped(archive_dir: Path) -> None:
    """Nothing looks at the clock within a step, so the command ends itself."""
    slow = "SELECT instr(zeroblob(9999990), zeroblob(4000000) || x'01')"
    command = [sys.executable, "-c", "import gongkai; gongkai.main()", "sql", slow]
    command += ["--seconds", "0.1", "--archive", str(archive_dir)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert told.returncode == 3
    assert told.stdout == b""
    assert b"stopped after 0.1 seconds" in told.stderr


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_the_library_says_what_is_wrong(archive_dir: Path, text: str) -> None:
    with open_library(archive_dir) as library:
        for ask in (
            lambda: library.search(text).rows(),
            lambda: library.search("公开", agency=text, region=text).rows(),
            lambda: library.coverage(years=text).rows(),
            lambda: library.series("requests.new", form=text).rows(),
            lambda: library.report(text),
            lambda: library.sql(text).rows(),
        ):
            with suppress(UsageError):
                ask()


def test_an_indicator_that_is_none_is_refused(run: Run) -> None:
    result = run("export", "observations", "--indicator", "request")
    assert result.exit_code == 2
    assert "did you mean requests" in result.stderr
