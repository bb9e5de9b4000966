"""Tables without ruled lines in the official forms: heads of several levels, all alignments."""

from itertools import accumulate
from typing import NamedTuple

import pytest

from archive.declarations import load
from parsers.records import Grid
from parsers.tables import read_tables
from pipelines.documents import read_document
from tests.gate.reports import OwnReport, reports
from tests.pipelines.documents import paper, sample

# Millimetres of each column, by the number of columns; white left, right and above of each text.
WIDTHS = {
    3: [100.0, 22, 38],
    4: [46.0, 38, 38, 38],
    10: [13.0, 20, 40, *[15.5] * 7],
    15: [12.0] * 15,
}
PAD, ABOVE = 1.0, 1.2
LEADING = paper.SIZE + 0.5
LEFT, MARGIN = 12.0, 15.0


class Way(NamedTuple):
    """How far across and down texts and figures stand in the free room of their cells."""

    texts: float
    figures: float
    down: float


WAYS = {
    "left": Way(0.0, 0.0, 0.0),
    "middle": Way(0.5, 0.5, 0.5),
    "right": Way(1.0, 1.0, 0.5),
    "foot": Way(0.0, 0.0, 1.0),
    "figures right": Way(0.5, 1.0, 0.5),
    "figures left": Way(0.5, 0.0, 0.5),
}


def drawn(blocks: list[str | sample.Rows], way: Way) -> list[paper.Page]:
    """The pages of a report whose tables are told by white alone."""
    sheets = paper.Paper()
    for block in blocks:
        if isinstance(block, str):
            sheets.write(block)
            sheets.y += 2
        else:
            _write(sheets, block, way)
            sheets.y += 5
    return sheets.pages


def _write(sheets: paper.Paper, rows: sample.Rows, way: Way) -> None:
    cells = list(sample.positions(rows))
    edges = list(accumulate(WIDTHS[max(x + c for _, _, x, c, _ in cells)], initial=LEFT))
    lines = {(y, x): _lines(text, edges[x + c] - edges[x] - 2 * PAD) for text, y, x, c, _ in cells}
    heights = [_height(cells, lines, row) for row in range(len(rows))]
    top = 0
    while top < len(rows):
        bottom, used = top, 0.0
        while bottom < len(rows) and sheets.room(used + heights[bottom]):
            used += heights[bottom]
            bottom += 1
        if bottom == top or (top == 0 and bottom < min(len(rows), 5)):
            sheets.new_page()
            continue
        ys = list(accumulate(heights[top:bottom], initial=sheets.y))
        for _, y, x, c, r in cells:
            if top <= y < bottom:
                box = (edges[x], ys[y - top], edges[x + c], ys[min(y + r, bottom) - top])
                _put(sheets.pages[-1], lines[y, x], box, way)
        sheets.y, top = ys[-1], bottom


def _height(
    cells: list[tuple[str, int, int, int, int]], lines: dict[tuple[int, int], list[str]], row: int
) -> float:
    """What the cells that stand in one row alone need."""
    most = max((len(lines[y, x]) for _, y, x, _, r in cells if y == row and r == 1), default=1)
    return most * LEADING + 2 * ABOVE


def _put(
    page: paper.Page,
    lines: list[str],
    box: tuple[float, float, float, float],
    way: Way,
) -> None:
    across = way.figures if "".join(lines).isdigit() else way.texts
    x0, y0, x1, y1 = box
    y = y0 + ABOVE + way.down * (y1 - y0 - 2 * ABOVE - len(lines) * LEADING)
    for number, text in enumerate(lines):
        x = x0 + PAD + across * (x1 - x0 - 2 * PAD - _width(text))
        page.texts.append((x, y + number * LEADING + paper.SIZE, paper.SIZE, text))


def _width(text: str) -> float:
    return len(text) * paper.SIZE


def _lines(text: str, width: float) -> list[str]:
    count = max(int(width / paper.SIZE), 1)
    return [text[start : start + count] for start in range(0, len(text), count)]


def small(report: OwnReport) -> OwnReport:
    """The report with no figure longer than a narrow cell holds."""
    truth = {key: _short(text) for key, text in report.truth.items()}
    blocks: list[str | sample.Rows] = [
        block
        if isinstance(block, str)
        else [[(_short(text), c, r) for text, c, r in row] for row in block]
        for block in report.blocks
    ]
    return OwnReport(report.name, blocks, truth)


def _short(text: str) -> str:
    return text[:2] if text.isdigit() else text


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("report", reports(), ids=lambda report: report.name)
def test_the_official_forms_are_read_without_rules(report: OwnReport, way: str) -> None:
    report = small(report)
    reading = read_tables(read_document(paper.pdf_of(drawn(report.blocks, WAYS[way]))), load())
    wanted = {key: text for key, text in report.truth.items() if text}
    read = {
        (item.indicator, item.applicant): str(item.value)
        for item in reading.observations
        if item.value is not None
    }
    wrong = {key: text for key, text in read.items() if report.truth.get(key) != text}
    assert wrong == {}
    assert len(read) >= 0.95 * len(wanted)
    assert reading.problems or read == wanted


