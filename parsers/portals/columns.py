"""Where on a page the annual-report column may be, best first, each with its reason."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from urllib.parse import quote, urljoin, urlsplit

from lxml.html import HtmlElement

from parsers.portals import jumps
from parsers.portals.cues import ARTICLE, OTHER_REPORTS, REPORTS_BY_PATH, cue_of
from parsers.portals.families import webforms
from parsers.portals.jsonrows import every_row
from parsers.portals.markup import base_of, meta, parse, resolve, text_of
from parsers.portals.matrices import heading_of
from parsers.portals.menus import headed_more, ways_on
from parsers.portals.records import Column, Page
from parsers.portals.scripting import Json, decode_json
from parsers.portals.templates import read_template
from parsers.portals.waiting import waiting_parts
from parsers.portals.years import (
    BODY_REASON,
    YEAR_REASON,
    YEAR_SCORE,
    YEAR_TEXT,
    choices,
    form_column,
)

SEARCH_WORDS = "政府信息公开工作年度报告"
_MAX_COLUMNS = 200
_BODY = re.compile(r"(?:局|委|委员会|办|办公室|厅|政府|街道|镇|乡|院|管委会|[省市县区州盟旗])$")
_SIBLING = re.compile(r"^(.*/)(zfxxgkzn|zfxxgkzd|xxgkzn|xxgkzd|gkzn|gkzd)(/.*)?$", re.IGNORECASE)
_HOME = re.compile(r"/?(?:(?:index|default|main)\.\w{3,5})?", re.IGNORECASE)
_SHORT = re.compile(r"[\u4e00-\u9fff]{2,8}")
_FOLDER = re.compile(r"/(?:(?:index|list|default)[^/]*)?$", re.IGNORECASE)
_LOCATION = re.compile(r"<loc>\s{0,20}([^<\s]{1,500})\s{0,20}</loc>")
_LEADS_ON, _ANNUAL_FRAME, _FRAME, _PART = 92, 60, 35, 8
_ANNUAL_BODY, _OTHER_BODY = 55, 25
_ENTRANCE, _FEW_WAYS, _SPLASH_CHARS = 34, 3, 100
_NAMED_BODY = "a body that the page names"
BRANCHES = frozenset({YEAR_REASON, BODY_REASON, _NAMED_BODY})
_MAX_UNNAMED, _MAX_LOCATIONS = 60, 20_000
_ANNUAL = re.compile(r"年报|年度报告")


def find_columns(page: Page) -> tuple[Column, ...]:
    """The addresses that may hold or lead to annual reports, best first.

    Scores: 70 and above name the reports, 30-69 are a step on the way, below 30 are last resorts
    (site map, a sibling of the guide's folder, the site's own search).
    """
    best: dict[tuple[str, bytes], Column] = {}
    for column in _found(page):
        key = column.url, column.body
        known = best.get(key)
        is_other = _plain(column.url) != _plain(page.url) or column.body
        if is_other and (known is None or column.score > known.score):
            best[key] = column
    ordered = sorted(best.values(), key=lambda column: -column.score)
    return tuple(ordered[:_MAX_COLUMNS])


def _found(page: Page) -> Iterator[Column]:
    if is_site_map(page.text):
        return _in_site_map(page)
    value = decode_json(page.text) if page.state.get("loaded") else None
    return _all(page, parse(page.text)) if value is None else _in_answer(page, value)


def _in_answer(page: Page, value: Json) -> Iterator[Column]:
    """The entries of a menu that a script loads as data."""
    details = [read_template(line) for line in page.state.get("details", "").splitlines()]
    rows = islice(every_row(value, page.url, details), _MAX_COLUMNS)
    entries = [(row.title.replace(" ", ""), row.url) for row in rows]
    yield from _by_cues(entries)
    if page.state.get("annual"):
        yield from _branches(entries)


def _by_cues(entries: Iterable[tuple[str, str]]) -> Iterator[Column]:
    for text, url in entries:
        cue = cue_of(text, url)
        if cue is not None:
            yield Column(url, text, cue.reason, cue.score)


def _all(page: Page, tree: HtmlElement) -> Iterator[Column]:
    anchors = list(ways_on(tree, page.url))
    is_annual = is_annual_column(page, tree)
    yield from _by_cues((*anchors, *headed_more(tree, page.url)))
    if is_annual:
        yield from _branches(anchors)
        yield from choices(page, tree)
    elif "信息公开" in next((node.text or "" for node in tree.iter("title")), ""):
        yield from _bodies(anchors, _OTHER_BODY)
    yield from _posted_back(tree, page)
    yield from _jumps(tree, page, _ANNUAL_FRAME if is_annual else _FRAME)
    yield from _parts(tree, page.url)
    yield from _siblings(anchors)
    yield from _searches(page, tree)
    if _HOME.fullmatch(urlsplit(page.url).path):
        yield from _entrances(anchors, tree, page.url)
        yield from _unnamed(anchors, page.url)


def _plain(url: str) -> str:
    return re.sub(r"/index\.\w{3,5}$", "/", url)


def is_annual_column(page: Page, tree: HtmlElement) -> bool:
    """Whether the page itself is about annual reports: by column meta, title or path."""
    node = next(tree.iter("title"), None)
    title = (node.text or "") if node is not None else ""
    heading = heading_of(tree)
    names = f"{meta(tree, 'ColumnName')} {meta(tree, 'ColumnKeywords')} {title} {heading}"
    by_path = any(cue.pattern.search(urlsplit(page.url).path) for cue in REPORTS_BY_PATH)
    return by_path or bool(_ANNUAL.search(names) and not OTHER_REPORTS.search(names))


def _branches(anchors: list[tuple[str, str]]) -> Iterator[Column]:
    """Years and bodies that an annual-report page branches into."""
    yield from _bodies(anchors, _ANNUAL_BODY)
    for text, url in anchors:
        if ARTICLE.search(urlsplit(url).path) or jumps.viewed_document(url):
            continue
        if YEAR_TEXT.match(text):
            yield Column(url, text, YEAR_REASON, YEAR_SCORE)


def _parts(tree: HtmlElement, url: str) -> Iterator[Column]:
    """Parts of the page that scripts of other files load; menus may be among them."""
    for part in waiting_parts(tree, url):
        yield Column(part, "", "a part that the page loads", _PART)


def _bodies(anchors: Iterable[tuple[str, str]], score: int) -> Iterator[Column]:
    for text, url in anchors:
        path = urlsplit(url).path
        if _BODY.search(text) and len(text) < 20 and path.strip("/") and not ARTICLE.search(path):
            yield Column(url, text, _NAMED_BODY, score)


def _jumps(tree: HtmlElement, page: Page, frame_score: int) -> Iterator[Column]:
    url, reason = page.url, "the page only leads on"
    if target := jumps.redirect_of(page, tree):
        yield Column(target, "", reason, _LEADS_ON)
    if (form := jumps.sent_at_once(tree)) is not None:
        action = resolve(form.get("action"), base_of(tree, url)) or url
        yield form_column(form, action, {}, "", reason, _LEADS_ON, page.charset)
    for frame in jumps.frames_of(tree, url):
        yield Column(frame, "", "a frame of the page", frame_score)


def _posted_back(tree: HtmlElement, page: Page) -> Iterator[Column]:
    """The columns that a tree or menu of the page posts back for."""
    named = webforms.choices(page, tree, lambda text: cue_of(text, "") is not None)
    for text, key, step in named:
        if (cue := cue_of(text, "")) is not None:
            yield Column(step.url, text, cue.reason, cue.score, step.method, step.body, key)


def _siblings(anchors: list[tuple[str, str]]) -> Iterator[Column]:
    """The report folder that commonly stands beside the guide's and the rules' folders."""
    for text, url in anchors:
        parts = urlsplit(url)
        match = _SIBLING.match(parts.path)
        if match:
            name = re.sub(r"(?:zn|zd)$", "nb", match.group(2))
            guess = urljoin(url, quote(match.group(1) + name + "/"))
            yield Column(guess, text, "a guess: beside the guide's folder", 20)


def _searches(page: Page, tree: HtmlElement) -> Iterator[Column]:
    """The site's own search, as far as it is a plain form."""
    base = base_of(tree, page.url)
    for form in tree.iter("form"):
        target = resolve(form.get("action"), base)
        field = next((n for n in form.iter("input") if _is_search_field(n)), None)
        if target and field is not None:
            words = {str(field.get("name")): SEARCH_WORDS}
            reason = "the site's own search"
            yield form_column(form, target, words, SEARCH_WORDS, reason, 10, page.charset)


