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
        ("收到申请{\\v 7}12件", "收到申请12件", []),
        ("收到申请\\v 7\\v0 12件", "收到申请12件", []),
        ("收到申请\\v 7\\plain 12件", "收到申请12件", []),
        ("收到申请{\\deleted 7}{\\revised 12}件", "收到申请12件", []),
        ("收到申请{\\strike 7}12件", "收到申请12件", ["struck_text"]),
        ("收到申请12{\\super 1}件", "收到申请12¹件", []),
        ("收到申请{\\deleted\\u55\\'37}12件", "收到申请12件", []),
    ],
)
def test_only_what_counts_is_read(body: str, text: str, kinds: list[str]) -> None:
    document = read(body + "\\par ")
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
