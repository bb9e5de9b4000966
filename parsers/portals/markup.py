"""HTML as the portal readers see it: a tolerant tree, texts, addresses and scripts."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from parsers.portals.settled import written_out

MAX_CHARS = 20_000_000
_BROKEN = re.compile(r"[\t\r\n\u200b\u200c\u200d\ufeff]+")
_UNSEEN = re.compile(r"[\u200b\u200c\u200d\ufeff]")
_SCRIPTED = re.compile(
    r"(?:\bopen|\bhref|\blocation|\breplace|\bassign|\bnavigate)\s{0,5}(?:=|\()\s{0,5}"
    r"(?:encodeURI\(\s{0,5})?(?:'([^'\n]{1,500})'|\"([^\"\n]{1,500})\")(?!\s{0,5}\+)"
)
# Another one at every visit: with it no address would ever come twice.
_SESSION = re.compile(r";jsessionid=[^?#/]*", re.IGNORECASE)
# Links that lead to the same place from all pages of a folder.
_BELOW = re.compile(r"\.{0,2}/[\w.%~-]|https?://\w|[\w-]+[./?]")
# Links longer than any real one are not remembered.
_REMEMBERED_CHARS = 400
_TEXT_CHARS = 100_000
_MAX_BOXES = 40
# One class for all elements: to ask for that of each by its name takes as long as to visit it.
_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)
_NOT_SHOWN = ("script", "style", "noscript", "template")


@lru_cache(maxsize=2)
def parse(text: str) -> HtmlElement:
    """The tree of a page or fragment; an empty one where nothing can be parsed.

    The readers of one page share its tree, so nobody may change it.
    """
    payload = text[:MAX_CHARS].replace("\x00", "").encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = html.document_fromstring(payload, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return html.Element("html")
    return tree


def collapse(text: str) -> str:
    """The text with every run of white space, seen or not, as one space."""
    if not text.isascii():
        text = _UNSEEN.sub(" ", text)
    return " ".join(text.split())


def text_of(element: HtmlElement, limit: int = _TEXT_CHARS) -> str:
    """The text a reader sees in the element, white space collapsed."""
    if not len(element):
        return "" if element.tag in _NOT_SHOWN else collapse(element.text or "")
    texts: Iterable[str]
    if element.getparent() is None:
        texts = _shown_in_page(element)
    # Looking for what is hidden goes through the whole element, whatever the limit.
    elif limit < _TEXT_CHARS or next(element.iter(*_NOT_SHOWN), None) is not None:
        texts = _shown(element)
    else:
        texts = element.itertext()
    return collapse(" ".join(_cut(texts, limit)))


def _cut(texts: Iterable[str], limit: int) -> Iterator[str]:
    taken = 0
    for text in texts:
        yield text
        taken += len(text)
        if taken > limit:
            return


@lru_cache(maxsize=2)
def _shown_in_page(tree: HtmlElement) -> tuple[str, ...]:
    return tuple(_shown(tree))


def _shown(element: HtmlElement) -> Iterator[str]:
    hidden: HtmlElement | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if hidden is not None:
            if event == "end" and node is hidden:
                hidden = None
        elif event == "start" and node.tag in _NOT_SHOWN:
            hidden = node
        elif event == "start" and node.text:
            yield node.text
        if event == "end" and hidden is None and node is not element and node.tail:
            yield node.tail


def joined_text(element: HtmlElement) -> str:
    """The text with no space at all, for labels split by `<br>` or padded with spaces."""
    return text_of(element).replace(" ", "")


def boxes_of(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The boxes of a page or form in which one chooses, as many as pages for people have."""
    return islice(tree.iter("select"), _MAX_BOXES)


@lru_cache(maxsize=2)
def scripts(tree: HtmlElement) -> str:
    """All inline scripts of the page, one after another; what the page tells is written out."""
    return written_out("\n".join(node.text or "" for node in tree.iter("script")), tree)


def base_of(tree: HtmlElement, url: str) -> str:
    """The address that relative links start from."""
    for node in tree.iter("base"):
        if node.get("href"):
            return resolve(node.get("href"), url) or url
    return url


def resolve(href: str | None, base: str) -> str:
    """The absolute address of a link without fragment; empty unless it is http or https."""
    if not href:
        return ""
    if _BELOW.match(href):
        base = _folder(base)
    known = len(href) <= _REMEMBERED_CHARS and len(base) <= _REMEMBERED_CHARS
    return _remembered(href, base) if known else _resolved(href, base)


@lru_cache(maxsize=64)
def _folder(base: str) -> str:
    """The folder of an address: the pages of a folder share the links that are remembered."""
    try:
        return urljoin(base, "./")
    except ValueError:
        return base


def _resolved(href: str, base: str) -> str:
    # As browsers do: blanks around a link and breaks in it go, blanks in it are part of it.
    plain = _BROKEN.sub("", href).strip().replace(" ", "%20")
    target = _SESSION.sub("", plain.replace("\\", "/"))
    if not target or target.startswith("#") or target.lower().startswith(("javascript:", "data:")):
        return ""
    try:
        absolute = urldefrag(urljoin(base, target)).url
        parts = urlsplit(absolute)
        host = parts.hostname
    except ValueError:
        return ""
    return absolute if parts.scheme in ("http", "https") and host else ""


# Listing, article, columns and pager of one page ask for the same links.
_remembered = lru_cache(maxsize=4096)(_resolved)


def target_of(element: HtmlElement, base: str) -> str:
    """Where an element leads: by its href, else by the address its click script opens."""
    plain = resolve(element.get("href"), base)
    if plain:
        return plain
    script = _SCRIPTED.search(f"{element.get('href') or ''} {element.get('onclick') or ''}")
    return resolve(script.group(1) or script.group(2), base) if script else ""


def meta(tree: HtmlElement, *names: str) -> str:
    """The content of the first meta tag of one of the names, compared without case."""
    wanted = {name.casefold() for name in names}
    for node in tree.iter("meta"):
        name = (node.get("name") or node.get("property") or "").casefold()
        content = collapse(node.get("content") or "")
        if name in wanted and content:
            return content
    return ""


def file_name(url: str) -> str:
    """The last segment of an address's path, percent-decoded."""
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1])
