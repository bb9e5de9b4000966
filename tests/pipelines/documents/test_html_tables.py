"""Damaged and tricky tables, each with what a browser shows."""

import pytest

from pipelines.documents import read_document

A = "<p>表一：主动公开情况。</p>"
# Markup, and the grid that must come of it.
CASES: dict[str, tuple[str, list[list[str]]]] = {
    "row end tags missing": (
        "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "rowspan beyond the table": (
        "<table><tr><td rowspan=9>甲<td>1<tr><td>2</table>",
        [["甲", "1"], ["甲", "2"]],
    ),
    "rowspan clipped to its row group": (
        "<table><tbody><tr><td rowspan=5>甲<td>1<tr><td>2</tbody>"
        "<tbody><tr><td>乙<td>3</tbody></table>",
        [["甲", "1"], ["甲", "2"], ["乙", "3"]],
    ),
    "rowspan zero": (
        "<table><tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3</table>",
        [["甲", "1"], ["甲", "2"], ["甲", "3"]],
    ),
    "span with rubbish behind it": (
        '<table><tr><td colspan="2;">甲<td>1<tr><td>乙<td>丙<td>2</table>',
        [["甲", "甲", "1"], ["乙", "丙", "2"]],
    ),
    "span in percent": (
        '<table><tr><td colspan="2%">甲<td>1<tr><td>乙<td>丙<td>2</table>',
        [["甲", "甲", "1"], ["乙", "丙", "2"]],
    ),
    "span negative or empty": (
        '<table><tr><td colspan="-3">甲<td colspan="">1<tr><td>乙<td>2</table>',
        [["甲", "1"], ["乙", "2"]],
    ),
    "overlapping spans: the first wins": (
        "<table><tr><td>甲<td rowspan=2>1<td>x<tr><td colspan=2>乙<td>2</table>",
        [["甲", "1", "x"], ["乙", "1", "2"]],
    ),
    "ragged rows": (
        "<table><tr><td>甲<td>1<td>2<tr><td>乙</table>",
        [["甲", "1", "2"], ["乙", "", ""]],
    ),
    "cells inside form and font": (
        "<table><form><tr><font><td>甲</td><td>1</td></font></tr></form><tr><td>乙<td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "cells without a row": (
        "<table><td>甲</td><td>1</td><tr><td>乙</td><td>2</td></tr></table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "head written last": (
        "<table><tbody><tr><td>甲<td>1</tbody><thead><tr><th>项目<th>数量</thead></table>",
        [["项目", "数量"], ["甲", "1"]],
    ),
    "cells after the end of a row": (
        "<table><td>甲</td><td>1</td></tr><td>乙</td><td>2</td></tr> <td>丙<td>3</table>",
        [["甲", "1"], ["乙", "2"], ["丙", "3"]],
    ),
    "a head wider than all rows": (
        "<table><tr><td colspan=900>表<tr><td>甲<td>1<tr><td>乙<td>2</table>",
        [["表", "表"], ["甲", "1"], ["乙", "2"]],
    ),
    "an empty row first": (
        "<table><tr></tr><tr><td>甲<td>1<tr><td>乙<td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "rows chosen within a class": (
        "<style>.t{display:table}.t li{display:table-row}.t > li b{display:table-cell}</style>"
        "<ul class=t><li><b>甲</b><b>1</b></li><li><b>乙</b><b>2</b></li></ul>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "foot written first": (
        "<table><tfoot><tr><td>总计<td>9</tfoot><tbody><tr><td>甲<td>1</tbody></table>",
        [["甲", "1"], ["总计", "9"]],
    ),
    "hidden row and cell": (
        '<table><tr><td>甲<td>1<tr style="display: none"><td>旧<td>7'
        "<tr><td>乙<td hidden>8<td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "nested one-cell table": (
        "<table><tr><td>甲<td><table><tr><td>1</table><tr><td>乙<td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "trailing empty rows": (
        "<table><tr><td>甲<td>1<tr><td>乙<td>2<tr><td>&nbsp;<td>　</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "figures split over elements": (
        "<table><tr><td>甲<td>1<span>2</span><tr><td>乙<td>3<br>4</table>",
        [["甲", "12"], ["乙", "3\n4"]],
    ),
    "labels broken by br": (
        "<table><tr><td>本年新<br/>制作数量<td>1<tr><td>公开<br>数量<td>2</table>",
        [["本年新制作数量", "1"], ["公开数量", "2"]],
    ),
    "edges dragged by hand": (
        "<table><tr><td colspan=2>甲<td>1<tr><td colspan=2>乙<td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "filler row of Word": (
        "<table><tr><td>甲<td>1<tr><td>乙<td>2<![if !supportMisalignedColumns]>"
        "<tr height=0><td width=9></td><td width=9></td></tr><![endif]></table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "Office elements": (
        "<table><tr><td><p class=MsoNormal>甲<o:p></o:p></p><td><p>1<o:p>&nbsp;</o:p></p>"
        "<tr><td>乙<td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "huge spans": (
        '<table><tr><td>甲<td colspan="999999999">1<tr><td>乙<td colspan=1000000000>2</table>',
        [["甲", "1"], ["乙", "2"]],
    ),
    "caption and header cells": (
        "<table><caption>统计表</caption><thead><tr><th>项目<th>数量</thead><tr><td>甲<td>1</table>",
        [["项目", "数量"], ["甲", "1"]],
    ),
    "table within a cell never closed": (
        "<table><tr><td>甲<td>1<tr><td>乙<td>2",
        [["甲", "1"], ["乙", "2"]],
    ),
    "script, style and comments in cells": (
        "<table><tr><td>甲<!-- 9 --><td>1<script>8</script><tr><td>乙<style>x</style><td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "text behind a comment, outside of cells": (
        "<table><!-- 9 -->单位：件<tr><td>甲<td>1<tr><!-- 8 -->项<td>乙<td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "words behind a paragraph": (
        "<table><tr><td>甲<td><p>3</p><span>4</span><tr><td>乙<td><p>1</p> 2</table>",
        [["甲", "3\n4"], ["乙", "1\n2"]],
    ),
    "blank cells stay blank": (
        "<table><tr><td>甲<td>&nbsp;<td>1<tr><td>乙<td>　<td>2</table>",
        [["甲", "", "1"], ["乙", "", "2"]],
    ),
    "nested row of two cells": (
        "<table><tr><td>甲<td><table><tr><td>1<td>2</table><tr><td>乙<td>3</table>",
        [["甲", "1\n2"], ["乙", "3"]],
    ),
    "nested grid in a layout": (
        "<table><tr><td>左<td><table><tr><td>甲<td>1<tr><td>乙<td>2</table></table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "colspan zero": (
        "<table><tr><td colspan=0>甲<td>1<tr><td>乙<td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "spans with a sign, blanks, decimals, wide digits": (
        "<table><tr><td colspan='+2'>甲<td>1<tr><td colspan=' 2 '>乙<td>2"
        "<tr><td colspan='2.7'>丙<td>3<tr><td colspan='２'>丁<td>4<tr><td>戊<td>己<td>5</table>",
        [
            ["甲", "甲", "1"],
            ["乙", "乙", "2"],
            ["丙", "丙", "3"],
            ["丁", "丁", "4"],
            ["戊", "己", "5"],
        ],
    ),
    "invisible cell keeps its place": (
        "<table><tr><td>甲<td style='visibility:hidden'>9<td>1<tr><td>乙<td>3<td>2</table>",
        [["甲", "", "1"], ["乙", "3", "2"]],
    ),
    "a collapsed column prints nothing": (
        "<table><colgroup><col><col style='visibility:collapse'><col></colgroup>"
        "<tr><td>甲<td>7<td>1<tr><td>乙<td>2<td>3<tr><td colspan=3>注</table>",
        [["甲", "\ufffd", "1"], ["乙", "\ufffd", "3"], ["注", "注", "注"]],
    ),
    "a collapsed cell keeps its room": (
        "<table><tr><td>甲<td style='visibility:collapse'>7<td>1<tr><td>乙<td>2<td>3</table>",
        [["甲", "", "1"], ["乙", "2", "3"]],
    ),
    "a cell struck out keeps its room": (
        "<table><tr><td>甲<td style='text-decoration:line-through'>7<td>1"
        "<tr><td>乙<td>2<td>3</table>",
        [["甲", "", "1"], ["乙", "2", "3"]],
    ),
    "collapsed row and hidden row group": (
        "<table><tr><td>甲<td>1<tr style='visibility: collapse'><td>旧<td>7"
        "<tbody style='display:none'><tr><td>旧<td>8</tbody><tr><td>乙<td>2</table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    "row group begun in a cell never closed": (
        "<table><thead><tr><th>项<th>数</thead><tr><td>甲<td>1<thead><tr><th>项<th>数</thead>"
        "<tr><td>乙<td>2</table>",
        [["项", "数"], ["甲", "1"], ["项", "数"], ["乙", "2"]],
    ),
    "empty row in the midst": (
        "<table><tr><td rowspan=3>甲<td>1<tr></tr><tr><td>2</table>",
        [["甲", "1"], ["甲", ""], ["甲", "2"]],
    ),
    "struck out figures": (
        "<table><tr><td>甲<td><del>7</del>1<tr><td>乙<td><s>3</s>2"
        "<tr><td>丙<td><span style='text-decoration: line-through'>4</span>5</table>",
        [["甲", "1"], ["乙", "2"], ["丙", "5"]],
    ),
    "fields of a form": (
        "<table><tr><td>甲<td><input value=12 readonly><input type=hidden value=7><tr><td>乙"
        "<td><textarea>3</textarea><tr><td>丙"
        "<td><select><option>8<option selected>4<option>9</select></table>",
        [["甲", "12"], ["乙", "3"], ["丙", "4"]],
    ),
    "how a figure is read aloud": (
        "<table><tr><td>甲<td><ruby>12<rp>(</rp><rt>9</rt><rp>)</rp></ruby><tr><td>乙<td>2</table>",
        [["甲", "12"], ["乙", "2"]],
    ),
    "a drawing is not blank": (
        "<table><tr><td>甲<td><svg><text>7</text></svg><tr><td>乙<td><math><mn>8</mn></math>"
        "<tr><td>丙<td><span style='display:none'><svg></svg></span></table>",
        [["甲", "\ufffd"], ["乙", "\ufffd"], ["丙", ""]],
    ),
    "a picture is not blank": (
        "<table><tr><td>甲<td><img src=n.png>"
        "<tr><td>乙<td><img src=dot.gif width=1 height=1></table>",
        [["甲", "\ufffd"], ["乙", ""]],
    ),
    "characters without ink": (
        "<table><tr><td>甲<td>1\u200b2<tr><td>乙<td>\ufeff<tr><td>丙<td>\u20023</table>",
        [["甲", "12"], ["乙", ""], ["丙", "3"]],
    ),
    "raised figures": (
        "<table><tr><td>面积<td>12m<sup>2</sup><tr><td>乙<td>2</table>",
        [["面积", "12m²"], ["乙", "2"]],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_damaged_table_reads_as_a_browser_shows_it(name: str) -> None:
    markup, expected = CASES[name]
    page = f"<html><body><div id=zoom>{A}{markup}</div></body></html>"
    (grid,) = read_document(page.encode()).grids()
    assert [[cell.text for cell in row] for row in grid.rows] == expected


def test_a_spanned_cell_is_one_cell_and_knows_where_it_starts() -> None:
    page = "<table><tr><td>甲<td rowspan=2>1<tr><td>乙<tr><td>丙<td>2</table>"
    (grid,) = read_document(page.encode()).grids()
    assert grid.rows[0][1] is grid.rows[1][1]
    assert (grid.rows[1][1].row, grid.rows[1][1].rowspan) == (0, 2)


def test_a_caption_stands_before_its_table() -> None:
    markup, _ = CASES["caption and header cells"]
    document = read_document(f"<div id=zoom>{A}{markup}</div>".encode())
    assert [p.text for p in document.paragraphs()] == ["表一：主动公开情况。", "统计表"]
    (grid,) = document.grids()
    assert [cell.header for row in grid.rows for cell in row] == [True, True, False, False]


@pytest.mark.parametrize(
    ("markup", "loose"),
    [
        ("散落<tr>文字<td>甲<td>1<tr><td>乙<td>2", ["散落", "文字"]),
        ("<p>单位：件</p><tr><td>甲<td>1<tr><td>乙<td>2", ["单位：件"]),
        ("<tr><td>甲<td>1<tr><td>乙<td>2<caption>统计表</caption>", ["统计表"]),
    ],
)
def test_text_outside_of_cells_stands_before_the_table(markup: str, loose: list[str]) -> None:
    document = read_document(f"<div id=zoom>{A}<table>{markup}</table></div>".encode())
    assert [p.text for p in document.paragraphs()] == ["表一：主动公开情况。", *loose]
    (grid,) = document.grids()
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize(
    "turned",
    [
        "<bdo dir=RTL>12</bdo>",
        "<span style='unicode-bidi: bidi-override; direction: rtl'>12</span>",
        "<bdo dir=rtl><b>1</b>2</bdo>",
    ],
)
def test_a_figure_shown_from_right_to_left_is_no_figure(turned: str) -> None:
    page = f"<table><tr><td>指标<td>数量<tr><td>收到申请数<td>{turned}</table>"
    (grid,) = read_document(page.encode()).grids()
    assert grid.rows[1][1].text == "\u202e12\u202c"


def test_struck_text_is_told() -> None:
    document = read_document(f"<div id=zoom>{A}<p>收到<del>7</del>9件。</p></div>".encode())
    assert [p.text for p in document.paragraphs()][1] == "收到9件。"
    assert [problem.kind for problem in document.problems] == ["struck_text"]


def test_a_layout_table_is_taken_apart_and_the_data_table_in_it_kept() -> None:
    inner = "<table border=1><tr><td>规章<td>3<tr><td>文件<td>4</table>"
    page = (
        "<table><tr><td>首页<td>机构</table>"
        f"<table><tr><td>左栏</td><td><p>一、总体情况。</p>{inner}<p>二、其他，无。</p></table>"
    )
    document = read_document(f"<html><body>{page}</body></html>".encode())
    (grid,) = document.grids()
    assert [[cell.text for cell in row] for row in grid.rows] == [["规章", "3"], ["文件", "4"]]
    texts = [b.text for b in document.paragraphs()]
    assert texts.index("一、总体情况。") < texts.index("二、其他，无。")


def test_a_million_cells_are_bounded_and_told() -> None:
    row = "<tr>" + "<td colspan=1000 rowspan=65000>1<td>2" * 30 + "</tr>"
    document = read_document(f"<div id=zoom>{A}<table>{row * 300}</table></div>".encode())
    assert "table_too_large" in [problem.kind for problem in document.problems]
    assert sum(len(grid.rows) * grid.width for grid in document.grids()) <= 400_000


@pytest.mark.parametrize(
    "page",
    [
        b"<table>" + (b"<tr>" + b"<td>1" * 500) * 401 + b"</table>",
        b"<table><tr><td>1<td>" + b"1<br>" * 200_000 + b"</table>",
        b"<table><tr><td>1<td>" + b"123 " * 1_300_000 + b"</table>",
    ],
)
def test_a_page_with_more_in_it_than_any_report_is_refused(page: bytes) -> None:
    document = read_document(page)
    assert [problem.kind for problem in document.problems] == ["too_large"]


def test_a_long_script_makes_no_page_too_large() -> None:
    page = b"<script>" + b"/*1*/ " * 900_000 + b"</script><p>%s</p>" % ("一" * 99).encode()
    assert "too_large" not in [problem.kind for problem in read_document(page).problems]


GENERATED = (
    '<style>.a:before{content:"3"} .b::after{content:attr(data-n)} .c:after{content:"件"}</style>'
)
SHEET_CELLS = (
    "<tr><td>甲<td class=a><tr><td>乙<td><i class=b data-n=4></i>"
    "<tr><td>丙<td class=a>1<tr><td>丁<td class=c>2<tr><td>戊<td class=b>"
)


def test_a_figure_of_the_style_sheet_is_told() -> None:
    page = f"{GENERATED}<h1>某局2021年政府信息公开年度报告</h1>{A}<table>{SHEET_CELLS}</table>"
    document = read_document(page.encode())
    values = [row[1].text for grid in document.grids() for row in grid.rows]
    assert values == ["\ufffd", "\ufffd", "\ufffd", "2", ""]
    assert [p.kind for p in document.problems if p.kind == "generated_text"] == ["generated_text"]


@pytest.mark.parametrize(
    "sheet",
    [
        "p i:before{content:'3'}",
        "I::after{content:'3'}",
        "i[data-n]:first-child::after{content:attr(data-n)}",
        "@media screen{ p{color:red} i::before{content:'3'} }",
        "@media (min-width: 900px){ #n:before{content:'3'} }",
        "@supports (display: grid){ .n:before{content:'3'} }",
    ],
)
def test_figures_of_any_plain_rule_of_the_style_sheet_are_told(sheet: str) -> None:
    page = f"<style>{sheet}</style>{A}<p>收到申请<i id=n class=n data-n=3></i>件。</p>{A}"
    kinds = [problem.kind for problem in read_document(page.encode()).problems]
    assert "generated_text" in kinds


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print{ i:after{content:'3'} }",
        "@media screen and (max-width: 600px){ i:before{content:attr(data-n)} }",
        "i:hover:after{content:'3'}",
        "@media screen{ } b:after{content:'3'}",
    ],
)
def test_what_the_style_sheet_prints_elsewhere_is_not_told(sheet: str) -> None:
    page = f"<style>{sheet}</style>{A}<p>收到申请<i data-n=3>3</i>件。</p>{A}"
    kinds = [problem.kind for problem in read_document(page.encode()).problems]
    assert "generated_text" not in kinds


@pytest.mark.parametrize("words", ['""', '"\\e601"', '"、"', "none"])
def test_signs_and_icons_of_the_style_sheet_are_no_figures(words: str) -> None:
    page = f"<style>.a:before{{content:{words}}}</style>{A}<table>{SHEET_CELLS}</table>"
    document = read_document(page.encode())
    values = [row[1].text for grid in document.grids() for row in grid.rows]
    assert values == ["", "", "1", "2", ""]
