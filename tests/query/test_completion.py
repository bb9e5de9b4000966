"""The shell is offered what an argument may be, by the protocol that the shell itself speaks."""

import os

import pytest
from click.testing import CliRunner

import gongkai


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("gongkai cov", ["coverage"]),
        ("gongkai export obs", ["observations"]),
        ("gongkai export panel --min-relation na", ["narrower"]),
        ("gongkai search x --format js", ["json", "jsonl"]),
        ("gongkai series requests.n", ["requests.new"]),
        ("gongkai series requests_a", ["requests_answered"]),
        ("gongkai coverage --form f", ["fujian"]),
        ("gongkai cite x --style b", ["bibtex"]),
        ("gongkai series requests.new --applicant le", ["legal_service"]),
    ],
)
def test_a_word_begun_is_completed(line: str, offered: list[str]) -> None:
    told = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    asked = {**told, "_GONGKAI_COMPLETE": "bash_complete"}
    result = CliRunner().invoke(gongkai.cli, prog_name="gongkai", env={**os.environ, **asked})
    assert [row.partition(",")[2] for row in result.output.split()] == offered