HEADS = [("事项", 1, 2), ("甲类", 2, 1), ("乙类", 2, 1)]
LEAVES = [("一季度数", 1, 1), ("二季度数", 1, 1), ("三季度数", 1, 1), ("四季度数", 1, 1)]


def grids(pages: list[paper.Page]) -> list[list[list[str]]]:
    document = read_document(paper.pdf_of(pages))
    found = [block for block in document.blocks if isinstance(block, Grid)]
    return [[[cell.text for cell in row] for row in grid.rows] for grid in found]


def rows_of(*lines: list[str]) -> sample.Rows:
    return [HEADS, LEAVES, *[[(text, 1, 1) for text in line] for line in lines]]


WIDTHS[5] = [46.0, 30, 30, 30, 30]
BODY = (["（一）收到", "1", "", "30", "4"], ["（二）办理", "", "2", "", "55"])


@pytest.mark.parametrize("way", ["left", "middle", "right", "foot"])
def test_blanks_keep_their_columns(way: str) -> None:
    (grid,) = grids(drawn([rows_of(*BODY)], WAYS[way]))
    assert grid[-2:] == list(BODY)
    assert grid[1] == ["事项", *(text for text, _, _ in LEAVES)]


def test_heads_of_groups_stand_over_their_columns() -> None:
    (grid,) = grids(drawn([rows_of(*BODY)], WAYS["middle"]))
    assert grid[0] == ["事项", "甲类", "甲类", "乙类", "乙类"]


def moved(pages: list[paper.Page], text: str, by: tuple[float, float]) -> list[paper.Page]:
    """The pages with one text elsewhere."""
    for page in pages:
        page.texts = [
            (x + by[0], y + by[1], size, word) if word == text else (x, y, size, word)
            for x, y, size, word in page.texts
        ]
    return pages


@pytest.mark.parametrize("by", [(15.0, 0.0), (0.0, 3.0)], ids=["columns", "rows"])
def test_a_figure_between_two_places_makes_no_table(by: tuple[float, float]) -> None:
    body: sample.Rows = [[(text, 1, 1) for text in line] for line in BODY]
    pages = drawn([[[("事项", 1, 1), *LEAVES], *body]], WAYS["middle"])
    assert grids(moved(pages, "30", by)) == []


def test_a_figure_on_two_lines_is_no_figure() -> None:
    pages = drawn([rows_of(*BODY)], WAYS["left"])
    pages[-1].texts.append((92.5, pages[-1].texts[-1][1] + LEADING, paper.SIZE, "77"))
    assert all("77" not in row and "277" not in row for grid in grids(pages) for row in grid[-2:])


def flat(*lines: list[str]) -> sample.Rows:
    """A table with one row of heads."""
    return [[("事项", 1, 1), *LEAVES], *[[(text, 1, 1) for text in line] for line in lines]]


@pytest.mark.parametrize("way", ["figures right", "figures left"])
def test_figures_beside_their_heads_keep_their_columns(way: str) -> None:
    (grid,) = grids(drawn([flat(*BODY)], WAYS[way]))
    assert grid[-2:] == list(BODY)


@pytest.mark.parametrize("way", ["figures right", "figures left"])
def test_a_blank_column_at_the_edge_leaves_it_open_which_heads_figures_have(way: str) -> None:
    lines = ["（一）收到", "", "7", "3", ""], ["（二）办理", "", "2", "5", ""]
    assert grids(drawn([flat(*lines)], WAYS[way])) == []


def test_figures_of_unequal_length_show_the_side_that_they_stand_on() -> None:
    lines = ["（一）收到", "", "712", "3", ""], ["（二）办理", "", "2", "505", ""]
    (grid,) = grids(drawn([flat(*lines)], WAYS["figures right"]))
    assert grid[-2:] == list(lines)


def test_the_head_of_the_units_is_no_head_of_figures() -> None:
    rows = [
        ["指标", "单位", "统计数"],
        ["（一）收到申请数", "件", "15"],
        ["（二）办结数", "件", "2"],
    ]
    table: sample.Rows = [[(text, 1, 1) for text in row] for row in rows]
    (grid,) = grids(drawn([table], Way(0.0, 1.0, 0.5)))
    assert grid == rows


def test_figures_under_a_head_of_a_group_are_not_taken_for_its_own() -> None:
    line = ["（一）收到", "", "3", "125", ""]
    assert grids(drawn([rows_of(line)], WAYS["figures left"])) == []
