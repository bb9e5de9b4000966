"""Hostile, damaged and mislabelled files: bounded, one clear problem each, never an exception."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import images
from pipelines.documents import read_document
from pipelines.sniff import media_type
from tests.pipelines.documents import sample, writers

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


def kinds(payload: bytes) -> list[str]:
    return [problem.kind for problem in read_document(payload).problems]


def test_a_zip_bomb_is_cut_off() -> None:
    bomb = writers.zipped({"word/document.xml": b"<a>" + b" " * 70_000_000})
    assert kinds(bomb) == ["bomb"]


def test_a_damaged_picture_is_told_alike_at_every_reading() -> None:
    pictures = [b"\x89PNG\r\n\x1a\n" + b"x" * length for length in (100, 200)]
    first, second = (read_document(picture).problems for picture in pictures)
    assert first == second != ()


def test_entities_are_refused() -> None:
    body = f"{ENTITIES}<w:document {writers.W}><w:body><w:p>&f;&b;</w:p></w:body></w:document>"
    assert kinds(writers.zipped({"word/document.xml": body.encode()})) == ["entities"]


def test_external_entities_of_a_page_are_not_read() -> None:
    page = f"{ENTITIES}<html><body><div id=zoom><p>正文，&f;。</p></div></body></html>"
    assert "root:" not in "".join(p.text for p in read_document(page.encode()).paragraphs())


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("name", ["docx", "xlsx", "pdf", "ofd", "rtf", "mhtml", "html_page"])
def test_a_cut_file_is_read_or_refused(name: str, keep: float) -> None:
    payload: bytes = getattr(writers, name)()
    document = read_document(payload[: int(len(payload) * keep)])
    if name in ("docx", "xlsx", "ofd"):
        assert [p.kind for p in document.problems] == ["truncated"]
    assert document.problems or document.blocks


def test_an_encrypted_zip_member_is_told() -> None:
    payload = bytearray(writers.zipped({"年报.txt": "报告".encode()}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        payload[payload.index(signature) + offset] |= 1
    assert kinds(bytes(payload)) == ["encrypted"]


def test_deep_nesting_of_a_page_is_told() -> None:
    page = b"<html><body>" + b"<div>" * 50_000 + "正文。".encode()
    assert "deep_nesting" in kinds(page)


def test_deep_nesting_of_tables_ends() -> None:
    page = b"<html><body>" + b"<table><tr><td>" * 600 + "正文，有字。".encode()
    assert read_document(page).media_type == "html"


def test_a_huge_picture_is_not_opened() -> None:
    header = struct.pack(">II", 100_000, 100_000) + b"\x08\x02\0\0\0"
    chunk = (
        struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    )
    assert kinds(b"\x89PNG\r\n\x1a\n" + chunk) == ["bomb"]


def test_a_picture_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "is_available", lambda: False)
    header = struct.pack(">II", 800, 600) + b"\x08\x02\0\0\0"
    document = read_document(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + header)
    assert [(p.kind, p.locator) for p in document.problems] == [("picture", "image:@0,0,800,600")]


def test_a_zip_in_a_zip_is_read_and_what_lies_deeper_is_told() -> None:
    inner = writers.zipped({"a.docx": writers.docx()})
    document = read_document(writers.zipped({"b.dat": inner}))
    assert [paragraph.text for paragraph in document.paragraphs()] == sample.paragraphs()
    assert document.blocks[0].place == "zip:b.dat!zip:a.docx!docx:p[1]"
    deep = {f"{number}.zip": writers.zipped({"b.dat": inner}) for number in range(60)}
    assert kinds(writers.zipped(deep)) == [*["nested_zip"] * 25, "too_long"]


def test_names_and_contents_may_disagree() -> None:
    assert read_document(writers.rtf(), file_name="nb.doc").media_type == "rtf"
    assert read_document(writers.docx(), file_name="nb.doc").media_type == "docx"
    error = b"<html><body><h1>404</h1></body></html>"
    assert read_document(error, file_name="nb.pdf").media_type == "html"


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"Rar!\x1a\x07\0", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (bytes(range(32)) * 40, "unknown"),
        (b"%PDF-1.4\n", "pdf"),
        (b"plain <http://a.b/> text", "text"),
        ("报告\t1\t2".encode("utf-16"), "text"),
        ("<p>报告</p><p>2</p>".encode("gb18030"), "html"),
    ],
)
def test_sniffing(payload: bytes, kind: str) -> None:
    assert media_type(payload) == kind
    assert payload[:5] == b"plain" or kind in ("text", "html") or read_document(payload).problems


def test_a_package_with_too_many_files_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for number in range(5001):
            package.writestr(f"{number}.txt", b"")
    assert kinds(target.getvalue()) == ["bomb"]


def test_workbook_formulas_without_values_are_told() -> None:
    payload = writers.xlsx()
    source = zipfile.ZipFile(io.BytesIO(payload))
    members = {name: source.read(name) for name in source.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    cell = b'<row r="40"><c r="A40"><f>SUM(A1:A3)</f></c></row></sheetData>'
    members[sheet] = members[sheet].replace(b"</sheetData>", cell)
    found = read_document(writers.zipped(members)).problems
    assert [(p.kind, p.locator) for p in found] == [("formula_without_value", "xlsx:表1!A40")]


HEADS = [
    b"",
    b"<html><table>",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"{\\rtf1 ",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n",
    b"GIF89a",
    b"BM",
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=400))
def test_no_bytes_raise(head: bytes, tail: bytes) -> None:
    read_document(head + tail)


MARKUP = [
    "<table>",
    "<tr>",
    "<td colspan=3>",
    "<td rowspan=0>",
    "</td>",
    "</table>",
    "<p>",
    "<br>",
    "报告，",
    "12",
    "<div class=TRS_Editor>",
    "</div>",
    "<ul><li><a href=x.pdf>",
    "<sup>2</sup>",
    "<!--",
    "<script>",
    "<tfoot>",
    "&#0;",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(MARKUP), max_size=60))
def test_no_markup_raises_and_grids_are_rectangles(pieces: list[str]) -> None:
    document = read_document(("<html>" + "".join(pieces)).encode())
    assert "unreadable" not in [problem.kind for problem in document.problems]
    for grid in document.grids():
        assert len({len(row) for row in grid.rows}) == 1


def test_the_sample_has_a_title() -> None:
    assert read_document(writers.docx()).titles[0].text == sample.TITLE


def test_very_many_siblings_take_no_more_than_their_share_of_time() -> None:
    page = "<div id=zoom>" + "<p>正文，第一项。</p>" * 20_000 + "</div>"
    blocks = read_document(page.encode()).blocks
    assert blocks[-1].place == "html:p[20000]#/html/body/div/p[20000]"


@pytest.mark.parametrize("above", [b"<!--" + b"x" * 90_000 + b"-->\n<!-- -->", b"\r\n" * 9_000])
def test_a_page_is_one_however_much_stands_above_it(above: bytes) -> None:
    assert media_type(b"\xef\xbb\xbf" + above + b"<html><body>") == "html"
    assert media_type(above + b"words of nothing but a text") == "text"
