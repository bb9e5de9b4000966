"""Tables on pages: without ruled lines, and cut by page breaks."""

from itertools import accumulate

import pytest

from archive.declarations import load
from parsers.records import Observation
from parsers.tables import read_tables
from pipelines.assembly import Line
from pipelines.documents import read_document
from pipelines.paged.cuts import join
from pipelines.paged.glyphs import TextLine
from pipelines.paged.pages import PageBlocks, joined_drafts
from pipelines.paged.tables import Piece, PieceCell
from tests.gate.reports import OwnReport, reports
from tests.pipelines.documents import paper, sample

# Millimetres of each column, by the number of columns; and the white beside each text.
WIDTHS = {
    3: [100.0, 20, 40],
    4: [70.0, 30, 30, 30],
    10: [12.0, 18, 33, *[14] * 7],
    15: [10.7] * 15,
}
PAD = 2.0


def without_rules(blocks: list[str | sample.Rows]) -> bytes:
    """A PDF whose tables are told by white alone."""
    sheets = paper.Paper()
    for block in blocks:
        if isinstance(block, str):
            sheets.write(block)
        else:
            _write_rows(sheets, block)
    return paper.pdf_of(sheets.pages)


def _write_rows(sheets: paper.Paper, rows: sample.Rows) -> None:
    cells = list(sample.positions(rows))
    widths = WIDTHS[max(x + colspan for _, _, x, colspan, _ in cells)]
    edges = list(accumulate(widths, initial=paper.MARGIN))
    for number in range(len(rows)):
        texts = [
            (edges[x] + PAD, _lines(text, edges[x + colspan] - edges[x] - 2 * PAD))
            for text, y, x, colspan, _ in cells
            if y == number
        ]
        height = max(len(lines) for _, lines in texts) * (paper.SIZE + 0.6) + 1.6
        if not sheets.room(height):
            sheets.new_page()
        for x, lines in texts:
            for line, text in enumerate(lines):
                y = sheets.y + paper.SIZE + line * (paper.SIZE + 0.6)
                sheets.pages[-1].texts.append((x, y, paper.SIZE, text))
        sheets.y += height


def _lines(text: str, width: float) -> list[str]:
    count = len(text) if text.isascii() else max(int(width / paper.SIZE), 1)
    return [text[start : start + count] for start in range(0, len(text), max(count, 1))]


def judged(report: OwnReport) -> tuple[int, list[Observation]]:
    """How many figures are right, and those that are wrong."""
    reading = read_tables(read_document(without_rules(report.blocks)), load())
    right, wrong = 0, []
    for item in reading.observations:
        said = "" if item.value is None else str(item.value)
        wanted = report.truth.get((item.indicator, item.applicant))
        right += bool(said) and said == wanted
        wrong += [item] if said != wanted and item.status != "unreadable" else []
    assert reading.problems or right == sum(bool(text) for text in report.truth.values())
    return right, wrong


def test_a_table_without_rules_is_read_over_pages_and_wrapped_labels() -> None:
    report = reports()[0]
    assert judged(report) == (sum(bool(text) for text in report.truth.values()), [])


@pytest.mark.parametrize("report", reports(), ids=lambda report: report.name)
def test_what_no_white_tells_is_a_problem_and_no_figure(report: OwnReport) -> None:
    _, wrong = judged(report)
    assert wrong == []


FULL, LOOSE = 0.5, 5.0


def piece(*rows: list[tuple[str, float]]) -> Piece:
    """Rows of two columns: text, and the room left in its last line."""
    cells = [
        PieceCell(text, number, number + 1, 100.0 * x, 100.0 * x + 100, "", room=room)
        for number, row in enumerate(rows)
        for x, (text, room) in enumerate(row)
    ]
    return Piece(cells, len(rows), "")


def texts(joined: Piece) -> list[list[str]]:
    return [[cell.text for cell in joined.row(number)] for number in range(joined.height)]


CUTS = {
    "a label goes on": (
        "其中：制发规范",
        FULL,
        "5",
        LOOSE,
        "性文件数",
        "",
        [["其中：制发规范性文件数", "5"]],
    ),
    "a figure goes on": ("规章", LOOSE, "20", FULL, "", "754", [["规章", "20754"]]),
    "a figure stands below": ("1.当面", FULL, "", 0.0, "申请数", "7", [["1.当面申请数", "7"]]),
    "no full line": ("规章", LOOSE, "20", LOOSE, "", "754", [["规章", "20"], ["", "754"]]),
    "a numbered row": (
        "1.当面",
        FULL,
        "4",
        FULL,
        "2.传真",
        "7",
        [["1.当面", "4"], ["2.传真", "7"]],
    ),
    "one cell is not full": ("规章", LOOSE, "4", FULL, "文件", "7", [["规章", "4"], ["文件", "7"]]),
}


@pytest.mark.parametrize("name", CUTS)
def test_a_row_that_a_page_break_cuts(name: str) -> None:
    label, label_room, figure, figure_room, rest, more, wanted = CUTS[name]
    above = piece([(label, label_room), (figure, figure_room)])
    assert texts(join(above, piece([(rest, 0), (more, 0)]))) == wanted


def test_below_numbered_rows_one_without_a_number_is_the_rest_of_the_last() -> None:
    rows = [(f"{number}.行{number}", str(number)) for number in range(1, 4)]
    numbered = [[(label, LOOSE), (figure, LOOSE)] for label, figure in rows]

    def joined(*first: list[tuple[str, float]]) -> list[list[str]]:
        return texts(join(piece(*first), piece([("其余", 0), ("", 0)], [("4.行4", 0), ("9", 0)])))

    assert joined(*numbered)[2:] == [["3.行3其余", "3"], ["4.行4", "9"]]
    assert joined(*numbered[:2], [("行", LOOSE), ("3", LOOSE)])[3:] == [
        ["其余", ""],
        ["4.行4", "9"],
    ]


@pytest.mark.parametrize(
    ("foot", "times"), [("0 0 0 3", 2), ("青禾县民政局政府信息公开年度报告", 0)]
)
def test_equal_rows_of_figures_on_two_pages_are_no_running_foot(foot: str, times: int) -> None:
    pages = [
        PageBlocks(
            f"pdf:page={number}",
            800.0,
            (
                TextLine(f"第{number}段文字。", 50, 300, 200, 312, 12),
                TextLine(foot, 50, 770, 200, 782, 12),
            ),
        )
        for number in (1, 2)
    ]
    lines = [draft.text for draft in joined_drafts(pages) if isinstance(draft, Line)]
    assert sum(line.count(foot) for line in lines) == times
