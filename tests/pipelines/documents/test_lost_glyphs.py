"""What cannot be read as a character never passes for blank, nor for a figure."""

from archive import declarations
from parsers.figures import read_figure
from pipelines.documents import read_document
from tests.pipelines.documents.paper import Paper, pdf_of
from tests.pipelines.documents.sample import one


def test_a_lone_digit_without_its_font_is_read_or_marked() -> None:
    paper = Paper()
    paper.table([one("指标", "数量一", "数量二"), one("申请", "5", ""), one("答复", "7", "12")])
    (grid,) = read_document(pdf_of(paper.pages)).grids()
    texts = [[cell.text for cell in row] for row in grid.rows]
    assert texts[1][1] in ("5", "\ufffd")
    assert texts[1][2] == ""
    assert texts[2][1] in ("7", "\ufffd")


def test_a_marked_figure_is_unreadable() -> None:
    words = declarations.load().forms.words
    for text in ("\ufffd", "3\ufffd", "\ufffd3", "1\ufffd0", "0\ufffd"):
        figure = read_figure(text, words)
        assert (figure.status, figure.value) == ("unreadable", None), text
