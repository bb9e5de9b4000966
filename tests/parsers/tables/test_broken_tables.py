"""Tables broken in ways that once made one row's figure another's: each ends as a problem."""

from tests.parsers.tables.build import figures, grid, kinds, read, read_text
from tests.parsers.tables.samples import review_table

HEADS = ["统计指标", "单位", "统计数"]


def linear(*cells: str) -> str:
    return "\n".join(f"\t{cell}" for cell in cells)


def test_rows_below_a_mistyped_section_head_are_not_the_section_s_above() -> None:
    reading = read(
        grid(
            [
                HEADS,
                ["四、行政复议数量", "件", "3"],
                ["（一）维持具体行政行为数", "件", "1"],
                ["五、行政诉某数量", "件", "9"],
                ["（二）被依法纠错数", "件", "7"],
            ]
        )
    )
    assert ("review.corrected", "", "year") not in figures(reading)
    assert "unknown_label" in kinds(reading)


def test_rows_below_a_wiped_label_are_not_the_section_s_above() -> None:
    reading = read(
        grid(
            [
                HEADS,
                ["四、行政复议数量", "件", "3"],
                ["（一）维持具体行政行为数", "件", "1"],
                ["", "件", "9"],
                ["（二）被依法纠错数", "件", "7"],
            ]
        )
    )
    assert ("review.corrected", "", "year") not in figures(reading)
    assert reading.problems


def test_a_label_cut_by_the_page_break_does_not_leave_blanks() -> None:
    first = [HEADS, ["（一）收到申请数", "件", "2"], ["1.当面申请数", "", ""]]
    second = [["另外的一行", "件", "5"], ["2.传真申请数", "件", "1"]]
    found = figures(read(grid(first), grid(second, 2)))
    assert ("requests.received.in_person", "", "year") not in found
    assert found["requests.received.fax", "", "year"].value == 1


def test_a_row_printed_differently_on_both_sides_of_a_page_break_proves_neither() -> None:
    first = [HEADS, ["（一）收到申请数", "件", "2"], ["1.当面申请数", "件", "5"]]
    second = [["1.当面申请数", "件", "6"], ["2.传真申请数", "件", "1"]]
    reading = read(grid(first), grid(second, 2))
    found = figures(reading)
    assert found["requests.received.in_person", "", "year"].status == "unreadable"
    assert found["requests.received.fax", "", "year"].value == 1
    assert "repeated_row" in kinds(reading)


def test_a_damaged_first_figure_does_not_push_the_line_aside() -> None:
    heads = [cell if isinstance(cell, str) else cell[0] for row in review_table([]) for cell in row]
    values = ["1", "2□", "", *("4" for _ in range(12)), ""]
    reading = read_text(linear(*heads, *values))
    assert not [item for item in reading.observations if item.status == "reported"]
    assert reading.problems


def test_labels_and_figures_with_blank_lines_between_are_told() -> None:
    rows = [("（一）收到申请数", "2"), ("1.当面申请数", "1"), ("2.传真申请数", "1")]
    cells = [part for label, value in rows for part in (label, "", "件", "", value)]
    assert kinds(read_text(linear(*cells))) == ["no_heads"]


def test_a_made_up_cell_is_not_a_blank_one() -> None:
    rows = [
        HEADS,
        ["（一）收到申请数", "件", "2"],
        ["1.当面申请数", "件"],
        ["2.传真申请数", "件", "1"],
    ]
    reading = read(grid(rows))
    assert ("requests.received.in_person", "", "year") not in figures(reading)
    assert kinds(reading) == ["unclear_columns"]
