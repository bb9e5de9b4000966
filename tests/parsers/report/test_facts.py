"""The facts of a report beside its figures: heads, feet and outlines as they print.

`facts.txt` holds documents parted by blank lines: their paragraphs, rows of tables (`|`), tags of
the page (`META`), what discovery knew (`?`), and the facts that a reader takes from them (`>`),
written down first. Before mending, 77 % of the first sixty were read so, then 92 % of thirty and
76 % of forty-two of other kinds.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from archive import declarations
from parsers.declared import Declarations
from parsers.records import Block, Context, Document, Paragraph, Report
from parsers.report import read_reports
from tests.parsers.tables.build import grid

PRINTED = Path(__file__).with_name("facts.txt").read_text(encoding="utf-8").strip().split("\n\n")


@cache
def _declared() -> Declarations:
    return declarations.load()


def _document(lines: list[str]) -> Document:
    blocks: list[Block] = []
    rows = [line.removeprefix("| ").split(" | ") for line in lines if line.startswith("| ")]
    if rows:
        blocks.append(grid(rows))
    tags = [line.removeprefix("META ") for line in lines if line.startswith("META ")]
    for number, line in enumerate(lines, 1):
        if not line.startswith(("| ", "META ", "? ", "> ")):
            blocks.append(Paragraph(line, f"html:p[{number}]"))
    meta = tuple((name, value) for name, _, value in (tag.partition("=") for tag in tags))
    return Document(tuple(blocks), "html", meta=meta)


def _read(lines: list[str]) -> Report:
    said = (line.removeprefix("? ").partition(" ") for line in lines if line.startswith("? "))
    known: dict[str, Any] = {name: value for name, _, value in said}
    (report,) = read_reports(_document(lines), Context(**known), _declared())
    return report


def _fact(report: Report, name: str) -> str:
    if name == "year_conflict":
        return "yes" if any(item.kind == name for item in report.problems) else "no"
    if name == "outline":
        return " | ".join(f"{item.path} {item.title}".strip() for item in report.sections)
    if name == "kinds":
        return " ".join(item.kind for item in report.sections)
    return str(getattr(report, name))


@pytest.mark.parametrize("printed", PRINTED, ids=lambda printed: printed[:30])
def test_a_reader_takes_the_same(printed: str) -> None:
    lines = printed.split("\n")
    report = _read(lines)
    stated = [line.removeprefix("> ").partition(" ") for line in lines if line.startswith("> ")]
    assert stated
    assert {name: _fact(report, name) for name, _, _ in stated} == {
        name: fact for name, _, fact in stated
    }


def test_a_section_holds_its_own_text_alone() -> None:
    lines = ["市审计局2019年政府信息公开年度报告", "一、总体情况：公开20条。", "（一）渠道。网站。"]
    report = _read([*lines, "二、其他", "无"])
    assert [item.text for item in report.sections] == ["公开20条。", "网站。", "无"]


def test_a_month_alone_is_no_date_of_signature() -> None:
    lines = [
        "市审计局2019年政府信息公开年度报告",
        "一、概述",
        "无",
        "二、其他",
        "无",
        "二〇二〇年一月",
    ]
    assert _read(lines).signed_date == ""
