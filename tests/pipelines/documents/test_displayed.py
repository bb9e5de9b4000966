"""Tables made of other elements, and tables within tables of figures."""

import pytest

from parsers.records import Document
from pipelines.documents import read_document
from pipelines.render import render

ROWS = [["指标", "单位", "数量"], ["主动公开", "条", "187"], ["收到申请", "件", "3"]]
STYLE = "<style>.t{display:table} .t .r{display:table-row} p.x,.c{display:table-cell}</style>"


def payload(body: str, head: str = "") -> bytes:
    text = "<p>现将本局工作情况报告如下，请予监督。</p>"
    page = f"<head><meta charset=utf-8>{head}</head><body>{text}{body}</body>"
    return f"<html>{page}</html>".encode()


def made(table: str, row: str, cell: str) -> str:
    rows = "".join(
        f"<div {row}>{''.join(f'<div {cell}>{text}</div>' for text in line)}</div>" for line in ROWS
    )
    return f"<div {table}>{rows}</div>"


def grids(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids()]


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (made("class=t", "class=r", "class=c"), STYLE),
        (made("", "style='display: table-row'", "style='color:red;display:table-cell'"), ""),
        (made("role=table", "role=row", "role=cell"), ""),
        (f"<div class=t>{made('role=rowgroup', 'role=row', 'role=gridcell')}</div>", ""),
    ],
)
def test_a_table_of_other_elements_is_a_table(body: str, head: str) -> None:
    document = read_document(payload(body, head))
    assert grids(document) == [ROWS]
    place = next(iter(document.grids())).rows[1][2].place
    assert "/div" in place
    assert "/td" not in place
    assert '<td id="cell">187' in render(payload(body, head), place)


@pytest.mark.parametrize(
    "body",
    [
        "<div class=t><div class=c>左边的文字</div><div class=c>右边的文字</div></div>",
        "<div class=t><div class=r><div class=c>只有一行</div><div class=c>1</div></div></div>",
    ],
)
def test_styles_of_tables_that_lay_out_a_page_make_none(body: str) -> None:
    assert grids(read_document(payload(body, STYLE))) == []


def plain(rows: list[list[str]]) -> str:
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{lines}</table>"


def test_a_table_within_a_table_of_figures_leaves_that_one_a_table() -> None:
    inner = [["新收", "结转"], ["5", "1"]]
    outer = [*ROWS[:2], ["收到申请", "件", plain(inner)], ["办结", "件", "6"], ["复议", "件", "0"]]
    found = grids(read_document(payload(plain(outer))))
    assert found == [[*ROWS[:2], ["收到申请", "件", "\ufffd"], *outer[3:]], inner]
