"""What an article page says of itself, and what belongs to it."""

import re

from lxml.html import HtmlElement

from parsers.portals import jumps
from parsers.portals.attachments import each_once, linked
from parsers.portals.continued import next_pages
from parsers.portals.datarows import is_xml
from parsers.portals.dates import find_date
from parsers.portals.jsonrows import json_links, shown_date
from parsers.portals.markup import collapse, meta, parse, scripts, text_of
from parsers.portals.records import Article, Page
from parsers.portals.scripting import Json, json_after

_TITLE_ENDS = re.compile(r"\s*[_|]\s*|\s+[-–—]{1,2}\s+|--|——")
_PUBLISHED = re.compile(
    r"(?:发布|发文|发稿|公开|成文|更新|时\s?间|日\s?期)[^\d]{0,12}((?:19|20)\d\d[-./年]\s?\d{1,2}[-./月]\s?\d{1,2})"
)


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
    target = jumps.redirect_of(page, tree)
    deleted = bool(target) and jumps.leads_above(target, page.url)
    return Article(
        title=_title(tree),
        date=_date(tree),
        links=linked(tree, page.url),
        next_pages=next_pages(tree, page.url),
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
        links=each_once((*attached, *linked(body, url))),
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
