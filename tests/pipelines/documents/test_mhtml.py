"""Pages that a browser saved whole, as several programs write them."""

import base64

import pytest

from parsers.records import Document
from pipelines.documents import read_document
from tests.pipelines.documents import sample, writers

SINGLE = "MIME-Version: 1.0\r\nContent-Type: text/html;\r\n\tcharset=utf-8\r\n"


def single(encoding: str, body: bytes) -> bytes:
    """A page without pictures, which is saved as a message of one part."""
    return f"{SINGLE}Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def quoted(payload: bytes) -> bytes:
    return b"".join(b"=%02X" % byte + (b"=\r\n" if byte == 0x3E else b"") for byte in payload)


@pytest.mark.parametrize(
    "payload",
    [
        single("base64", base64.encodebytes(writers.html_page())),
        single("quoted-printable", quoted(writers.html_page())),
        b"\xef\xbb\xbf" + writers.mhtml(),
        writers.mhtml().replace(b"multipart/related", b"multipart/alternative"),
        writers.mhtml().replace(b'boundary="--b"', b"boundary=--=b").replace(b"----b", b"----=b"),
        writers.mhtml().replace(b"Content-Type: text/html", b"Content-Type: text/plain"),
    ],
    ids=["one part", "quoted", "byte-order mark", "alternative", "bare boundary", "wrong type"],
)
def test_a_page_is_read_however_it_was_saved(payload: bytes) -> None:
    document = read_document(payload)
    assert document.media_type == "mhtml"
    assert texts(document) == sample.paragraphs()
    assert not document.problems


def part(place: str, kind: str, payload: bytes) -> str:
    body = base64.encodebytes(payload).decode()
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
    return f"--b\r\n{head}Content-Location: file:///C:/{place}\r\n\r\n{body}\r\n"


def message(*parts: str) -> bytes:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    return (head + "".join(parts) + "--b--\r\n").encode()


def test_all_sheets_of_a_saved_workbook_are_read() -> None:
    frames = b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><frameset></frameset></html>'
    rows = "<tr><td>{0}<td>1<td>2<tr><td>{0}<td>3<td>4"
    sheets = [f"<table>{rows.format(name)}</table>".encode() for name in ("甲", "乙")]
    document = read_document(
        message(
            part("book.htm", "text/html", frames),
            *(part(f"s{n}.htm", "text/html", sheet) for n, sheet in enumerate(sheets)),
        )
    )
    firsts = [(grid.rows[0][0].text, grid.rows[0][0].place[:26]) for grid in document.grids()]
    assert firsts == [("甲", "zip:s0.htm!html:table[1]/r"), ("乙", "zip:s1.htm!html:table[1]/r")]


def test_documents_that_are_attached_are_told() -> None:
    page, word = part("a.htm", "text/html", writers.html_page()), writers.docx()
    document = read_document(message(page, part("a.docx", "application/msword", word)))
    assert texts(document) == sample.paragraphs()
    assert [problem.kind for problem in document.problems] == ["embedded"]


def test_a_page_that_is_cut_short_or_has_too_many_parts_is_told() -> None:
    cut = writers.mhtml()[:-200]
    assert "truncated" in [problem.kind for problem in read_document(cut).problems]
    many = read_document(writers.mhtml() + b"\n--b" * 20_000)
    assert [problem.kind for problem in many.problems] == ["bomb"]


def test_indented_lines_below_a_label_take_no_time() -> None:
    lines = ["Note:", *(f"{' ' * 40}{n}" for n in range(100)), "end"]
    assert len(texts(read_document("\n".join(lines).encode()))) == len(lines)
