"""Pages that a browser saved whole (MHTML): the page is read, its other parts are not."""

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage

from parsers.records import Document
from pipelines.assembly import problem
from pipelines.decode import declared_charset, decode
from pipelines.html import read_html
from pipelines.limits import RefusedError
from pipelines.sniff import media_type

MAX_PARTS = 2000


def read_mhtml(payload: bytes) -> Document:
    """Reads the page of a saved archive; of several the one with most text, frames being parts.

    Its own Content-Location makes the links absolute.
    """
    message = email.message_from_bytes(payload.lstrip(), policy=email.policy.default)
    documents = [_page(part, message) for part in _pages(message)]
    if not documents:
        raise RefusedError("truncated", "the saved page holds no page")
    chosen = max(documents, key=_weight)
    snapshot = str(message.get("Snapshot-Content-Location") or "")
    meta = (*chosen.meta, *((("Snapshot-Content-Location", snapshot),) if snapshot else ()))
    left = sum(document is not chosen and any(document.grids()) for document in documents)
    detail = f"{left} other pages of the saved file hold tables that were not read"
    told = (problem("embedded", detail),) if left else ()
    return replace(chosen, media_type="mhtml", meta=meta, problems=(*chosen.problems, *told))


def _pages(message: EmailMessage) -> list[EmailMessage]:
    parts = [part for part, _ in zip(message.walk(), range(MAX_PARTS), strict=False)]
    return [
        part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]


def _page(part: EmailMessage, message: EmailMessage) -> Document:
    content = part.get_payload(decode=True)
    payload = content if isinstance(content, bytes) else b""
    place = part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    label = declared_charset(payload, str(part.get("Content-Type") or ""))
    if media_type(payload) == "empty":
        payload = b"<html></html>"
    return read_html(decode(payload, label), str(place))


def _weight(document: Document) -> int:
    grids = sum(len(grid.rows) * grid.width for grid in document.grids())
    return grids * 10 + sum(len(paragraph.text) for paragraph in document.paragraphs())
