"""Last year's report, from a file or from an archive, against the draft."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import gongkai
from tests.parsers.tables.samples import request_table
from tests.pipelines.checking.conftest import Check
from tests.pipelines.checking.drafts import Draft, articles_2021, requests

TITLE = "{}{}年政府信息公开工作年度报告"
AGENCY = "莆田市科学技术局"
NOW = Draft(title=f"{AGENCY}2022年政府信息公开工作年度报告")
# One request carried out of 2021, and six documents in force then: 6 + 3 - 1 = 8.
BEFORE = Draft(
    year=2021,
    title=f"{AGENCY}2021年政府信息公开工作年度报告",
    requests=request_table(requests(new="5", carried_in="0", carried_out="1")),
    articles=articles_2021(("2", "0", "6")),
)


def _of_another(figures: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """What was carried out of a person's requests stands in the column of businesses."""
    code = "requests.carried_out"
    moved = {(code, "business"): figures[code, "natural_person"], (code, "natural_person"): "0"}
    return figures | moved


OTHERS = {
    "it agrees": (BEFORE, []),
    "more was carried out than in": (
        replace(BEFORE, requests=request_table(requests(carried_out="2"))),
        [("error", "carry_over", "表二第5行第10列")],
    ),
    "another applicant's was carried out": (
        replace(BEFORE, requests=request_table(_of_another(requests(carried_out="1")))),
        [("error", "carry_over", f"表二第5行第{col}列") for col in (4, 5)],
    ),
    "documents are lost": (
        replace(BEFORE, articles=articles_2021(("2", "0", "9"))),
        [("warning", "stock", "表一第4行第2—4列")],
    ),
    "a blank says nothing": (
        replace(BEFORE, articles=articles_2021(("2", "0", ""))),
        [],
    ),
    "the year before that": (
        replace(BEFORE, year=2020, title=f"{AGENCY}2020年政府信息公开工作年度报告"),
        [("warning", "last_year_other_year", "全文")],
    ),
    "another body": (
        replace(BEFORE, title="莆田市水利局2021年政府信息公开工作年度报告"),
        [("warning", "last_year_other_body", "全文")],
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file(check: Check, tmp_path: Path, name: str) -> None:
    before, wanted = OTHERS[name]
    path = tmp_path / "before.html"
    path.write_bytes(before.html())
    answer = check(NOW.html(), "--last-year", path)
    assert (answer.told, answer.status) == (wanted, 0)


def test_a_file_that_is_no_report(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "before.txt"
    path.write_text("工作会议通知", encoding="utf-8")
    answer = check(NOW.html(), "--last-year", path)
    assert answer.told == [("warning", "last_year_unread", "全文")]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with last year's report, which carried two requests out."""
    return imported(OTHERS["more was carried out than in"][0], tmp_path)


def imported(draft: Draft, tmp_path: Path) -> Path:
    """An archive with one report."""
    saved = tmp_path / "2021.html"
    saved.write_bytes(draft.html())
    folder = tmp_path / "archive"
    words = ["import", str(saved), "--archive", str(folder)]
    assert CliRunner().invoke(gongkai.cli, words).exit_code == 0
    return folder


def kept(archive: Path) -> dict[Path, bytes]:
    """Every file; the shared memory that readers of the database need is none of its content."""
    files = (path for path in archive.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files if path.suffix not in (".db-shm", ".db-wal")}


def test_an_archive_is_read_and_left_as_it_is(check: Check, archive: Path) -> None:
    before = kept(archive)
    answer = check(NOW.html(), "--archive", archive)
    assert [code for _, code, _ in answer.told] == ["carry_over"]
    assert answer.report["last_year"] == f"{AGENCY}2021年政府信息公开工作年度报告"
    assert "上年报告档案 2" in answer.findings[0]["printed"]
    assert kept(archive) == before


def test_an_archive_without_that_report(check: Check, archive: Path) -> None:
    other = replace(NOW, title="莆田市水利局2022年政府信息公开工作年度报告")
    answer = check(other.html(), "--archive", archive)
    assert (answer.told, answer.report["last_year"]) == ([], "")


@pytest.mark.parametrize(("body", "same"), [("青禾县水利局", True), ("水利局", False)])
def test_a_body_that_is_not_known_is_told_by_its_name(
    check: Check, tmp_path: Path, body: str, same: bool
) -> None:
    last = replace(OTHERS["more was carried out than in"][0], title=TITLE.format(body, 2021))
    answer = check(
        replace(NOW, title=TITLE.format(body, 2022)).html(), "--archive", imported(last, tmp_path)
    )
    assert answer.report["agency_id"] == ""
    assert ("carry_over" in [code for _, code, _ in answer.told]) is same


def test_the_archive_of_the_surroundings(
    check: Check, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_ARCHIVE", str(archive))
    assert [code for _, code, _ in check(NOW.html()).told] == ["carry_over"]


def test_no_archive_is_made(check: Check, tmp_path: Path) -> None:
    answer = check(NOW.html(), "--archive", tmp_path / "none")
    assert (answer.told, answer.status) == ([], 0)
    assert not (tmp_path / "none").exists()
