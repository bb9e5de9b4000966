"""What an article page says of itself, and what belongs to it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from parsers.portals import jumps
from parsers.portals.datarows import is_xml
from parsers.portals.dates import find_date
from parsers.portals.jsonrows import json_links, shown_date
from parsers.portals.markup import base_of, collapse, meta, parse, resolve, scripts, text_of
from parsers.portals.records import Article, Page
from parsers.portals.scripting import Json, joined, json_after
from parsers.records import Link

_MAX_PAGES = 60
_ATTACHMENT = re.compile(
    r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar|7z)\??$|/download\.jsp|downloadattach|wbfileid="
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
_TITLE_ENDS = re.compile(r"\s*[_|]\s*|\s+[-–—]{1,2}\s+|--|——")
_PUBLISHED = re.compile(
    r"(?:发布|发文|发稿|公开|成文|更新|时\s?间|日\s?期)[^\d]{0,12}((?:19|20)\d\d[-./年]\s?\d{1,2}[-./月]\s?\d{1,2})"
)
_NEXT = re.compile(r"^[\[(<]*下一?页[\])>»›]*$")
_CALL = re.compile(r"\bcreatePageHTML\s*\(\s*(\d{1,3})\s*,([^()]{0,200})\)", re.IGNORECASE)
_FILE = re.compile(r"^(?P<stem>[^.]{1,200})(?P<ext>\.[a-z]{3,5})$", re.IGNORECASE)
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


def read_article(page: Page) -> Article:
    """Title, date, attachments, further pages, frames and the redirect of a page.

    A page in which a script or refresh leads to a folder above it is marked `deleted` and has no
    `redirect`: portals answer so for pages they took down.
    """
    if is_xml(page.text):
        return Article()
    tree = parse(page.text)
    detail = _platform_detail(tree)
    if detail is not None:
        return _from_detail(detail, page.url)
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
        chars=len(text_of(tree)) - sum(len(text_of(link)) for link in tree.iter("a")),
    )


def _platform_detail(tree: HtmlElement) -> dict[str, Json] | None:
    """The article that Guangdong's catalogue platform keeps in its configuration script."""
    code = scripts(tree)
    detail = json_after(code, "DETAIL") if "_CONFIG" in code else None
    return detail if isinstance(detail, dict) and "content" in detail else None


def _from_detail(detail: dict[str, Json], url: str) -> Article:
    body = parse(str(detail["content"]))
    times = ("date", "display_publish_time", "created_at", "publish_time")
    dates = (shown_date(detail.get(name)) for name in times)
    attached = json_links(detail.get("attachment"), url)
    return Article(
        title=collapse(str(detail.get("title") or "")),
        date=next((date for date in dates if date), ""),
        links=tuple(_unique(chain(attached, _links(body, url)))),
        frames=jumps.frames_of(body, url),
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
    for address in _opened(scripts(tree)):
        yield from _attachment(resolve(address, base), "")


def _opened(code: str) -> Iterator[str]:
    """What a script opens by a call that shows or fetches documents."""
    return (match[1] for _, match in joined(_OPENING, _OPENED, code, _OPENING_CHARS))


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
        target = resolve(next(_opened(script), ""), base)
    if not target:
        return
    document = _document_at(target)
    if document or _WORDED.search(text):
        yield from _attachment(document or target, text)


@lru_cache(maxsize=4096)
def _document_at(url: str) -> str:
    """The document that an address shows or is, by its looks; empty if none."""
    parts = urlsplit(url)
    is_document = _ATTACHMENT.search(f"{parts.path}?{parts.query}")
    return jumps.viewed_document(url) or (url if is_document else "")


def _from_image(node: HtmlElement, base: str) -> Iterator[Link]:
    target = resolve(node.get("src"), base)
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


def _unique(links: Iterator[Link]) -> list[Link]:
    kept: dict[str, Link] = {}
    for link in links:
        kept.setdefault(link.url, link)
    return list(kept.values())


def _next_pages(tree: HtmlElement, url: str) -> tuple[str, ...]:
    code = scripts(tree)
    call = _CALL.search(code) if "createpagehtml" in code.lower() else None
    if call:
        return _series(url, int(call.group(1)), call.group(2))
    base = base_of(tree, url)
    for node in tree.iter("a"):
        target = resolve(node.get("href"), base)
        if target and target != url and _NEXT.match(text_of(node, 40).replace(" ", "")):
            return (target,) if _same_article(target, url) else ()
    return ()


def _series(url: str, pages: int, arguments: str) -> tuple[str, ...]:
    """The other pages `stem_1.html ...` of an article in several files.

    A call whose third argument is not the article's own file name pages something else.
    """
    match = _FILE.match(urlsplit(url).path.rsplit("/", 1)[-1])
    named = [part.strip(" '\"\t\n") for part in arguments.split(",")]
    if match is None or pages > _MAX_PAGES or (len(named) > 1 and named[1] != match["stem"]):
        return ()
    return tuple(urljoin(url, f"{match['stem']}_{n}{match['ext']}") for n in range(1, pages))


def _same_article(target: str, url: str) -> bool:
    """Whether 下一页 leads on in the article and not to the next article."""
    here, there = urlsplit(url), urlsplit(target)
    if here.path == there.path:
        return True
    stem = re.sub(r"(?:_\d{1,2})?\.[a-z]{3,5}$", "", here.path, flags=re.IGNORECASE)
    return here.netloc == there.netloc and there.path.startswith(f"{stem}_")
