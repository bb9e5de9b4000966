"""Pages that a browser saved whole (MHTML, RFC 2557): the page is read, its other parts are not.

Of a workbook that was saved so, each sheet is a page; all of them are read.
"""

import email
import email.policy
import re
from collections.abc import Sequence
from dataclasses import replace
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage

from parsers.records import Document
from pipelines.assembly import problem
from pipelines.decode import declared_charset, decode
from pipelines.html import read_html
from pipelines.joining import prefixed
from pipelines.limits import RefusedError
from pipelines.sniff import IMAGES, media_type

MAX_PARTS = 2000
# Lines that may begin a part.
MOST_MARKS = 5 * MAX_PARTS
PAGES = ("text/html", "application/xhtml+xml")
# What parts are called by programs that do not know better.
UNKNOWN = ("application/octet-stream", "text/plain")
# What a saved page holds beside pages.
BESIDE = IMAGES | {"empty", "html", "text", "unknown"}
_WORKBOOK = b"urn:schemas-microsoft-com:office:excel"
_BARE_BOUNDARY = re.compile(rb"(\bboundary=)([^\s\";]*=[^\s\";]*)", re.IGNORECASE)
_MARK = b"\xef\xbb\xbf"


def read_mhtml(payload: bytes) -> Document:
    """Reads the page of a saved archive; of several the one with most text, frames being parts.

    Its own Content-Location makes the links absolute.
    """
    whole = _BARE_BOUNDARY.sub(rb'\1"\2"', payload.removeprefix(_MARK).lstrip(), count=1)
    if whole.count(b"\n--") > MOST_MARKS:
        raise RefusedError("bomb", "the saved page has more parts than any that is read")
    message = email.message_from_bytes(whole, policy=email.policy.default)
    parts = [part for part, _ in zip(message.walk(), range(MAX_PARTS), strict=False)]
    pages = [part for part in parts if _is_page(part)]
    if not pages:
        raise RefusedError("truncated", "the saved page holds no page")
    documents = [_page(part, message) for part in pages]
    if _WORKBOOK in _content(pages[0]) and len(pages) > 1:
        chosen = _workbook(pages, documents)
    else:
        chosen = _with_others(max(documents, key=_weight), documents)
    snapshot = str(message.get("Snapshot-Content-Location") or "")
    meta = (*chosen.meta, *((("Snapshot-Content-Location", snapshot),) if snapshot else ()))
    attached = sum(media_type(_content(one)) not in BESIDE for one in parts if _is_file(one))
    detail = f"{attached} documents attached to the saved page were not read"
    told = [problem("embedded", detail)] if attached else []
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects):
        told.append(problem("truncated", "the saved page ends before its last part does"))
    return replace(chosen, media_type="mhtml", meta=meta, problems=(*chosen.problems, *told))


def _is_page(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    return kind in PAGES or (kind in UNKNOWN and media_type(_content(part)) == "html")


def _is_file(part: EmailMessage) -> bool:
    """Whether a part is what only an application opens."""
    return part.get_content_maintype() == "application" and not _is_page(part)


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _page(part: EmailMessage, message: EmailMessage) -> Document:
    payload = _content(part)
    place = part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    label = declared_charset(payload, str(part.get("Content-Type") or ""))
    if media_type(payload) == "empty":
        payload = b"<html></html>"
    return read_html(decode(payload, label), str(place))


def _workbook(pages: Sequence[EmailMessage], documents: Sequence[Document]) -> Document:
    """The sheets in order; each place begins with the name of its page, as in a package."""
    blocks = [
        prefixed(block, f"zip:{str(part.get('Content-Location') or '').rpartition('/')[2]}!")
        for part, document in zip(pages, documents, strict=True)
        for block in document.blocks
    ]
    titles = tuple(dict.fromkeys(title for document in documents for title in document.titles))
    weightiest = max(documents, key=_weight)
    return replace(weightiest, blocks=tuple(blocks), titles=titles)


def _with_others(chosen: Document, documents: Sequence[Document]) -> Document:
    left = sum(document is not chosen and any(document.grids()) for document in documents)
    detail = f"{left} other pages of the saved file hold tables that were not read"
    told = (problem("embedded", detail),) if left else ()
    return replace(chosen, problems=(*chosen.problems, *told))


def _weight(document: Document) -> int:
    grids = sum(len(grid.rows) * grid.width for grid in document.grids())
    return grids * 10 + sum(len(paragraph.text) for paragraph in document.paragraphs())
