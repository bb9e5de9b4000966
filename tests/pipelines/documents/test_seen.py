"""Texts of a PDF page count where they are seen, and typed ones where a viewer shows them."""

import pytest

from pipelines.documents import read_document
from pipelines.paged.glyphs import TextLine
from pipelines.paged.insets import with_tables
from pipelines.paged.pages import PageBlocks
from pipelines.paged.tables import Piece, PieceCell
from tests.pipelines.documents.paper import assembled

SHOWN = ["收到申请12件，均已办结。", "主动公开信息300条，新增7条。", "没有收取任何费用，特此说明。"]
OTHER = "99"


def text(words: str, x: int, y: int, mode: int = 0) -> str:
    return f"BT /F1 12 Tf {mode} Tr {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET"


def page(content: str, *annotations: bytes) -> bytes:
    lines = [text(words, 50, 700 - 100 * number) for number, words in enumerate(SHOWN)]
    data = " ".join([*lines, content]).encode("ascii")
    resources = (
        b"<< /Font << /F1 5 0 R >> /ExtGState << /G0 << /ca 0 >> /G1 << /BM /Multiply >> >>"
        b" /Properties << /P0 7 0 R /P1 8 0 R >> >>"
    )
    layers = b"<< /OCGs [7 0 R 8 0 R] /D << /OFF [7 0 R] >> >>"
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R /OCProperties %s >>" % layers,
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [%s]"
            b" /Resources %s >>" % (b" ".join(annotations), resources),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
            b" /DescendantFonts [6 0 R] >>",
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
            b"<< /Type /OCG /Name (off) >>",
            b"<< /Type /OCG /Name (on) >>",
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 60 20] /Resources"
            b" << /Font << /F1 5 0 R >> >> /Length 42 >>\nstream\n"
            b"BT /F1 12 Tf 2 4 Td <00390039> Tj ET      \nendstream",
        ]
    )


def lines(payload: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_document(payload).paragraphs()]


def kinds(payload: bytes) -> list[str]:
    return [problem.kind for problem in read_document(payload).problems]


PLAIN = text(OTHER, 50, 400)


@pytest.mark.parametrize(
    "content",
    [
        f"q /G0 gs {PLAIN} Q",
        f"q 0 0 9 9 re W n {PLAIN} Q",
        f"{PLAIN} 1 1 1 rg 40 390 60 30 re f",
        f"/OC /P0 BDC {PLAIN} EMC",
        text(OTHER, 700, 400),
        text(OTHER, 50, 400, mode=7),
    ],
    ids=["no colour", "clipped away", "painted over", "layer off", "beside the page", "clip only"],
)
def test_what_nobody_sees_is_left_out(content: str) -> None:
    assert lines(page(content)) == SHOWN


@pytest.mark.parametrize(
    "content",
    [
        f"q 0 0 595 842 re W n {PLAIN} Q",
        f"q /G1 gs {PLAIN} 1 1 0 rg 40 390 60 30 re f Q",
        f"/OC /P1 BDC {PLAIN} EMC",
        f"1 1 1 rg 40 390 60 30 re f 0 g {PLAIN}",
    ],
    ids=["within the path", "marked in yellow", "layer on", "over the paint"],
)
def test_what_is_seen_is_read(content: str) -> None:
    assert lines(page(content)) == [*SHOWN, OTHER]
    assert kinds(page(content)) == []


def test_a_figure_typed_over_another_counts_alone() -> None:
    corrected = (
        f"{text('共12件', 50, 400)} 1 1 1 rg 40 390 90 30 re f 0 g {text('共15件', 50, 400)}"
    )
    assert lines(page(corrected)) == [*SHOWN, "共15件"]
    assert kinds(page(corrected)) == ["unseen_text"]


BOX = b"/Type /Annot /Rect [50 395 110 415] /F 4"


@pytest.mark.parametrize(
    "annotation",
    [b"/Subtype /FreeText /Contents (99)", b"/Subtype /Widget /FT /Tx /T (a) /V (99)"],
    ids=["free text", "field"],
)
def test_text_typed_onto_a_page_is_read_as_it_appears(annotation: bytes) -> None:
    typed = b"<< %s %s /AP << /N 9 0 R >> >>" % (BOX, annotation)
    assert lines(page("", typed)) == [*SHOWN, OTHER]
    hidden = typed.replace(b"/F 4", b"/F 2")
    assert lines(page("", hidden)) == SHOWN


def test_text_typed_without_an_appearance_is_not_passed_for_blank() -> None:
    bare = page("", b"<< %s /Subtype /FreeText /Contents (99) >>" % BOX)
    assert lines(bare) == [*SHOWN, "\ufffd"]
    assert kinds(bare) == ["unreadable_characters"]
    assert lines(page("", b"<< %s /Subtype /FreeText /Contents () >>" % BOX)) == SHOWN


PICTURE = "q 400 0 0 200 50 300 cm BI /W 2 /H 2 /CS /G /BPC 8 ID {} EI Q"


def test_tables_of_pictures_stand_between_the_lines_of_their_page() -> None:
    first, last = (TextLine(words, 50, y, 90, y + 9, 9) for words, y in (("上", 100), ("下", 400)))
    cells = [PieceCell(words, 0, 1, x, x + 50, "") for words, x in (("件", 50), ("5", 100))]
    table = Piece(cells, 1, "pdf:p1@50.0,200.0,150.0,300.0")
    typed = PageBlocks("pdf:p1", 842.0, (first, last))
    recognised = PageBlocks("pdf:p1", 842.0, (TextLine("章", 0, 0, 9, 9, 9), table))
    assert with_tables(typed, recognised).items == (first, table, last)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (PICTURE.format("abcd"), ["picture"]),
        (PICTURE.format("abcd").replace("400 0 0 200", "40 0 0 40"), []),
        (f"{PICTURE.format('abcd')} {text(OTHER, 200, 400)}", []),
    ],
    ids=["beside the text", "small", "behind a text"],
)
def test_a_large_picture_beside_the_text_is_told(
    content: str, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.pdf.is_available", lambda: False)
    assert kinds(page(content)) == told


@pytest.mark.parametrize("limit", ["seen.MAX_COMPARED", "covering.MOST_COMPARED"])
def test_texts_that_are_not_looked_at_are_told(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    cover = f"{text(OTHER, 50, 400)} 1 g 40 390 60 30 re f"
    assert lines(page(cover)) == SHOWN
    monkeypatch.setattr(f"pipelines.pdf.{limit}", 0)
    details = [one.detail for one in read_document(page(cover)).problems]
    assert any("more texts that may be unseen than are looked at" in detail for detail in details)


def test_more_annotations_than_are_looked_at_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.pdf.annotations.MAX_ANNOTATIONS", 1)
    boxes = [b"<< %s /Subtype /Square >>" % BOX] * 2
    assert kinds(page("", *boxes)) == ["too_large"]
    assert kinds(page("", boxes[0])) == []
