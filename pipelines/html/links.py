"""Where a page leads: attachments in every shape, frames, pictures and next pages."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from lxml import etree

from parsers.records import Link
from pipelines.html import tree
from pipelines.html.paths import element_path

DOCUMENTS = "pdf|docx?|wps|rtf|xlsx?|et|ofd|zip|rar|7z|docm|xlsm|txt|ceb|tiff?"
PICTURES = "png|jpe?g|gif|bmp|webp|tiff?"
VIEWER_KEYS = ("file", "src", "url", "path", "pdf", "fileurl")
SCHEMES = ("http", "https", "file", "")
MOST_LINKS = 2000
LONGEST_KEPT = 300

_DOCUMENT = re.compile(rf"\.({DOCUMENTS})$", re.IGNORECASE)
_MAY_END = re.compile(rf"(\.|%2e)({DOCUMENTS})|%", re.IGNORECASE)
_IN_TEXT = re.compile(rf"\.({DOCUMENTS})\s*[)）】\]]?\s*$", re.IGNORECASE)
_PICTURE = re.compile(rf"\.({PICTURES})$", re.IGNORECASE)
# Addresses that answer with a file although they do not end like one.
_DOWNLOAD = re.compile(
    r"download\.jsp|DownloadAttachUrl|downloadfile|filedownload|attach(ment)?[_/.]?down"
    r"|down(load)?attach|/attachment/|[?&](fileid|wbfileid|attachid)=|/protect/P\d",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    rf"""["']([^"'\s<>\\]*?[^"'\s<>\\/]\.({DOCUMENTS})(\?[^"'\s<>]*)?)["']""", re.IGNORECASE
)
_PAGER = re.compile(
    r"createPageHTML\(\s*(\d{1,3})\s*,\s*(\d+)\s*,\s*[\"']([\w-]+)[\"']\s*,\s*[\"'](\w+)[\"']"
)
_NEXT = re.compile(r"(下一?页|后一页|next)\s*[>»＞]*", re.IGNORECASE)
# Beside `href` these hold no address.
_PLAIN_ATTRIBUTES = frozenset({"href", "class", "id", "style", "target", "title"})
_STEM = re.compile(r"([^/]+)\.\w+$")


class LinkReader:
    """Collects the links of one page, each once, absolute where the page's address is known."""

    def __init__(self, root: etree._Element, url: str) -> None:
        base = root.find(".//base[@href]")
        self._base = self._joined(url, base.get("href", "")) if base is not None else url
        self._root = root
        self._url = url
        self._found: dict[tuple[str, str], Link] = {}

    def read(self, content: Iterable[etree._Element]) -> tuple[Link, ...]:
        """The links of the content; attachments and next pages from the whole page."""
        for element in content:
            self._read_content(element)
        for anchor in self._root.iter("a"):
            if not _is_plain(tuple(anchor.items()), tree.raw_text(anchor)):
                self._attachment(anchor)
                self._next_page(anchor)
        for frame in self._root.iter("iframe", "embed", "object", "frame"):
            self._frame(frame)
        self._scripts()
        return tuple(self._found.values())[:MOST_LINKS]

    def _read_content(self, element: etree._Element) -> None:
        for node in element.iter("a", "img", "iframe", "embed", "object"):
            if node.tag == "a":
                if not self._attachment(node) and not self._next_page(node):
                    self._add(node.get("href", ""), tree.shown_text(node), "link", node)
            elif node.tag == "img":
                source = node.get("src") or node.get("data-src") or node.get("oldsrc") or ""
                self._add(source, node.get("alt") or node.get("title") or "", "image", node)
            else:
                self._frame(node)

    def _attachment(self, anchor: etree._Element) -> bool:
        for name in ("href", "data-href", "oldsrc", "data-url"):
            address = anchor.get(name)
            if address and self._is_document(address, anchor):
                return self._add(address, _label(anchor), "attachment", anchor)
        return self._onclick(anchor)

    def _is_document(self, address: str, anchor: etree._Element) -> bool:
        if _leads_to_document(address):
            return True
        if address.startswith(("#", "javascript")):
            return False
        may_name_file = "." in tree.raw_text(anchor) or "." in (anchor.get("title") or "")
        return may_name_file and bool(_IN_TEXT.search(_label(anchor)))

    def _onclick(self, anchor: etree._Element) -> bool:
        call = anchor.get("onclick") or ""
        if anchor.get("href", "").lower().startswith("javascript"):
            call += anchor.get("href", "")
        found = _QUOTED.search(call) if call else None
        return found is not None and self._add(found[1], _label(anchor), "attachment", anchor)

    def _next_page(self, anchor: etree._Element) -> bool:
        address = anchor.get("href", "")
        if not address or address.startswith(("#", "javascript")):
            return False
        text = tree.raw_text(anchor).strip()
        return bool(_NEXT.fullmatch(text)) and self._add(address, text, "next_page", anchor)

    def _frame(self, frame: etree._Element) -> None:
        address = frame.get("src") or frame.get("data") or frame.get("data-src") or ""
        viewed = viewed_document(address)
        title = frame.get("title") or ""
        if viewed or _ends_as_document(address):
            self._add(viewed or address, title, "attachment", frame)
        elif address:
            self._add(address, title, "frame", frame)

    def _scripts(self) -> None:
        for script in self._root.iter("script"):
            text = script.text or ""
            if script.get("src") or not text:
                continue
            for found in _QUOTED.finditer(text):
                if "/" in found[1]:
                    self._add(found[1], "", "attachment", script)
            self._pager(text, script)

    def _pager(self, script: str, node: etree._Element) -> None:
        """Pages that a script numbers: name, name_1, name_2 and so on."""
        found = _PAGER.search(script)
        stem = _STEM.search(urlsplit(self._url).path)
        if not found or not stem or stem[1] != found[3]:
            return
        for number in range(1, int(found[1])):
            self._add(f"{found[3]}_{number}.{found[4]}", str(number + 1), "next_page", node)

    def _add(self, address: str, text: str, kind: str, node: etree._Element) -> bool:
        address = address.strip()
        if address.startswith("data:"):
            address = address[: address.find(",") + 1 or 40]
        elif not address or address.startswith("#") or not _is_web(address):
            return False
        else:
            address = self._joined(self._base, address)
        known = self._found.get((kind, address))
        if known is None:
            self._found[kind, address] = Link(address, text, kind, f"html:#{element_path(node)}")
        return True

    @staticmethod
    def _joined(base: str, address: str) -> str:
        try:
            return urljoin(base, address) if base else address
        except ValueError:
            return address


# The pages of a site share the links of their menus.
@lru_cache(maxsize=1024)
def _is_plain(attributes: tuple[tuple[str, str], ...], text: str) -> bool:
    """Whether nothing of a link can name a document or the next page."""
    said = dict(attributes)
    address = said.get("href", "")
    if not said.keys() <= _PLAIN_ATTRIBUTES or "." in text or "." in said.get("title", ""):
        return False
    if address.lower().startswith("javascript") or _leads_to_document(address):
        return False
    return _NEXT.fullmatch(text.strip()) is None


def is_page_link(anchor: etree._Element) -> bool:
    """Whether a link leads to another page, not to a document or a place of its own page."""
    address = (anchor.get("href") or "").strip()
    if not address or (address.startswith("#") and len(address) > 1):
        return False
    text = tree.raw_text(anchor)
    attached = text.lstrip().startswith("附件") or _IN_TEXT.search(text)
    return not (attached or _leads_to_document(address))


def viewed_document(address: str) -> str:
    """The document that a viewer page shows (`viewer.html?file=...`); empty if it is none."""
    for key, value in _query(address):
        if key.lower() in VIEWER_KEYS and _ends_as_document(value):
            return unquote(value)
    return ""


def _query(address: str) -> Iterator[tuple[str, str]]:
    try:
        parts = urlsplit(address)
        yield from parse_qsl(parts.query, max_num_fields=50)
        yield from parse_qsl(parts.fragment, max_num_fields=50)
    except ValueError:
        return


def _leads_to_document(address: str) -> bool:
    """Whether an address is that of a document by its look; the pages of a site share most."""
    look = _looks_like_document
    return look(address) if len(address) <= LONGEST_KEPT else look.__wrapped__(address)


@lru_cache(maxsize=4096)
def _looks_like_document(address: str) -> bool:
    return _ends_as_document(address) or _DOWNLOAD.search(address) is not None


def _ends_as_document(address: str) -> bool:
    if not _MAY_END.search(address):
        return False
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return False
    return bool(_DOCUMENT.search(unquote(path).rstrip()))


def _is_web(address: str) -> bool:
    head, colon, _ = address.partition(":")
    return not colon or "/" in head or "?" in head or head.lower() in SCHEMES


def _label(anchor: etree._Element) -> str:
    """The link's text, or its title attribute where the text was cut or is missing."""
    text = tree.shown_text(anchor)
    title = (anchor.get("title") or "").strip()
    return title if title and (not text or text.endswith(("…", "..."))) else text
