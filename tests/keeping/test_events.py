"""Change events as they are listed: which, in which order, with which figures."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gongkai
from archive.events import KINDS, facts
from query.corpus import opened
from query.events import Choice, Rows, events
from tests.keeping.changed_corpus import build


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("changed"))


def ask(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(gongkai.cli, ["events", "--archive", str(archive), *arguments])


def kinds(archive: Path, *arguments: str) -> list[str]:
    text = ask(archive, *arguments, "--format", "csv").stdout
    return [row["kind"] for row in csv.DictReader(io.StringIO(text))]


def test_the_newest_come_first_and_withdrawn_records_are_never_told_of(archive: Path) -> None:
    assert kinds(archive) == ["removed", "figures_changed", "new_report"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--since", "2024-09-21"), ["removed"]),
        (("--kind", "new_report", "--kind", "removed"), ["removed", "new_report"]),
        (("--agency", "济宁市"), ["figures_changed", "new_report"]),
        (("--region", "35"), ["removed"]),
        (("--year", "2022"), ["removed"]),
        (("--agency", "无此机关"), []),
    ],
)
def test_events_are_chosen(archive: Path, options: tuple[str, ...], expected: list[str]) -> None:
    assert kinds(archive, *options) == expected


@pytest.mark.parametrize("options", [("--since", "tomorrow"), ("--kind", "gone")])
def test_what_cannot_be_meant_is_told(archive: Path, options: tuple[str, ...]) -> None:
    assert ask(archive, *options).exit_code == 2


def test_an_edited_figure_is_told_with_both_values_and_places(archive: Path) -> None:
    with opened(archive) as corpus:
        edited = next(events(corpus, Choice(kinds=("figures_changed",))))
        told = facts(Rows(corpus), edited)
    (change,) = told["changes"]
    assert (change["indicator"], change["applicant"]) == ("requests.new", "total")
    assert (change["before"], change["after"]) == ("11", "12")
    assert change["before_locator"] != change["after_locator"]
    assert told["agency"] == "济宁市科学技术局"


def test_every_kind_that_is_derived_has_words(real_kinds: set[str]) -> None:
    assert set(KINDS) == real_kinds


@pytest.fixture
def real_kinds() -> set[str]:
    """The kinds that the linking pass documents."""
    import re

    from archive.links import events as derived

    rows = [line for line in (derived.__doc__ or "").splitlines() if line.startswith("| `")]
    return {name for line in rows for name in re.findall(r"`(\w+)`", line.split("|")[1])}
