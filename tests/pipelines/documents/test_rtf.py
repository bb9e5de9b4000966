"""RTF files: what is shown, and what of it counts."""

import pytest

from parsers.records import Document
from pipelines.documents import read_document


def read(body: str) -> Document:
    head = b"{\\rtf1\\ansi\\ansicpg936{\\stylesheet{\\s1\\v0\\plain style names;}}"
    return read_document(head + body.encode("gb18030") + b"}")


@pytest.mark.parametrize(
    ("body", "text", "kinds"),
    [
        ("收到申请{\\v 7}12件", "收到申请12件", ["hidden_text"]),
        ("收到申请\\v 7\\v0 12件", "收到申请12件", ["hidden_text"]),
        ("收到申请\\v 7\\plain 12件", "收到申请12件", ["hidden_text"]),
        ("收到申请{\\deleted 7}{\\revised 12}件", "收到申请12件", []),
        ("收到申请{\\strike 7}12件", "收到申请12件", ["struck_text"]),
        ("收到申请12{\\super 1}件", "收到申请12¹件", []),
        ("收到申请12{\\up6 1}件", "收到申请12¹件", []),
        ("收到申请{\\up6 12}件", "收到申请12件", []),
        ("收到{\\field{\\*\\fldinst{ =1+2 }}}件", "收到\ufffd件", []),
        ("收到{\\field{\\*\\fldinst{ =1+2 }}{\\fldrslt 3}}件", "收到3件", []),
        ("收到{\\field{\\*\\fldinst{ PAGE }}}件", "收到件", []),
        ("收到{\\pict\\bin5 }}{{\\}12件", "收到12件", []),
        ("{\\listtext\\pard\\plain 一、\\tab}总体情况", "一、总体情况", []),
        ("{\\*\\pn}{\\pntext 1.\\tab}总体情况", "1. 总体情况", []),
        ("收到申请{\\deleted\\u55\\'37}12件", "收到申请12件", []),
    ],
)
def test_only_what_counts_is_read(body: str, text: str, kinds: list[str]) -> None:
    document = read(body + "\\par ")
    assert [paragraph.text for paragraph in document.paragraphs()] == [text]
    assert [problem.kind for problem in document.problems] == kinds


COLOURS = "{\\colortbl;\\red0\\green0\\blue0;\\red255\\green255\\blue255;}"


@pytest.mark.parametrize(
    ("body", "text", "kinds"),
    [
        ("收到申请{\\cf2 7}12件", "收到申请12件", ["hidden_text"]),
        ("收到申请\\cf2 7\\cf1 12件", "收到申请12件", ["hidden_text"]),
        ("{\\clcbpat2 }收到申请{\\cf2 7}12件", "收到申请12件", ["hidden_text"]),
        ("收到申请{\\cf1 7}12件", "收到申请712件", []),
        ("{\\cbpat1 收到申请{\\cf2 7}12件}", "收到申请712件", []),
        ("收到申请{\\highlight1\\cf2 7}12件", "收到申请712件", []),
        ("{\\shp\\shpfblwtxt1 }收到申请{\\cf2 7}12件", "收到申请712件", []),
    ],
)
def test_white_text_counts_where_something_may_lie_behind_it(
    body: str, text: str, kinds: list[str]
) -> None:
    document = read(COLOURS + body + "\\par ")
    assert [paragraph.text for paragraph in document.paragraphs()] == [text]
    assert [problem.kind for problem in document.problems] == kinds


def row(*cells: str) -> str:
    edges = "".join(f"\\cellx{1000 * (number + 1)}" for number in range(len(cells)))
    texts = "".join(f"\\intbl {cell}\\cell" for cell in cells)
    return f"\\trowd{edges}{texts}\\row\n"


def test_a_cell_that_shows_only_a_picture_is_not_blank() -> None:
    rows = row("项目", "数量") + row("甲", "{\\pict\\pngblip 89504e47}") + row("乙", "3")
    (grid,) = read(rows + row("丙", "") + "\\pard\\par").grids()
    found = [[cell.text for cell in line] for line in grid.rows]
    assert found == [["项目", "数量"], ["甲", "\ufffd"], ["乙", "3"], ["丙", ""]]


INNER = (
    "\\pard\\intbl 其中\\par\\intbl\\itap2 新收\\nestcell 1\\nestcell"
    "{\\*\\nesttableprops\\trowd\\cellx1500\\cellx2000\\nestrow}{\\nonesttables\\par}"
    "\\itap2 结转\\nestcell 2\\nestcell"
    "{\\*\\nesttableprops\\trowd\\cellx1500\\cellx2000\\nestrow}{\\nonesttables\\par}"
    "\\pard\\intbl\\itap1 "
)


def test_a_table_within_a_cell_is_one_of_its_own() -> None:
    document = read(row("项目", "数量") + row("甲", INNER) + row("乙", "3") + "\\pard\\par")
    found = [[[cell.text for cell in line] for line in grid.rows] for grid in document.grids()]
    outer = [["项目", "数量"], ["甲", "\ufffd"], ["乙", "3"]]
    assert found == [outer, [["新收", "1"], ["结转", "2"]]]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["其中"]


def test_a_frame_around_tables_is_none() -> None:
    document = read(row("甲表") + row(INNER) + "\\pard\\par")
    assert [paragraph.text for paragraph in document.paragraphs()] == ["甲表", "其中"]
    assert [len(grid.rows) for grid in document.grids()] == [2]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("收到7{\\super{\\footnote\\pard 3\\par}}件", ["收到7件", "3"]),
        ("收到1{\\deleted\\par}2件", ["收到12件"]),
        (
            "{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 9}}{\\shptxt\\pard 文件\\par}}"
            "{\\shprslt 文件}}正文",
            ["文件", "正文"],
        ),
        ("{\\header{\\shp{\\*\\shpinst{\\shptxt 页眉\\par}}}}正文", ["正文"]),
    ],
)
def test_what_stands_beside_a_paragraph_is_not_within_it(body: str, texts: list[str]) -> None:
    assert [paragraph.text for paragraph in read(body + "\\par ").paragraphs()] == texts


def test_the_default_font_tells_the_character_set() -> None:
    head = b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset134 SimSun;}}"
    text = b"\\pard\\plain \\'ca{\\'d5}\\'b5\\'bd\\par}"
    (paragraph,) = read_document(head + text).paragraphs()
    assert paragraph.text == "收到"


def test_white_text_in_a_box_counts() -> None:
    box = "{\\shp{\\*\\shpinst\\shpfblwtxt0{\\shptxt {\\cf2 In a dark box\\par}}}}"
    document = read_document(f"{{\\rtf1\\ansi{COLOURS}{box}\\par}}".encode())
    assert [paragraph.text for paragraph in document.paragraphs()] == ["In a dark box"]
    assert not document.problems


def test_colours_that_never_end_are_no_colours() -> None:
    document = read_document(b"{\\rtf1\\ansi " + b"\\colortbl" * 20_000 + b" Text\\par")
    assert [paragraph.text for paragraph in document.paragraphs()] in ([], ["Text"])


def test_a_file_in_bare_utf8_is_read_as_such() -> None:
    payload = "{\\rtf1\\ansi\\ansicpg936 全年收到申请12件。\\par}".encode()
    assert [p.text for p in read_document(payload).paragraphs()] == ["全年收到申请12件。"]
