"""Tables that a page lays out in flexible boxes or a grid."""

import pytest

from parsers.records import Document
from pipelines.documents import read_document

ROWS = [
    ["指标", "单位", "数量"],
    ["收到申请数", "件", "6"],
    ["公开", "条", "412"],
    ["复议", "件", "0"],
]
LEAD = "2022年，市民政局主动公开信息412条，收到申请6件。"
FLEX = "display:flex"
COUNTER = f"<div style='{FLEX}'><p>{{}}</p><p>6</p></div>"
GRID = "display:grid;grid-template-columns:"


def read(inside: str, sheet: str = "") -> Document:
    page = f"<html><head><style>{sheet}</style></head><body><p>{LEAD}</p>{inside}</body></html>"
    return read_document(page.encode())


def rows_of(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids()]


def boxes(row: str, cell: str = "<div>{}</div>") -> str:
    parts = ("".join(map(cell.format, texts)) for texts in ROWS)
    return "<div>" + "".join(f"<div {row}>{part}</div>" for part in parts) + "</div>"


def cells(around: str) -> str:
    return f"<div {around}>" + "".join(f"<div>{t}</div>" for row in ROWS for t in row) + "</div>"


@pytest.mark.parametrize(
    ("inside", "sheet"),
    [
        (boxes(f"style='{FLEX}'"), ""),
        (boxes(f"style='{FLEX}'", "<span>{}</span>"), ""),
        (boxes("class=row"), ".row{" + FLEX + "}"),
        (cells(f"style='{GRID} 2fr 1fr 1fr'"), ""),
        (cells(f"style='{GRID}repeat(3, 1fr)'"), ""),
        (cells("class=g"), ".g{" + GRID + "repeat(3,minmax(0,1fr))}"),
    ],
)
def test_equal_rows_of_short_cells_are_a_table(inside: str, sheet: str) -> None:
    document = read(inside, sheet)
    assert rows_of(document) == [ROWS]
    assert "#/html/body/div" in next(document.grids()).rows[1][2].place


@pytest.mark.parametrize(
    "inside",
    [
        boxes(f"style='{FLEX};flex-direction:column'"),
        boxes(f"style='{FLEX};flex-flow:row-reverse'"),
        cells(f"style='{GRID}repeat(5,1fr)'"),
        cells(f"style='{GRID}repeat(auto-fit, 1fr)'"),
        cells(f"style='{GRID}[a] 1fr [b] 1fr 1fr'"),
        cells(f"style='{GRID}1fr 1fr 1fr;grid-auto-flow:column'"),
        cells(f"style='{GRID}1fr 1fr 1fr'").replace("<div>", "<div style='grid-column:1/3'>", 1),
        f"<div>{COUNTER.format('访问')}{COUNTER.format('点赞')}</div>",
        "<table data-columns-of-grid=x><tr><td>项目</td></tr></table>",
    ],
)
def test_what_is_not_plain_stays_lines(inside: str) -> None:
    assert rows_of(read(inside)) == []


@pytest.mark.parametrize(
    "inside",
    [
        boxes(f"style='{FLEX}'").replace("<div>单位</div>", "", 1),
        boxes(f"style='{FLEX};flex-flow:row-reverse'"),
        cells(f"style='{GRID}auto repeat(2, 1fr)'"),
        cells(f"style='{GRID}1fr 1fr 1fr'").replace("<div>", "<div style='grid-column:1/3'>", 1),
    ],
)
def test_boxes_with_words_of_forms_that_are_no_plain_table_are_told(inside: str) -> None:
    assert "doubtful_layout" in [problem.kind for problem in read(inside).problems]


@pytest.mark.parametrize(
    "inside",
    [
        f"<div>{COUNTER.format('访问')}{COUNTER.format('点赞')}</div>",
        f"<div style='{FLEX}'><a>信息公开指南</a><a>依申请公开</a><a>3</a></div>",
        f"<div style='{FLEX}'><p>{LEAD}</p><p>收到申请数</p><p>公开</p><p>6</p></div>",
        boxes(f"style='{FLEX}'"),
    ],
)
def test_menus_counters_columns_of_text_and_plain_tables_are_no_doubtful_ones(inside: str) -> None:
    assert "doubtful_layout" not in [problem.kind for problem in read(inside).problems]
