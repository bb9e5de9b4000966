"""Rows of tables that have lines, or fillings, in one direction only."""

from itertools import pairwise

import pytest

from pipelines.assembly import Table
from pipelines.paged.drawing import PageDrawing
from pipelines.paged.glyphs import Glyph, TextLine
from pipelines.paged.pages import joined_drafts, page_blocks
from pipelines.paged.ruled import Rule
from pipelines.paged.tables import Piece

SIZE = 10.0
XS, YS = (50.0, 170.0, 210.0, 250.0), (100.0, 120.0, 140.0, 180.0)
TEXTS = [["事项", "本年", "上年"], ["收到申请数", "12", "7"], ["办结数", "5", "30"]]


def written(text: str, x: float, y: float) -> list[Glyph]:
    """Characters from a place on; digits are half as wide as others."""
    glyphs = []
    for character in text:
        width = SIZE / 2 if character.isascii() else SIZE
        glyphs.append(Glyph(character, x, y, x + width, y + SIZE))
        x += width
    return glyphs


def page_of(glyphs: list[Glyph], rules: list[Rule], fillings: tuple[Rule, ...] = ()) -> PageDrawing:
    return PageDrawing("pdf", 1, 600, 800, tuple(glyphs), tuple(rules), fillings=fillings)


def cells() -> list[Glyph]:
    return [
        glyph
        for (top, bottom), row in zip(pairwise(YS), TEXTS, strict=True)
        for x, text in zip(XS, row, strict=False)
        for glyph in written(text, x + 3, (top + bottom - SIZE) / 2)
    ]


def across(ys: tuple[float, ...]) -> list[Rule]:
    return [Rule(True, y, XS[0], XS[-1]) for y in ys]


def upright() -> list[Rule]:
    return [Rule(False, x, YS[0], YS[-1]) for x in XS]


def grid(drawing: PageDrawing) -> list[list[str]]:
    drafts = joined_drafts([page_blocks(drawing)])
    (table,) = (one for one in drafts if isinstance(one, Table))
    texts = {(box.row, box.col): box.text for box in table.boxes}
    return [[texts.get((row, col), "") for col in range(3)] for row in range(3)]


def test_rows_without_lines_between_them_are_not_one() -> None:
    drawing = page_of(cells(), [*across((YS[0], YS[-1])), *upright()])
    items = page_blocks(drawing).items
    assert [item.text for item in items if isinstance(item, TextLine)][1] == "收到申请数\t12\t7"


def test_fillings_tell_the_rows_that_lines_do_not() -> None:
    fillings = tuple(across((YS[1], YS[2])))
    drawing = page_of(cells(), [*across((YS[0], YS[-1])), *upright()], fillings)
    (piece,) = page_blocks(drawing).items
    assert isinstance(piece, Piece)
    assert grid(drawing) == TEXTS


def test_two_figures_in_one_cell_are_not_one_figure() -> None:
    glyphs = [*cells(), *written("41", XS[1] + 3, YS[3] - 12)]
    drawing = page_of(glyphs, [*across(YS), *upright()])
    assert grid(drawing)[2][1] == "5 41"


def lower_row(texts: list[list[str]]) -> list[Glyph]:
    """The cells with the texts of the last row put in place, one line below the other."""
    glyphs = [glyph for glyph in cells() if glyph.y0 < YS[2]]
    for x, lines in zip(XS, texts, strict=False):
        for number, text in enumerate(lines):
            glyphs += written(text, x + 3, YS[2] + 4 + 16 * number)
    return glyphs


@pytest.mark.parametrize(
    ("label", "figure", "read"),
    [
        (["办结的申请数中涉及企业", "的"], ["123456", "78"], "12345678"),
        (["办结数"], ["123456", "78"], "12345678"),
        (["办结数"], ["12", "34"], "12 34"),
        (["办结数"], ["123456", "1234567"], "123456 1234567"),
        (["予以公开", "不予公开"], ["123456", "78"], "123456 78"),
        (["办结的申请数中涉及企业", "2.其他"], ["123456", "78"], "123456 78"),
    ],
)
def test_a_cell_holds_one_broken_figure_only_where_the_label_is_one(
    label: list[str], figure: list[str], read: str
) -> None:
    drawing = page_of(lower_row([label, figure, ["30"]]), [*across(YS), *upright()])
    assert grid(drawing)[2] == ["".join(label), read, "30"]


def test_figures_beside_several_ones_are_several() -> None:
    texts = [["予以公开的全部信息", "不予公开"], ["123456", "78"], ["12", "7"]]
    drawing = page_of(lower_row(texts), [*across(YS), *upright()])
    assert grid(drawing)[2][1:] == ["123456 78", "12 7"]


def test_figures_farther_apart_than_lines_of_one_text_are_several() -> None:
    texts = [["办结的申请数中涉及企业", "的"], ["123456", "78"], ["30"]]
    nearer = written("数", XS[0] + 3, 134.5)
    drawing = page_of([*lower_row(texts), *nearer], [*across(YS), *upright()])
    assert grid(drawing)[2][1] == "123456 78"


def broken(second: str) -> PageDrawing:
    """A table with lines between its rows alone; in the last one label and figure are broken."""
    lower = (YS[2] + YS[3]) / 2 + 1
    glyphs = [glyph for glyph in cells() if glyph.y0 < YS[2]]
    glyphs += written("办结的申请数", XS[0] + 3, lower - SIZE - 2)
    glyphs += written("量", XS[0] + 3, lower)
    glyphs += written("12345", XS[1] + 3, lower - SIZE - 2) + written(second, XS[1] + 3, lower)
    glyphs += written("30", XS[2] + 3, lower - SIZE / 2)
    return page_of(glyphs, across(YS))


def test_a_figure_broken_between_two_lines_of_rows_is_whole() -> None:
    assert grid(broken("67"))[2] == ["办结的申请数量", "1234567", "30"]


@pytest.mark.parametrize("second", ["6789012", "（一）"])
def test_figures_that_do_not_fill_their_column_stay_apart(second: str) -> None:
    drafts = joined_drafts([page_blocks(broken(second))])
    assert "12345" + second not in str(drafts)


def test_columns_without_lines_between_them_are_not_one() -> None:
    glyphs = written("结果", XS[0] + 3, YS[0] + 5)
    for number, text in enumerate(["63", "59", "0", "621"]):
        glyphs += written(text, XS[0] + 3 + 40 * number, YS[1] + 5)
        glyphs += written("甲乙"[number % 2] * 2, XS[0] + 3 + 40 * number, YS[2] + 5)
    drawing = page_of(glyphs, [*across(YS), *upright()[::3]])
    assert all(isinstance(item, TextLine) for item in page_blocks(drawing).items)
