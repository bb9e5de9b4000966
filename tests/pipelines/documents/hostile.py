"""Files made to do harm, and files that harm was done to, in every media type.

Each comes with the kind of the one problem that must be told of it.
"""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

from pipelines.sniff import IMAGES
from tests.gate import office
from tests.gate.reports import reports
from tests.pipelines.documents import paper, writers

Members = dict[str, bytes]
OFD_PAGE = "Doc_0/Pages/Page_0/Content.xml"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
    + b"]>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a8 SYSTEM "file:///etc/hostname">]>'
BLANKS = b" " * 70_000_000


def members(payload: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(payload)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(payload: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one member changed."""
    held = members(payload)
    return writers.zipped({**held, name: change(held.get(name, b""))})


PACKAGES: dict[str, tuple[Callable[[], bytes], str, bytes]] = {
    "docx": (writers.docx, "word/document.xml", b"</w:t>"),
    "xlsx": (writers.xlsx, "xl/sharedStrings.xml", b"</t>"),
    "ofd": (writers.ofd, OFD_PAGE, b"</ofd:TextCode>"),
}


def _bomb(kind: str) -> bytes:
    write, member, _ = PACKAGES[kind]
    return changed(write(), member, lambda _: b"<a>" + BLANKS)


def _with_entities(kind: str, declared: bytes) -> bytes:
    """Uses an entity just before the first closing tag of a text."""
    write, member, tag = PACKAGES[kind]

    def refer(data: bytes) -> bytes:
        body = data.partition(b"?>")[2] if data.startswith(b"<?xml") else data
        return declared + body.replace(tag, b"&a8;" + tag, 1)

    return changed(write(), member, refer)


def _flagged(kind: str) -> bytes:
    """A member that claims to be encrypted, as zip tools mark it."""
    write, member, _ = PACKAGES[kind]
    data = bytearray(write())
    start = data.rindex(b"PK\x01\x02", 0, data.rindex(member.encode()))
    data[start + 8] |= 1
    (local,) = struct.unpack_from("<I", data, start + 42)
    data[local + 6] |= 1
    return bytes(data)


def _cut(write: Callable[[], bytes], parts: int) -> bytes:
    payload = write()
    return payload[: len(payload) // parts]


def _office(kind: str) -> bytes:
    return office.saved(reports()[-1], kind)


def _locked_doc() -> bytes:
    """The flag fEncrypted is set ([MS-DOC] 2.5.2)."""
    doc = bytearray(_office("doc"))
    doc[doc.index(b"\xec\xa5") + 0x0B] |= 1
    return bytes(doc)


def _locked_book() -> bytes:
    """The second record becomes FilePass ([MS-XLS] 2.4.117)."""
    book = _office("xls")
    first = book.index(b"\x09\x08\x10\0\0\x06")
    after = first + 4 + int(struct.unpack_from("<H", book, first + 2)[0])
    return book[:after] + b"\x2f\0" + book[after + 2 :]


def _locked_docx() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    return head + "EncryptedPackage".encode("utf-16-le") + bytes(2)


def _locked_pdf() -> bytes:
    lock = b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
    return writers.pdf().replace(b"/Root 1 0 R", lock % (b"41" * 32, b"42" * 32))


ONE_PAGE = b"/Type /Pages /Count 1 /Kids [3 0 R]"
CIRCLE = b"/Type /Pages /Count 900000 /Kids [2 0 R]"
PATTERN = (
    b"<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep .01"
    b" /YStep .01 /Resources << >> /Length 11 >>\nstream\n0 0 9 9 re f\nendstream"
)
FORM = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 6 >>\nstream\n/I Do \nendstream"


def _pdf(content: bytes, pages: bytes = ONE_PAGE, extra: bytes = b"<< >>") -> bytes:
    packed = zlib.compress(content)
    return paper.assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< %s >>" % pages,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
            b" /Resources << /XObject << /I 5 0 R >> >> >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
            extra,
        ]
    )


def _pdf_of_forms() -> bytes:
    """Seven forms, each of which draws the next one ten times."""
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length %d /Resources << /XObject << /I"
    )
    drawn = b"/I Do " * 10
    head = form + b" %d 0 R >> >> >>\nstream\n%s\nendstream"
    return paper.assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< %s >>" % ONE_PAGE,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
            b" /Resources << /XObject << /I 5 0 R >> >> >>",
            b"<< /Length 5 >>\nstream\n/I Do\nendstream",
            *(head % (len(drawn), number, drawn) for number in range(6, 13)),
        ]
    )


def _pdf_of_one_content(pages: int, times: int) -> bytes:
    """Pages that all name the same stream, each so many times."""
    content = zlib.compress(b"0 0 m 1 1 l S " * 100_000)
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + pages))
    names = b"3 0 R " * times
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents [%s] >>" % names
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
    return paper.assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
            stream % (len(content), content),
            *[page] * pages,
        ]
    )


def _pdf_deflated_twice() -> bytes:
    packed = _pdf(zlib.compress(BLANKS))
    return packed.replace(b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]")


def _pdf_of_deep_pages(depth: int) -> bytes:
    """Pages that hold pages, down to none."""
    nodes = (b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (3 + n) for n in range(depth))
    return paper.assembled([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, b"<< >>"])


def _picture(kind: str) -> bytes:
    """A header that claims more than 10^9 pixels."""
    side = 40_000
    png = struct.pack(">II", side, side) + b"\x08\x02\0\0\0"
    ifd = [(256, side), (257, side), (258, 8), (262, 1)]
    tags = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in ifd)
    bitmap = struct.pack("<IIiiHHIIIIII", 54, 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0)
    frame = b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", side, side) + b"\1\1\x11\0"
    canvas = b"VP8X\x0a\0\0\0" + bytes(4) + struct.pack("<I", side)[:3] * 2
    return {
        "png": b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + png,
        "gif": b"GIF89a" + struct.pack("<HH", side, side) + bytes(3),
        "bmp": b"BM" + struct.pack("<IHH", 54, 0, 0) + bitmap,
        "jpg": b"\xff\xd8" + frame + b"\xff\xd9",
        "tif": b"II*\0\x08\0\0\0\x04\0" + tags + bytes(4),
        "webp": b"RIFF\x16\0\0\0WEBP" + canvas,
    }[kind]


def _deep_mhtml() -> bytes:
    head = b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n"
    nested = b"".join(head % (number, number) for number in range(1100))
    return b"MIME-Version: 1.0\n" + nested + b"Content-Type: text/html\n\n<p>x"


def _nested_zip() -> bytes:
    inner = writers.zipped({"a.txt": b"x"})
    return writers.zipped({"c.zip": writers.zipped({"b.zip": inner})})


def _pageless_mhtml() -> bytes:
    return writers.mhtml().replace(b"text/html", b"image/png")


# Name, how it is made, and the kind of problem that must be told of it.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    **{f"{kind}: bomb": (partial(_bomb, kind), "bomb") for kind in PACKAGES},
    **{f"{kind}: laughs": (partial(_with_entities, kind, LAUGHS), "entities") for kind in PACKAGES},
    **{
        f"{kind}: outside": (partial(_with_entities, kind, OUTSIDE), "entities")
        for kind in PACKAGES
    },
    **{f"{kind}: cut": (partial(_cut, made[0], 2), "truncated") for kind, made in PACKAGES.items()},
    **{f"{kind}: flagged as locked": (partial(_flagged, kind), "encrypted") for kind in PACKAGES},
    **{f"{kind}: huge": (partial(_picture, kind), "bomb") for kind in sorted(IMAGES)},
    "doc: locked": (_locked_doc, "encrypted"),
    "doc: cut": (partial(_cut, partial(_office, "doc"), 2), "truncated"),
    "docx: locked": (_locked_docx, "encrypted"),
    "xls: locked": (_locked_book, "encrypted"),
    "xls: cut": (partial(_cut, partial(_office, "xls"), 2), "truncated"),
    "pdf: locked": (_locked_pdf, "encrypted"),
    "pdf: cut": (partial(_cut, writers.pdf, 3), "truncated"),
    "pdf: very many pages": (lambda: paper.pdf_of(paper.draw_pages(["一页"]) * 10_000), "too_long"),
    "pdf: very many lines": (lambda: _pdf(b"0 0 m 9 9 l S " * 60_000), "too_large"),
    "pdf: stream bomb": (lambda: _pdf(BLANKS), "bomb"),
    "pdf: stream bomb in a bomb": (_pdf_deflated_twice, "bomb"),
    "pdf: forms within forms": (_pdf_of_forms, "bomb"),
    "pdf: a content of many pages": (lambda: _pdf_of_one_content(400, 1), "bomb"),
    "pdf: a content many times": (lambda: _pdf_of_one_content(1, 3_000), "bomb"),
    "pdf: very deep pages": (lambda: _pdf_of_deep_pages(20_000), "truncated"),
    "pdf: a page of 10^9 points": (
        lambda: _pdf(b"9 9 m 9 99 l S").replace(b"600 800", b"1000000000 1000000000"),
        "no_text",
    ),
    "pdf: a path of very many lines": (
        lambda: _pdf(b"0 0 m " + b"9 9 l 0 9 l " * 50_000 + b"S"),
        "too_large",
    ),
    "pdf: a pattern of very small tiles": (
        lambda: _pdf(b"/Pattern cs /P scn 0 0 600 800 re f", extra=PATTERN),
        "bomb",
    ),
    "pdf: locked in an unknown way": (
        lambda: _locked_pdf().replace(b"/Standard", b"/Adobe.PubSec"),
        "encrypted",
    ),
    "pdf: pages in a circle": (lambda: _pdf(b"", CIRCLE), "truncated"),
    "pdf: a form within itself": (lambda: _pdf(b"/I Do", extra=FORM), "no_text"),
    "zip: bomb": (lambda: writers.zipped({"a.txt": BLANKS}), "bomb"),
    "zip: within a zip": (_nested_zip, "nested_zip"),
    "zip: very many files": (
        lambda: writers.zipped({f"{n}.txt": b"x" for n in range(60)}),
        "too_long",
    ),
    "zip: cut": (lambda: writers.zipped({"a.txt": b"x" * 900})[:60], "truncated"),
    "zip: empty": (lambda: writers.zipped({}), "empty"),
    "gzip: bomb": (lambda: gzip.compress(BLANKS), "unsupported"),
    "rtf: cut": (lambda: writers.rtf()[:900], "truncated"),
    "rtf: very many cells": (
        lambda: rb"{\rtf1 \trowd" + rb"\intbl 1\cell" * 110_000,
        "table_too_large",
    ),
    "text: very many lines": (lambda: b"1\n" * 250_000, "too_long"),
    "text: a very long line": (lambda: b"1 " * 2_600_000, "too_long"),
    "mhtml: deep": (_deep_mhtml, "deep_nesting"),
    "mhtml: without a page": (_pageless_mhtml, "truncated"),
}
