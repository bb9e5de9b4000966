"""Tables broken in ways that once made one row's figure another's: each ends as a problem."""

from parsers.tables import TableReading
from tests.parsers.tables.build import figures, grid, kinds, read, read_text
from tests.parsers.tables.expected import numbered, value
from tests.parsers.tables.samples import (
    HEADS as APPLICANTS,
)
from tests.parsers.tables.samples import (
    REQUEST_ROWS,
    request_header,
    request_table,
    review_table,
)

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


def requests_in_lines(lost: str = "", blank: tuple[str, ...] = ()) -> str:
    """The requests table of single cells; `lost` labels a row, `blank` are figures left out."""
    rows = request_table(numbered())
    texts = [cell if isinstance(cell, str) else cell[0] for row in rows for cell in row]
    return linear(*(text for text in texts if text and text != lost and text not in blank))


def test_a_full_table_of_single_cells_loses_nothing() -> None:
    found = figures(read_text(requests_in_lines()))
    assert {key[:2]: str(item.value) for key, item in found.items()} == numbered()


def test_two_short_rows_are_no_full_one_of_single_cells() -> None:
    codes = [code for _, _, code in REQUEST_ROWS]
    at = codes.index("requests.outcome.not_processed.excessive")
    table = numbered()
    left = [text for (code, _), text in table.items() if code == codes[at]]
    lost = next(label for _, label, code in REQUEST_ROWS if code == codes[at + 1])
    right = [text for (code, _), text in table.items() if code == codes[at + 1]]
    reading = read_text(requests_in_lines(lost, (*left[2:], *right[5:])))
    assert codes[at] not in {key[0] for key in figures(reading)}
    assert "unclear_columns" in kinds(reading)


def test_a_group_s_head_does_not_take_the_figures_of_a_lost_label() -> None:
    lost = next(label for _, label, code in REQUEST_ROWS if code.endswith("refused.state_secret"))
    reading = read_text(requests_in_lines(lost))
    assert "requests.outcome.refused" not in {key[0] for key in figures(reading)}
    assert reading.problems


def test_a_blank_cell_beside_a_label_of_unusual_width_pushes_nothing_aside() -> None:
    rows = request_table(numbered())
    total = next(row for row in rows if "总计" in str(row[0]) and len(row) > 7)
    total[0] = (total[0][0], 1, 2)
    total[1:] = ["", "", "1", "", "2", "3", "", "4"]
    reading = read(grid(rows))
    found = figures(reading)
    assert ("requests.outcome.total", "business", "year") not in found
    assert "unclear_columns" in kinds(reading)


def test_figures_below_one_head_alone_are_told() -> None:
    reading = read_text(linear("行政复议", "\u3000", "行政诉讼", "\u3000", "1", "2", "3", "4"))
    assert not reading.observations
    assert kinds(reading) == ["no_heads"]


def test_a_label_spaced_out_thrice_is_still_known() -> None:
    label = "   ".join("申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请")
    rows = request_table(numbered())
    for row in rows:
        row[:] = [label if isinstance(cell, str) and "逾期不补正" in cell else cell for cell in row]
    reading = read(grid(rows))
    assert reading.problems == ()
    assert len(reading.observations) == len(numbered())


def test_a_count_below_zero_is_told_and_keeps_its_sign() -> None:
    reading = read(grid([HEADS, ["（一）收到申请数", "件", "-2"], ["1.当面申请数", "件", "1"]]))
    assert figures(reading)["requests.received", "", "year"].value == -2
    assert kinds(reading) == ["negative_figure"]
    assert reading.tables == "read"


def test_a_change_below_zero_is_none() -> None:
    rows = [
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "7", "-3", "20"],
    ]
    reading = read(grid(rows))
    assert figures(reading)["proactive.licensing.items_change", "", "year"].value == -3
    assert kinds(reading) == []


def test_a_text_right_below_heads_of_single_cells_may_be_one_of_them() -> None:
    heads = ["申请人情况", "自然人", "法人或其他组织", "总计", *APPLICANTS[1:6]]
    rows = ["一、本年新收政府信息公开申请数量", *"1234567"]
    rows += ["二、上年结转政府信息公开申请数量", *"1234567"]
    assert figures(read_text("\n".join([*heads, *rows])))
    reading = read_text("\n".join([*heads, "同比", *rows]))
    assert not reading.observations
    assert "unclear_columns" in kinds(reading)


def test_a_row_without_its_label_on_the_next_page_is_told() -> None:
    reading = read(grid([HEADS, ["（一）收到申请数", "件", "7"]]), grid([["万元", "10027"]], 2))
    assert [item.value for item in reading.observations] == [7]
    assert kinds(reading) == ["doubtful_row"]


def test_a_blank_row_above_one_with_the_figures_of_two_is_doubted() -> None:
    result, blank = "三、本年度办理结果", [""] * 7
    half = [result, "（二）部分公开（区分处理的，只计这一", "", *blank]
    both = [f"{n}\n{n + 10}" if n % 3 else "4" for n in range(1, 8)]
    second = [["", "情形，不计其他情形）\n（三）不予公开", "1.属于国家秘密", *both]]
    reading = read(grid([*request_header(), half]), grid(second, 2))
    assert not reading.observations
    assert kinds(reading) == ["doubtful_row", "doubtful_row"]


def test_a_blank_row_above_a_cell_with_two_figures_is_doubted() -> None:
    first = [HEADS, ["四、行政复议数量", "件", "7"], ["（三）其他情形数", "", ""]]
    reading = read(grid(first), grid([["五、行政诉讼数量", "件", "5\n6"]], 2))
    assert [item.status for item in reading.observations] == ["reported", "unreadable"]
    assert kinds(reading) == ["doubtful_row", "unreadable_figure"]


def test_a_head_made_its_opposite_gives_no_figure() -> None:
    def read_under(head: str) -> TableReading:
        heads = ["信息内容", "本年新制作数量", "本年新公开数量", head]
        return read(grid([["第二十条第（一）项", "", "", ""], heads, ["规章", "1", "2", "3"]]))

    total = ("proactive.rules.disclosed_total", "", "year")
    assert value(read_under("对外公开总某量"), *total) == 3
    instead = read_under("对内公开总数量")
    assert kinds(instead) == ["unknown_label"]
    assert total not in figures(instead)
