"""Scans with a layer of text that nobody sees are read from what they show."""

from types import SimpleNamespace

import pytest

from pipelines.documents import read_document
from tests.pipelines.documents.paper import assembled

SENTENCE = "全年收到政府信息公开申请三件，均已按时办结答复。"
WORDS = SENTENCE.encode("utf-16-be").hex()
PICTURE = "q 590 0 0 830 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"
TEXT = "BT /F1 20 Tf {} Tr 50 400 Td <" + WORDS + "> Tj ET"


def page(content: str) -> bytes:
    data = content.encode("latin-1")
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
            b" /DescendantFonts [6 0 R] >>",
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        ]
    )


@pytest.fixture(autouse=True)
def _no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.pdf.is_available", lambda: False)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{PICTURE} {TEXT.format(3)}", True),
        (f"{TEXT.format(0)} {PICTURE}", True),
        (f"{PICTURE} {TEXT.format(0)}", False),
        (TEXT.format(3), True),
        (TEXT.format(0), False),
    ],
    ids=["without ink", "under the picture", "over the picture", "no picture", "with ink"],
)
def test_text_that_a_picture_hides_is_told(content: str, told: bool) -> None:
    document = read_document(page(content))
    assert [text.text for text in document.paragraphs()] == [SENTENCE]
    assert [one.kind for one in document.problems] == (["unseen_text"] if told else [])


WHITE = f"1 1 1 rg {TEXT.format(0)}"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (WHITE, True),
        (f"1 1 1 rg 0 0 590 830 re f {WHITE}", True),
        (f"0 0 0 rg 0 399 590 1 re f {WHITE}", True),
        (f"0 0 1 rg 0 380 590 60 re f {WHITE}", False),
        (f"{PICTURE} {WHITE}", True),
        (f"{PICTURE.replace(chr(255), chr(64))} {WHITE}", False),
        (f"1 1 0 rg {TEXT.format(0)}", False),
        (f"0 0 0 RG {WHITE.replace('0 Tr', '2 Tr')}", False),
    ],
    ids=["bare", "white ground", "line", "blue", "white picture", "picture", "yellow", "outlined"],
)
def test_white_text_with_nothing_behind_it_is_told(content: str, told: bool) -> None:
    document = read_document(page(content))
    assert [text.text for text in document.paragraphs()] == [SENTENCE]
    assert [one.kind for one in document.problems] == (["unseen_text"] if told else [])


PLAIN = TEXT.format(0)
MORE = f"{PLAIN} {PLAIN.replace('50 400', '50 300')}"
OTHER = PLAIN.replace("50 400 Td", "50 350 Td").replace(WORDS, "4e03516b4e5d")
ASLANT = OTHER.replace("50 350 Td", "0.7 0.7 -0.7 0.7 90 320 Tm")


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (f"q 1 1 1 rg {OTHER} Q", "unseen_text"),
        (OTHER.replace("0 Tr", "3 Tr") + " BT 0 Tr ET", "unseen_text"),
        (ASLANT, "text_aslant"),
    ],
    ids=["white", "without ink", "aslant"],
)
def test_the_few_texts_that_nobody_sees_or_that_stand_aslant_are_left_out(
    other: str, kind: str
) -> None:
    document = read_document(page(f"{other} {MORE}"))
    assert "".join(text.text for text in document.paragraphs()) == SENTENCE * 2
    assert [one.kind for one in document.problems] == [kind]


def test_text_on_its_side_and_a_page_of_text_aslant_are_read() -> None:
    side = ASLANT.replace("0.7 0.7 -0.7 0.7", "0 1 -1 0")
    assert not read_document(page(f"{side} {MORE}")).problems
    (text,) = read_document(page(ASLANT)).paragraphs()
    assert sorted(text.text) == sorted("七八九")


def test_letters_without_any_chinese_character_are_no_text() -> None:
    letters = "".join(f"{ord(char):04x}" for char in "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîï")
    document = read_document(page(PLAIN.replace(WORDS, letters)))
    assert [one.kind for one in document.problems] == ["no_text_map"]


def test_such_a_page_is_recognised_where_that_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[list[tuple[int, bool]]] = []

    def recognised(
        _payload: object, _document: object, pages: list[tuple[int, bool]]
    ) -> list[object]:
        asked.append(pages)
        return []

    monkeypatch.setattr("pipelines.pdf.is_available", lambda: True)
    scans = SimpleNamespace(recognised=recognised)
    monkeypatch.setattr("pipelines.pdf.import_module", lambda _: scans)
    read_document(page(f"{PICTURE} {TEXT.format(3)}"))
    assert asked == [[(1, True)]]
