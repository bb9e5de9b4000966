"""The command: statuses, formats, media types, and the page that describes it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gongkai
from archive.declarations import DeclarationError, data_dir
from pipelines.checking.declared import load_rules
from tests.conftest import ROOT
from tests.parsers.tables.samples import Cell
from tests.pipelines.checking import example
from tests.pipelines.checking.conftest import Answer, Check
from tests.pipelines.checking.drafts import Draft, Rows, articles_2021, page
from tests.pipelines.documents.paper import draw_pages, pdf_of
from tests.pipelines.documents.writers import docx, word_paragraph, word_table

BLANK = Draft(articles=articles_2021(("3", "", "8")))
PAGE = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(gongkai.cli, ["check", *map(str, words)])


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Path]:
    """The example's draft and last year's report."""
    draft, before = tmp_path / "draft.html", tmp_path / "2021.html"
    draft.write_bytes(example.DRAFT.html())
    before.write_bytes(example.LAST_YEAR.html())
    return draft, before


def test_the_example_of_the_page_is_what_is_printed(written: tuple[Path, Path]) -> None:
    answer = run(written[0], "--last-year", written[1])
    assert answer.exit_code == 0
    found = re.search(r"```text\n(标题：.*?)```", PAGE, re.DOTALL)
    assert found is not None
    assert found[1] == answer.stdout


def test_the_page_lists_every_code_with_its_severity() -> None:
    names = {"error": "错误", "warning": "警告", "note": "提示"}
    listed = set(re.findall(r"^\| `(\w+)` \| (\S+) \| (.*?) \|$", PAGE, re.MULTILINE))
    wordings = load_rules().wordings.items()
    assert listed == {(code, names[said.severity], said.says) for code, said in wordings}


def test_json_and_text_tell_the_same(written: tuple[Path, Path]) -> None:
    said = json.loads(run(*written[:1], "--format", "json", "--last-year", written[1]).stdout)
    text = run(written[0], "--last-year", written[1]).stdout
    findings = said["reports"][0]["findings"]
    assert findings
    for item in findings:
        for name in ("code", "says", "place", "printed", "expected", "clause", "basis"):
            assert item[name] in text
    order = [item["severity"] for item in findings]
    assert order == sorted(order, key=["error", "warning", "note"].index)
    assert said["readable"] is True


def test_what_is_no_report(check: Check) -> None:
    answer = check("县科技局召开工作会议。".encode(), name="news.txt")
    assert (answer.status, answer.said["readable"]) == (1, False)
    assert answer.told == [("error", "not_a_report", "全文")]


@pytest.mark.parametrize(
    ("payload", "code"),
    [(b"", "empty"), (b"\x89PNG\r\n\x1a\n", ""), (b"\x1f\x8b\x08\x00", "unsupported")],
)
def test_files_that_cannot_be_read(check: Check, payload: bytes, code: str) -> None:
    answer = check(payload, name="draft.docx")
    assert (answer.status, answer.told[0][1]) == (1, "not_a_report")
    assert not code or code in [found for _, found, _ in answer.told]


@pytest.mark.parametrize(
    "words", [["absent.docx"], ["--format", "xml", "pyproject.toml"], [], ["--year", "1999", "x"]]
)
def test_wrong_usage(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_two_reports_in_one_file(check: Check) -> None:
    both = [*Draft(year=2021).blocks(), *Draft(signed="2023年2月3日").blocks()]
    answer = check(page(both))
    codes = [[item["code"] for item in report["findings"]] for report in answer.said["reports"]]
    assert codes == [[], ["late"]]


def test_a_word_document(check: Check) -> None:
    body = "".join(
        word_table(block) if isinstance(block, list) else word_paragraph(block)
        for block in spanned(example.DRAFT.blocks())
    )
    assert places(check(docx(body), name="draft.docx")) == places(check(example.DRAFT.html()))


def test_a_pdf(check: Check) -> None:
    answer = check(pdf_of(draw_pages(spanned(BLANK.blocks()))), name="draft.pdf")
    assert ("warning", "blank_cell", "第1页表一第4行第3列") in answer.told


def places(answer: Answer) -> list[tuple[str, str, str]]:
    """What was found and in which cells; paragraphs are told apart by their numbers alone."""
    return [item for item in answer.told if "段" not in item[2]]


def spanned(blocks: list[str | Rows]) -> list[str | list[list[tuple[str, int, int]]]]:
    """Blocks with each cell as text, columns, rows."""
    return [
        block if isinstance(block, str) else [[_spans(cell) for cell in row] for row in block]
        for block in blocks
    ]


def _spans(cell: Cell) -> tuple[str, int, int]:
    return (cell[0], cell[2], cell[1]) if isinstance(cell, tuple) else (cell, 1, 1)


def test_rules_are_loaded_strictly(tmp_path: Path) -> None:
    folder = tmp_path / "checking"
    folder.mkdir()
    for source in (data_dir() / "checking").iterdir():
        (folder / source.name).write_bytes(source.read_bytes())
    assert load_rules(tmp_path).wordings.keys() == load_rules().wordings.keys()
    with (folder / "findings.csv").open("a", encoding="utf-8") as stream:
        stream.write("late,grave,晚,,\n")
    load_rules.cache_clear()
    with pytest.raises(DeclarationError, match=r"findings\.csv:\d+: "):
        load_rules(tmp_path)


@pytest.mark.parametrize(
    ("page", "heading"),
    [("forms.md", "## Problem kinds of tables"), ("documents.md", "## Problems")],
)
def test_each_kind_of_problem_has_words_in_chinese(page: str, heading: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    table = text.split(f"{heading}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.*?`) (?:with a report )?\|", table, re.MULTILINE)
    kinds = {kind for cell in cells for kind in re.findall(r"\w+", cell)}
    assert len(kinds) > 10
    assert kinds - {"negative_figure"} <= set(load_rules().wordings)
