"""Documents beyond any report: bounded time, a problem that tells, never an exception."""

import time
from collections.abc import Callable

import pytest

from archive.declarations import load
from parsers.records import Block, Context, Document, Grid, Paragraph, Report
from parsers.report import MAX_BLOCKS, MAX_CHARS, read_reports
from parsers.tables import read_tables
from tests.parsers.tables.build import grid

TITLE = "青阳县水利局2022年政府信息公开工作年度报告"
HEADS = ["统计指标", "单位", "统计数"]
ROW = ["（一）收到申请数", "件", "5"]
# Of processor time: some ten times what a quiet machine needs.
SECONDS = 30.0


def paragraphs(lines: list[str]) -> list[Block]:
    return [Paragraph(line, f"html:p[{number}]") for number, line in enumerate(lines, 1)]


def long_grid(rows: int) -> Grid:
    small = grid([HEADS, ROW])
    return Grid((small.rows[0], *(small.rows[1] for _ in range(rows))), small.place)


def wide_grid() -> Grid:
    return grid([["统计指标", "单位", *["统计数"] * 30_001], ["收到申请数", "件", *["5"] * 30_001]])


def many_tables() -> list[Block]:
    return [grid([HEADS, ROW], number) for number in range(2_000)]


DOCUMENTS: dict[str, tuple[Callable[[], list[Block]], str]] = {
    "a table of a hundred thousand rows": (lambda: [long_grid(100_000)], "table_too_large"),
    "a table of one row as wide": (lambda: [wide_grid()], "table_too_large"),
    "two thousand tables": (many_tables, "repeated_table"),
    "a sheet of tabs without end": (
        lambda: paragraphs(["\t".join(HEADS), *["\t".join([*ROW, "", ""])] * 15_000]),
        "table_too_large",
    ),
    "a sheet of single cells without end": (
        lambda: paragraphs(HEADS + ROW * 3_000),
        "repeated_row",
    ),
    "lines without end": (
        lambda: paragraphs(["全年主动公开政府信息12条。"] * (MAX_BLOCKS + 1)),
        "too_long",
    ),
    "titles without end": (
        lambda: paragraphs([f"{TITLE}及其说明"] * (MAX_BLOCKS + 1)),
        "too_long",
    ),
    "one line without end": (
        lambda: paragraphs(["公开政府信息12条，" * (MAX_CHARS)]),
        "too_long",
    ),
    "labels that are almost known": (
        lambda: [
            grid(
                [
                    HEADS,
                    ROW,
                    *([f"（一）收到申请总{chr(0x4E00 + n)}", "件", "5"] for n in range(3000)),
                ]
            )
        ],
        "unknown_label",
    ),
    "heads without end": (
        lambda: [grid([HEADS] * 9_000), grid([HEADS, ["（一）收到申请总", "件", "5"], ROW], 2)],
        "unknown_label",
    ),
    "half a table": (lambda: [grid([HEADS, ["（一）收到申请数", "件"]])], "unclear_columns"),
}


def read(blocks: list[Block]) -> tuple[Report, ...]:
    document = Document((Paragraph(TITLE, "html:p[1]"), *blocks), "html")
    start = time.process_time()
    reports = read_reports(document, Context(), load())
    assert time.process_time() - start < SECONDS
    return reports


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_too_much_is_told_in_bounded_time(name: str) -> None:
    make, kind = DOCUMENTS[name]
    (report,) = read(make())
    assert kind in {problem.kind for problem in report.problems}
    assert len(report.problems) < 300


@pytest.mark.parametrize(
    "blocks", [[], [Paragraph("", "html:p[1]")], [Grid((), "html:table[1]")]], ids=range(3)
)
def test_nothing_is_no_report(blocks: list[Block]) -> None:
    assert read_reports(Document(tuple(blocks), "html"), Context(), load()) == ()
    assert read_tables(Document(tuple(blocks), "html"), load()).observations == ()


def test_time_grows_with_size_and_no_faster() -> None:
    """Four times the rows take some four times as long, where squares would take sixteen."""

    def seconds(rows: int) -> float:
        labels = [[f"主动公开某{chr(0x4E00 + n)}数", "件", str(n)] for n in range(rows)]
        blocks: list[Block] = [grid([HEADS, ROW, *labels])]
        return min(_timed(blocks) for _ in range(2))

    assert seconds(1200) < 9 * seconds(300)


def _timed(blocks: list[Block]) -> float:
    start = time.process_time()
    read_tables(Document(tuple(blocks), "html"), load())
    return time.process_time() - start
