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
        [["甲", "12"], ["乙", "34"]],
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
    "blank cells stay blank": (
        "<table><tr><td>甲<td>&nbsp;<td>1<tr><td>乙<td>　<td>2</table>",
        [["甲", "", "1"], ["乙", "", "2"]],
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
