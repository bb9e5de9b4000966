"""What a payload is, told from its bytes: suffixes and Content-Type headers are not believed."""

import io
import re
import struct
import zipfile
import zlib

from pipelines.decode import decode
from pipelines.limits import DAMAGE
from pipelines.relations import kind_by_content

HEAD_BYTES = 8192
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
)
IMAGES = frozenset({"png", "jpg", "gif", "bmp", "tif", "webp"})
# Members that tell what a zip package is, in order of precedence.
PACKAGES = (
    ("word/document.xml", "docx"),
    ("word/document2.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ofd.xml", "ofd"),
    ("ppt/presentation.xml", "pptx"),
    ("content.xml", "odf"),
)
CONTENT_TYPES = "[Content_Types].xml"
MOST_TYPES_BYTES = 1_000_000
# Streams of an OLE compound file. Kingsoft's wps and et files are of the same two kinds.
OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
OLE_HEADER_BYTES = 512
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAG = re.compile(
    r"<(!doctype\s+html|html|head|body|meta|title|table|tbody|tr|td|div|p|span|script|style|font"
    r"|center|br|h[1-6]|ul|ol|li|a|img|iframe|b|strong|section|article)\b[^<>]*>",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<(!doctype\s+html|html|body|head)\b", re.IGNORECASE)
_CLOSING = re.compile(r"</(p|div|td|tr|span|table|font|a|li|h[1-6])\s*>", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
# The root elements of Word and Excel 2003 and of flat packages, behind declaration and comments.
_OFFICE_XML = re.compile(
    r"<\?xml\b[^>]*>(?:\s*<\?[^>]*\?>|\s*<!--.{0,500}?-->)*\s*"
    r"<(?:\w+:)?(?:package|wordDocument|Workbook)\s[^>]*schemas[.-]microsoft",
    re.DOTALL,
)
_BLANKS_OR_COMMENT = re.compile(rb"\xef\xbb\xbf|\s+|<!--.*?-->", re.DOTALL)
# The head of a message (RFC 5322) and what it says of itself, if it is a page that was saved whole.
_MESSAGE_HEAD = re.compile(rb"(?:[\w-]{1,60}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+\r?\n")
_MESSAGE = re.compile(
    rb"^(?:mime-version|content-transfer-encoding):", re.IGNORECASE | re.MULTILINE
)
_PAGES = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)


def media_type(payload: bytes) -> str:
    """The short name of what the bytes are: `html`, `text`, `docx`, `pdf`, ..., else `unknown`."""
    head = payload[:HEAD_BYTES]
    if not payload.strip(b" \t\r\n\0"):
        return "empty"
    for signature, name in SIGNATURES:
        if head.startswith(signature) and (name != "bmp" or _is_bitmap(payload)):
            return name
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _package(payload)
    if head.startswith(_OLE):
        return _compound(payload)
    return _textual(payload)


def _is_bitmap(payload: bytes) -> bool:
    return payload[6:10] == b"\0\0\0\0"


def _package(payload: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            known = {name.lower() for name in archive.namelist()[:5000]}
            named = next((name for member, name in PACKAGES if member in known), "")
            return named or kind_by_content(_content_types(archive)) or "zip"
    except (*DAMAGE, zlib.error, EOFError, RuntimeError):
        return _cut_package(payload)


def _content_types(archive: zipfile.ZipFile) -> bytes:
    """What a package says of the types of its parts; they need not have their usual names."""
    if CONTENT_TYPES not in archive.namelist():
        return b""
    with archive.open(CONTENT_TYPES) as stream:
        return stream.read(MOST_TYPES_BYTES)


def _cut_package(payload: bytes) -> str:
    """A zip that lost its directory is named after the local headers that are left."""
    for member, name in PACKAGES:
        if member.encode() in payload:
            return name
    return "zip" if payload.startswith(b"PK\x03\x04") else "unknown"


def _compound(payload: bytes) -> str:
    for stream, name in OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\0\0" in payload:
            return name
    return "ole"


def is_cut_short(payload: bytes) -> bool:
    """Whether an OLE compound file ends before its directory, by its header ([MS-CFB] 2.2)."""
    if len(payload) < OLE_HEADER_BYTES:
        return True
    (shift,) = struct.unpack_from("<H", payload, 0x1E)
    (directory,) = struct.unpack_from("<I", payload, 0x30)
    return bool(shift > 16 or (directory + 2) << shift > len(payload))


def _textual(payload: bytes) -> str:
    start = _begins(payload)
    head = payload[start : start + HEAD_BYTES]
    if head.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if _is_saved_page(head):
        return "mhtml"
    text = decode(head).text.lstrip("\ufeff \t\r\n")
    if _is_binary(text):
        return "unknown"
    if _OFFICE_XML.match(text):
        return "office_xml"
    return "html" if _is_html(text) else "text"


def _is_saved_page(head: bytes) -> bool:
    found = _MESSAGE_HEAD.match(head)
    return found is not None and all(one.search(found[0]) for one in (_MESSAGE, _PAGES))


def _begins(payload: bytes) -> int:
    """Where a payload begins behind blanks and comments, which may be longer than any head."""
    start = 0
    while found := _BLANKS_OR_COMMENT.match(payload, start):
        start = found.end()
    return start


def _is_binary(text: str) -> bool:
    odd = len(_CONTROLS.findall(text))
    odd += text.count("\ufffd")
    return odd > 0.1 * len(text)


def _is_html(text: str) -> bool:
    if _PAGE.search(text):
        return True
    if text.startswith("<") and _TAG.match(text):
        return True
    return len(_CLOSING.findall(text)) >= 2
