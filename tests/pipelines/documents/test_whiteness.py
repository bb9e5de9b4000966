"""White text on the white of a page is left out and told, on any other ground it is kept."""

import pytest

from parsers.records import Document
from pipelines.documents import read_document

PROSE = "".join(f"<p>第{n}项工作，已经全部主动公开并更新。</p>" for n in range(9))
OTHER = "此句白色7件"


def read(body: str, head: str = "") -> Document:
    page = f"<head>{head}</head><body><div id=zoom>{PROSE}{body}</div></body>"
    return read_document(f"<html>{page}</html>".encode())


def everything(document: Document) -> str:
    cells = (cell.text for grid in document.grids() for row in grid.rows for cell in row)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs()), *cells])


@pytest.mark.parametrize(
    "mark",
    [
        "span style='color:#fff'",
        "span style='font-size:9pt;COLOR: #FFFFFF !important'",
        "span style='color:white;background:#fff none'",
        "span style='color:red;color: rgb(255, 255,255)'",
        "font color=#ffffff",
        "span class=w",
        "div style='color:white'",
    ],
)
def test_white_text_on_white_is_left_out_and_told(mark: str) -> None:
    head = "<style>body{background:#fafafa;color:#333} p.a,.w{color:#fff}</style>"
    document = read(f"<p>收到申请3件。<{mark}>{OTHER}</{mark.split()[0]}></p>", head)
    assert "收到申请3件。" in everything(document)
    assert OTHER not in everything(document)
    assert [problem.kind for problem in document.problems] == ["hidden_text"]


def test_a_paragraph_is_left_out_on_a_page_with_a_linked_sheet() -> None:
    linked = "<link rel=stylesheet href=a.css>"
    assert OTHER not in everything(read(f"<p style='color:#fff'>{OTHER}</p>", linked))


@pytest.mark.parametrize(
    "body",
    [
        "<p style='color:#fff;background:#036'>{}</p>",
        "<p style='color:#fff;background:url(a.png)'>{}</p>",
        "<div style='background-color:navy'>甲<p style='color:#fff'>{}</p></div>",
        "<div class=blue><p style='color:#fff'>{}</p></div>",
        "<h2 style='color:#fff'>{}</h2>",
        "<p style='color:#fff;text-shadow:1px 1px #000'>{}</p>",
        "<p style='color:#fff'><font color=red>{}</font></p>",
        "<p style='color:#fff'><a href=b.html>甲</a>{}</p>",
        "<p style='color:#fff'><b class=red>{}</b></p>",
        "<p style='background-color:#fff'>{}</p>",
        "<p style='color:#ffc'>{}</p>",
    ],
)
def test_what_can_be_seen_is_kept(body: str) -> None:
    head = "<style>.box .blue, h2{background:blue} .red{color:red}</style>"
    document = read(body.format(OTHER), head)
    assert OTHER in everything(document)
    assert not document.problems


@pytest.mark.parametrize(
    ("table", "row", "cell"),
    [
        ("bgcolor=#336699", "", ""),
        ("", "style='background:#369'", ""),
        ("", "", "bgcolor=navy"),
        ("", "class=head", ""),
        ("", "", "background=a.gif"),
    ],
)
def test_white_table_heads_on_a_ground_are_kept(table: str, row: str, cell: str) -> None:
    heads = "".join(f"<td {cell}><font color=white>{n}</font></td>" for n in ("项目", OTHER))
    body = f"<table border {table}><tr {row}>{heads}</tr><tr><td>收到</td><td>3</td></tr></table>"
    document = read(body, "<style>.head td{background-color:#036}</style>")
    assert OTHER in everything(document)


def test_white_heads_are_kept_where_a_linked_sheet_may_give_a_ground() -> None:
    body = f"<table><tr style='color:#fff'><td>项目</td><td>{OTHER}</td></tr></table>"
    rows = body.replace("</table>", "<tr><td>收到</td><td>3</td></tr></table>")
    assert OTHER in everything(read(rows, "<link rel=stylesheet href=a.css>"))


def test_a_white_figure_in_a_cell_is_none() -> None:
    cells = "<td>3</td><td>1<span style='color:#fff'>9</span>2</td><td style='color:#fff'>7</td>"
    body = f"<table border><tr><td>甲</td><td>乙</td><td>丙</td></tr><tr>{cells}</tr></table>"
    (grid,) = read(body).grids()
    assert [cell.text for cell in grid.rows[1]] == ["3", "12", ""]


def test_a_page_printed_in_white_is_kept() -> None:
    body = "".join(f"<p style='color:#fff'>{OTHER}，共{n}项。</p>" for n in range(40))
    assert OTHER in everything(read(body))
