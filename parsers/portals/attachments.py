"""What a page links that belongs to it: documents in all the ways of portals, and pictures."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from parsers.portals.jumps import viewed_document
from parsers.portals.markup import base_of, collapse, resolve, scripts, target_of, text_of
from parsers.portals.scripting import joined
from parsers.records import Link

_ENDINGS = r"(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar|7z)"
_ATTACHMENT = re.compile(
    rf"\.{_ENDINGS}\??$|/down(?:load)?\.(?:jsp|php|aspx?|ashx|do|action)|downloadattach|wbfileid="
    r"|/download/[^/]*\d|downfile|filedown|/attach(?:ment)?/[^/]*\d",
    re.IGNORECASE,
)
_WORDED = re.compile(r"附件|\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar)\s*[】\])）]?\s*$", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:showVsbpdfIframe|window\.open|openFile|downloadFile|downFile|viewPdf|PDFObject\.embed)"
    r"\s{0,3}\Z",
    re.IGNORECASE,
)
_OPENING_CHARS = 19
_OPENED = re.compile(r"\(\s{0,3}['\"]([^'\"\n]{1,500})['\"]")
_LITERAL_END = re.compile(rf"(\.{_ENDINGS})\\?['\"](?!\s?\+)", re.IGNORECASE)
_LITERAL_CHARS = 500
_NO_LITERAL = re.compile(r"[<>\s+]")
# Attributes in which elements keep for scripts where they lead to.
_KEPT = ("data-href", "data-url", "data-src", "data-file", "data-path", "value")
_CLICKED = etree.XPath(
    "//@onclick/..|//@data-href/..|//@data-url/..|//@data-file/..|//@data-path/..|//param|//area"
)
_SHOWN_TYPES = re.compile(r"^application/(?:pdf|msword|ofd|vnd\.|octet-stream)", re.IGNORECASE)
_LATER = ("data-original", "data-src", "data-lazy-src", "_src")
_BODY = re.compile(
    r"(?:^|\s)(?:TRS_Editor|TRS_UEDITOR|trs_paper_default|v_news_content|article-con\w*|art_content"
    r"|xl_article|wzcon|main-txt|bt-box-main|view|content)(?:\s|$)",
    re.IGNORECASE,
)
_BODY_IDS = ("zoom", "vsb_content", "ucap-content", "zoomcon", "content", "ivs_content")
_IMAGE_CHROME = re.compile(
    r"logo|icon|ico\d|banner|button|btn|qrcode|ewm|code\.|arrow|share|print|close",
    re.IGNORECASE,
)
_IMAGE_FOLDER = re.compile(r"/(?:images?|img|skin|template|static|assets)/", re.IGNORECASE)


def linked(tree: HtmlElement, url: str) -> tuple[Link, ...]:
    """The documents and pictures of a page, in order, each address once."""
    return each_once(_links(tree, base_of(tree, url)))


def each_once(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links without those whose address came before."""
    kept: dict[str, Link] = {}
    for link in links:
        kept.setdefault(link.url, link)
    return tuple(kept.values())


def _links(tree: HtmlElement, base: str) -> Iterator[Link]:
    for node in tree.iter("a", "iframe", "embed", "object", "img"):
        yield from _link(node, base)
    clicked: Any = _CLICKED(tree)
    for node in clicked:
        if node.tag != "a":
            yield from _from_clicked(node, base)
    code = scripts(tree).replace("\\/", "/")
    for address in (*_opened(code), *_literals(code)):
        yield from _attachment(resolve(address, base), "")


def _opened(code: str) -> Iterator[str]:
    """What a script opens by a call that shows or fetches documents."""
    return (match[1] for _, match in joined(_OPENING, _OPENED, code, _OPENING_CHARS))


def _literals(code: str) -> Iterator[str]:
    """Addresses of documents as scripts hold them; what is joined to other text is only a piece."""
    for found in _LITERAL_END.finditer(code):
        before = code[max(0, found.start() - _LITERAL_CHARS) : found.start()]
        opening = max(before.rfind("'"), before.rfind('"'))
        address = before[opening + 1 :] + found[1]
        joined_on = before[: max(opening, 0)].rstrip().endswith("+")
        if opening >= 0 and "/" in address and not joined_on and not _NO_LITERAL.search(address):
            yield address


def _link(node: HtmlElement, base: str) -> Iterator[Link]:
    if node.tag == "a":
        yield from _from_anchor(node, base)
    elif node.tag == "img":
        yield from _from_image(node, base)
    else:
        target = resolve(node.get("src") or node.get("data"), base)
        shown = target if _SHOWN_TYPES.match(node.get("type") or "") else ""
        yield from _attachment((viewed_document(target) if target else "") or shown, "")


def _from_anchor(node: HtmlElement, base: str) -> Iterator[Link]:
    text = text_of(node, 400) or collapse(node.get("title") or "")
    target = resolve(node.get("href"), base)
    if not target:
        yield from _from_clicked(node, base, text)
        return
    document = _document_at(target)
    if document or _WORDED.search(text):
        yield from _attachment(document or target, text)


def _from_clicked(node: HtmlElement, base: str, text: str = "") -> Iterator[Link]:
    """An element that leads on by a script, or by what it keeps for one."""
    script = f"{node.get('href') or ''} {node.get('onclick') or ''}"
    named = [next(_opened(script), ""), *(node.get(name) or "" for name in _KEPT)]
    targets = (target_of(node, base), *(resolve(name, base) for name in named))
    document = next((found for found in map(_document_at, filter(None, targets)) if found), "")
    if document or (node.tag == "a" and _WORDED.search(text)):
        told = text or text_of(node, 400)
        yield from _attachment(document or next(filter(None, targets), ""), told)


@lru_cache(maxsize=4096)
def _document_at(url: str) -> str:
    """The document that an address shows or is, by its looks; empty if none."""
    parts = urlsplit(url)
    is_document = _ATTACHMENT.search(f"{parts.path}?{parts.query}")
    return viewed_document(url) or (url if is_document else "")


def _from_image(node: HtmlElement, base: str) -> Iterator[Link]:
    later = next((node.get(name) for name in _LATER if node.get(name)), "")
    target = resolve(later or node.get("src"), base)
    path = urlsplit(target).path
    if not target or _IMAGE_CHROME.search(path):
        return
    if _in_body(node) or not _IMAGE_FOLDER.search(path):
        yield Link(target, collapse(node.get("alt") or ""), "image")


def _in_body(node: HtmlElement) -> bool:
    return any(
        _BODY.search(above.get("class") or "") or (above.get("id") or "").casefold() in _BODY_IDS
        for above in node.iterancestors("div", "td", "article")
    )


def _attachment(url: str, text: str) -> Iterator[Link]:
    if url:
        yield Link(url, text, "attachment")
