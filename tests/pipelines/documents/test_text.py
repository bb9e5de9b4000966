"""Plain text: lines, and the cells of comma-separated ones."""

import pytest

from pipelines.documents import read_document


def lines(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_document(text.encode("gb18030")).paragraphs()]


def test_comma_separated_values_are_cells() -> None:
    found = lines('指标,单位,数量\r\n主动公开,条,"1,234"\r\n收到申请,件,\r\n办结,件,0\r\n')
    assert found == ["指标\t单位\t数量", "主动公开\t条\t1,234", "收到申请\t件\t", "办结\t件\t0"]


def test_commas_of_prose_part_nothing() -> None:
    prose = ["一、总体情况", "全年公开信息12条,比上年多3条。", "收到申请3件,办结3件,没有结转。"]
    assert lines("\n".join(prose)) == prose


def test_a_line_too_long_for_a_row_stays_one() -> None:
    assert lines("a,b\n" * 40_000 + "a," + "字" * 200_000)[-1].startswith("a,字")


def cells(text: str) -> list[list[str]]:
    document = read_document(text.encode())
    return [[cell.strip() for cell in p.text.split("\t")] for p in document.paragraphs()]


def test_cells_that_blanks_part_are_told_and_keep_their_places() -> None:
    text = (
        "项目名称　　单位    数量\n主动公开信息　　条    12\n收到 申请　　　　件     7\n办结 0 7\n"
        "联系人  王 某\n发布　单位　　说明如下。"
    )
    assert cells(text) == [
        ["项目名称", "单位", "数量"],
        ["主动公开信息", "条", "12"],
        ["收到 申请", "件", "7"],
        ["办结", "0", "7"],
        ["联系人", "王 某"],
        ["发布　单位　　说明如下。"],
    ]
    paragraphs = list(read_document(text.encode()).paragraphs())
    begin, _, end = paragraphs[1].place.removeprefix("text:").partition("-")
    assert len(paragraphs[1].text) == int(end) - int(begin)


def test_a_few_lines_with_blanks_make_no_table() -> None:
    text = "某市水务局  2023\n邮编  310000\n政　府　信　息"
    assert cells(text) == [["某市水务局  2023"], ["邮编  310000"], ["政　府　信　息"]]


def test_lines_that_only_draw_a_table_are_none() -> None:
    text = "┌──┬──┐\n│收到│ 7  │\n├──┼──┤\n│办结│ 5  │\n└──┴──┘"
    drawn = [paragraph.text for paragraph in read_document(text.encode("gb18030")).paragraphs()]
    assert drawn == ["│收到│ 7  │", "│办结│ 5  │"]
    assert cells("| 项目 | 数量 |\n| --- | :-: |\n| 收到 | 7 |") == [
        ["| 项目 | 数量 |"],
        ["| 收到 | 7 |"],
    ]


def test_quotes_around_cells_are_left_out_and_may_hold_lines() -> None:
    assert cells('"收到","7"\n"办结","5","6"') == [["收到", "7"], ["办结", "5", "6"]]
    assert cells('"收到申请"\t"1,234"\n他说"好"。') == [["收到申请", "1,234"], ['他说"好"。']]
    rows = [["甲 乙", "1"], ["丙", "2"], ["丁", "3"]]
    assert cells('"甲\n乙",1\n丙,2\n丁,3') == rows
    assert cells('"甲\r\n乙";1\n丙;2\n丁;3')[1:] == rows[1:]


@pytest.mark.parametrize(
    "printed",
    [
        ["2022年,收到申请5件。", "办结5件,结转0件。", "无复议,无诉讼。"],
        ["屏,台,3", '12" 屏,台,3', '14" 屏,台,4', '"结转,件,7', "其他,件,8", '"维持,件,9'],
    ],
)
def test_neither_sentences_nor_single_quotes_part_or_join_lines(printed: list[str]) -> None:
    assert lines("\n".join(printed)) == printed


def test_commas_of_thousands_part_no_cells() -> None:
    assert cells("收到 1,234 5\n办结 2,345 6\n结转 3,456 7") == [
        ["收到", "1,234", "5"],
        ["办结", "2,345", "6"],
        ["结转", "3,456", "7"],
    ]


@pytest.mark.parametrize("piece", ["|---", "─ ", "+-", '","a\n', ',"""x', '"a"\t'])
def test_no_line_takes_long(piece: str) -> None:
    assert lines(piece * 8_000 + "x")
