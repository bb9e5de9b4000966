"""What an article page says of itself, and what belongs to it."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from parsers.portals import jumps
from parsers.portals.dates import find_date
from parsers.portals.markup import base_of, collapse, meta, parse, resolve, scripts, text_of
from parsers.portals.records import Article, Page
from parsers.records import Link

_MAX_PAGES = 60
_ATTACHMENT = re.compile(
    r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar|7z)$|/download\.jsp|downloadattach|wbfileid="
    r"|/download/|downfile|filedown|attach(?:ment)?/",
    re.IGNORECASE,
)
_WORDED = re.compile(r"附件|\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar)\s*[】\])）]?\s*$", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"(?:showVsbpdfIframe|window\.open|openFile|downloadFile|downFile|viewPdf|PDFObject\.embed)"
    r"\s{0,3}\(\s{0,3}['\"]([^'\"\n]{1,500})['\"]",
    re.IGNORECASE,
)
_TITLE_ENDS = re.compile(r"\s*[_|]\s*|\s+[-–—]{1,2}\s+|--|——")
_PUBLISHED = re.compile(
    r"(?:发布|发文|发稿|公开|成文|更新|时\s?间|日\s?期)[^\d]{0,12}((?:19|20)\d\d[-./年]\s?\d{1,2}[-./月]\s?\d{1,2})"
)
_NEXT = re.compile(r"^[\[(<]*下一?页[\])>»›]*$")
_CALL = re.compile(r"\bcreatePageHTML\s*\(\s*(\d{1,3})\s*,[^()]{0,200}\)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?P<stem>.*?)(?:_(?P<n>\d{1,2}))?(?P<ext>\.[a-z]{3,5})$", re.IGNORECASE)
_IMAGE_CHROME = re.compile(r"logo|icon|ico\d|banner|button|btn|/images?/|qrcode|code\.|arrow", re.I)


def read_article(page: Page) -> Article:
    """Title, date, attachments, further pages, frames and the redirect of a page.

    A page in which a script or refresh leads to a folder above it is marked `deleted` and has no
    `redirect`: portals answer so for pages they took down.
    """
    tree = parse(page.text)
    target = jumps.redirect_of(tree, page.url)
    deleted = bool(target) and jumps.leads_above(target, page.url)
    return Article(
        title=_title(tree),
        date=_date(tree),
        links=tuple(_unique(_links(tree, page.url))),
        next_pages=_next_pages(tree, page.url),
        frames=jumps.frames_of(tree, page.url),
        redirect="" if deleted else target,
        deleted=deleted,
    )


def _title(tree: HtmlElement) -> str:
    declared = meta(tree, "ArticleTitle")
    if declared:
        return declared
    for tag in ("ucaptitle", "h1", "h2"):
        for node in tree.iter(tag):
            if text := text_of(node, 400):
                return text
    node = next(tree.iter("title"), None)
    return _TITLE_ENDS.split(collapse(node.text or ""))[0] if node is not None else ""


def _date(tree: HtmlElement) -> str:
    declared = find_date(meta(tree, "PubDate", "PublishDate", "MakeTime"))
    if declared:
        return declared
    stamp = next(tree.iter("publishtime"), None)
    if stamp is not None and (found := find_date(text_of(stamp, 100))):
        return found
    printed = _PUBLISHED.search(text_of(tree, 50_000))
    return find_date(printed.group(1)) if printed else ""


def _links(tree: HtmlElement, url: str) -> Iterator[Link]:
    base = base_of(tree, url)
    for node in tree.iter("a", "iframe", "embed", "object", "img"):
        yield from _link(node, base)
    for match in _SCRIPTED.finditer(scripts(tree)):
        yield from _attachment(resolve(match.group(1), base), "")


def _link(node: HtmlElement, base: str) -> Iterator[Link]:
    if node.tag == "a":
        yield from _from_anchor(node, base)
    elif node.tag == "img":
        yield from _from_image(node, base)
    else:
        target = resolve(node.get("src") or node.get("data"), base)
        yield from _attachment(jumps.viewed_document(target) if target else "", "")


def _from_anchor(node: HtmlElement, base: str) -> Iterator[Link]:
    text = text_of(node, 400) or collapse(node.get("title") or "")
    target = resolve(node.get("href"), base)
    if not target:
        script = f"{node.get('href') or ''} {node.get('onclick') or ''}"
        match = _SCRIPTED.search(script)
        target = resolve(match.group(1), base) if match else ""
    if not target:
        return
    viewed = jumps.viewed_document(target)
    parts = urlsplit(target)
    if viewed or _ATTACHMENT.search(f"{parts.path}?{parts.query}") or _WORDED.search(text):
        yield from _attachment(viewed or target, text)


def _from_image(node: HtmlElement, base: str) -> Iterator[Link]:
    target = resolve(node.get("src"), base)
    if target and not _IMAGE_CHROME.search(urlsplit(target).path):
        yield Link(target, collapse(node.get("alt") or ""), "image")


def _attachment(url: str, text: str) -> Iterator[Link]:
    if url:
        yield Link(url, text, "attachment")


def _unique(links: Iterator[Link]) -> list[Link]:
    kept: dict[str, Link] = {}
    for link in links:
        kept.setdefault(link.url, link)
    return list(kept.values())


def _next_pages(tree: HtmlElement, url: str) -> tuple[str, ...]:
    call = _CALL.search(scripts(tree))
    if call:
        return _series(url, int(call.group(1)))
    base = base_of(tree, url)
    for node in tree.iter("a"):
        target = resolve(node.get("href"), base)
        if target and target != url and _NEXT.match(text_of(node, 40).replace(" ", "")):
            return (target,) if _same_article(target, url) else ()
    return ()


def _series(url: str, pages: int) -> tuple[str, ...]:
    """The other pages `stem_1.html ...` of an article in several files."""
    match = _NUMBERED.match(urlsplit(url).path.rsplit("/", 1)[-1])
    if match is None or pages > _MAX_PAGES or _part_number(url):
        return ()
    stem, ext = match["stem"], match["ext"]
    if re.fullmatch(r"t\d{8}", stem):
        stem = f"{stem}_{match['n']}"
    return tuple(urljoin(url, f"{stem}_{n}{ext}") for n in range(1, pages))


def _part_number(url: str) -> int:
    match = re.search(r"t\d{8}_\d+_(\d{1,2})\.", url)
    return int(match.group(1)) if match else 0


def _same_article(target: str, url: str) -> bool:
    """Whether 下一页 leads on in the article and not to the next article."""
    here, there = urlsplit(url), urlsplit(target)
    if here.path == there.path:
        return True
    stem = re.sub(r"(?:_\d{1,2})?\.[a-z]{3,5}$", "", here.path, flags=re.IGNORECASE)
    return here.netloc == there.netloc and there.path.startswith(f"{stem}_")