def _entrances(anchors: list[tuple[str, str]], tree: HtmlElement, url: str) -> Iterator[Column]:
    """The ways on from a home page that is no more than a picture and an entrance."""
    host = urlsplit(url).netloc
    own = {u: text for text, u in anchors if urlsplit(u).netloc == host and _may_enter(text, u)}
    links = (a for a in tree.iter("a") if next(a.iter("img"), None) is not None)
    drawn = {resolve(link.get("href"), base_of(tree, url)) for link in links}
    if len(own) <= _FEW_WAYS and len(text_of(tree, 4_000)) <= _SPLASH_CHARS:
        for target, text in ((u, text) for u, text in own.items() if u in drawn):
            yield Column(target, text, "an entrance of the home page", _ENTRANCE)


def _may_enter(text: str, url: str) -> bool:
    is_other = "报" in text and OTHER_REPORTS.search(text)
    return not (is_other or ARTICLE.search(urlsplit(url).path))


def _unnamed(anchors: list[tuple[str, str]], url: str) -> Iterator[Column]:
    """Columns of the home page of which nothing is known but that they are columns."""
    host = urlsplit(url).netloc
    plain = (
        (text, target)
        for text, target in anchors
        if _SHORT.fullmatch(text) and not OTHER_REPORTS.search(text)
    )
    for _, (text, target) in zip(range(_MAX_UNNAMED), dict.fromkeys(plain), strict=False):
        parts = urlsplit(target)
        if parts.netloc == host and _FOLDER.search(parts.path) and parts.path.strip("/"):
            yield Column(target, text, "a column of the home page, for want of a better", 5)


def is_site_map(text: str) -> bool:
    """Whether an answer is a site map file of the sitemaps protocol."""
    return bool(re.search(r"<(?:urlset|sitemapindex)\b", text[:2_000]))


def _in_site_map(page: Page) -> Iterator[Column]:
    """The addresses of a site map whose paths name annual reports, and further site maps."""
    for match in islice(_LOCATION.finditer(page.text), _MAX_LOCATIONS):
        target = resolve(unescape(match[1]), page.url)
        cue = cue_of("", target) if target else None
        if cue is not None:
            yield Column(target, "", f"the site map has it: {cue.reason}", cue.score)
        elif target.endswith(".xml"):
            yield Column(target, "", "a part of the site map", 15)


def _is_search_field(node: HtmlElement) -> bool:
    kind = (node.get("type") or "text").casefold()
    name = node.get("name") or ""
    return kind in ("text", "search") and bool(
        re.search(r"word|key|search|^q|^qt|^kw|title|content", name, re.IGNORECASE)
    )
