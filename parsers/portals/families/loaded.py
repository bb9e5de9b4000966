"""Pages without rows of their own, whose script loads the list: a fragment, XML or JSON."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from parsers.portals import pagers
from parsers.portals.columns import is_annual_column
from parsers.portals.datarows import data_rows, delimited_records, is_xml, xml_records
from parsers.portals.hidden import earlier_words
from parsers.portals.jsonrows import json_rows
from parsers.portals.length import is_last, markup_in, of_more, total_of, way_on
from parsers.portals.markup import base_of, meta, parse, resolve, scripts
from parsers.portals.page_numbers import page_number, with_page_number
from parsers.portals.records import Listing, Page, PageRequest, Row
from parsers.portals.requests import get
from parsers.portals.rows import fragment_rows, tree_rows
from parsers.portals.scripting import Json, decode_json
from parsers.portals.settled import with_own_values
from parsers.portals.templates import calls_made, in_markup, read_template, templates
from parsers.portals.waiting import feeds, waiting_parts

NAME = "loaded"
_LOAD = re.compile(
    r"(?:\.(?:load|get|getJSON|ajax)\(\s{0,9}|\bfetch\(\s{0,9}|\burl\s{0,5}:\s{0,5}"
    r"|\.open\(\s{0,9}['\"]get['\"]\s{0,9},\s{0,9})['\"](?P<told>[^'\"\s<>]{2,500})['\"](?!\s{0,9}\+)"
    r"|\(\s{0,9}['\"](?P<file>[^'\"\s<>]{1,300}\.(?:xml|json)(?:\?[^'\"\s<>]{0,200})?)['\"](?!\s{0,9}\+)",
    re.IGNORECASE,
)
# What scripts load for other ends than a list, and files that hold none.
_FOREIGN = re.compile(
    r"count|visit|hits?\b|click|weather|tianqi|login|user|search|comment|captcha|config|share"
    r"|header|footer|banner|\.(?:js|css|png|jpe?g|gif|svg|ico|swf|mp4)$",
    re.IGNORECASE,
)
# The options of a call that posts: it is no part that can be got.
_POSTED = re.compile(r"\b(?:type|method)['\"]?\s{0,5}:\s{0,5}['\"]post['\"]", re.IGNORECASE)
_OPTION_CHARS = 60
_DATA_FILE = re.compile(r"\.(?:json|xml|txt|csv)$", re.IGNORECASE)
_MAX_LOADS = 3
_MAX_YEARS = 30
_YEAR = r"['\"]?(?:19|20)\d\d['\"]?"
_YEARS = re.compile(rf"\[\s{{0,9}}{_YEAR}(?:\s{{0,9}},\s{{0,9}}{_YEAR}){{1,40}}")
# An address that ends with the year's field, and what is joined to it.
_YEAR_KEY = re.compile(
    r"(?:year|nian|\bnf|\bnd|[?&]y|/)=?(?:y|year|nian|nf|nd|n|item|i|value|[a-z])$", re.IGNORECASE
)
_MAX_DETAILS, _LINES_CHARS = 20, 4_000


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether the page shows no rows and a script of it loads something that may hold them."""
    return bool(next(_parts(page, tree), "")) and not (
        tree_rows(tree, page.url) or data_rows(page, tree)
    )


def read(page: Page) -> Listing:
    """An answer's rows; on the entry page a request for each part that may be the list.

    State keys: `referer`, the page that loads; `details`, its ways to articles; `annual`, that it
    is about annual reports.
    """
    tree = parse(page.text)
    if page.state.get("loaded"):
        return answer(page, tree)
    ways = templates(f"{scripts(tree)}\n{in_markup(tree)}")[:_MAX_DETAILS]
    details = "\n".join(way.printed() for way in ways)
    state = {"loaded": "1", "probe": "1", "referer": page.url, "details": details}
    if is_annual_column(page, tree):
        state["annual"] = "1"
    parts = tuple(dict.fromkeys(_parts(page, tree)))
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    return Listing(NAME, rows, tuple(get(part, {}, page.url, state) for part in parts))


def waiting(page: Page, tree: HtmlElement) -> tuple[PageRequest, ...]:
    """Requests for the parts that attributes name, beside the rows that a page draws itself."""
    state = {"family": NAME, "loaded": "1", "probe": "1", "referer": page.url, "details": ""}
    return tuple(get(part, {}, page.url, state) for part in waiting_parts(tree, page.url))


def _parts(page: Page, tree: HtmlElement) -> Iterator[str]:
    yield from islice(dict.fromkeys(_loads(page, tree)), _MAX_LOADS)
    yield from islice(_yearly(page, tree), _MAX_YEARS)
    yield from islice(_called(page, tree), _MAX_LOADS)
    yield from waiting_parts(tree, page.url)
    yield from feeds(tree, page.url)


def clicked(page: Page, tree: HtmlElement) -> tuple[PageRequest, ...]:
    """Requests for what scripts load, where a click on words like 全部 shows what is not there."""
    state = {"family": NAME, "loaded": "1", "turns": "1", "fills": "1", "referer": page.url}
    parts = islice(dict.fromkeys(_loads(page, tree)), _MAX_LOADS)
    if not earlier_words(page, tree):
        return ()
    return tuple(get(part, {}, page.url, {**state, "details": ""}) for part in parts)


def _loads(page: Page, tree: HtmlElement) -> Iterator[str]:
    """The addresses on the page's own host that its scripts load."""
    base = base_of(tree, page.url)
    code = with_own_values(scripts(tree), page.url)
    for match in _LOAD.finditer(code):
        if _POSTED.search(code, match.start(), match.end() + _OPTION_CHARS):
            continue
        target = resolve(unescape(match["told"] or match["file"]), base)
        parts = urlsplit(target)
        is_own = parts.netloc == urlsplit(page.url).netloc
        if is_own and target != page.url and not _FOREIGN.search(parts.path):
            yield target


def _called(page: Page, tree: HtmlElement) -> Iterator[str]:
    """The data files that the page's own calls of its functions ask for."""
    made = calls_made(scripts(tree), base_of(tree, page.url))
    yield from (target for target in made if _DATA_FILE.search(urlsplit(target).path))


def _yearly(page: Page, tree: HtmlElement) -> Iterator[str]:
    """The addresses that a script makes of each year in an array of years."""
    code, base = scripts(tree), base_of(tree, page.url)
    years = re.findall(r"(?:19|20)\d\d", next(iter(_YEARS.findall(code)), ""))
    for way in templates(code) if years else ():
        if len(way.names) == 1 and _YEAR_KEY.search(f"{way.texts[0]}{way.names[0]}"):
            filled = (way.fill({way.names[0]: year}, base) for year in years)
            yield from filter(None, filled)
            return


def answer(page: Page, tree: HtmlElement) -> Listing:
    """The rows of data or of a fragment, and the next of it."""
    referer = page.state.get("referer") or page.url
    details = [read_template(line) for line in page.state.get("details", "").splitlines()]
    data: Json = xml_records(page.text) if is_xml(page.text) else decode_json(page.text)
    if data is None and "<" not in page.text[:_LINES_CHARS]:
        data = delimited_records(page.text) or None
    if data is not None:
        rows = json_rows(data, referer, details) or fragment_rows(markup_in(data), referer)
        onward = _by_address(page, rows, data)
        gap = "" if onward or _ends(page, rows, data) else of_more(data)
        return Listing(NAME, rows, onward, total_of(data), gap=gap)
    rows = fragment_rows(page.text, referer)
    return Listing(NAME, rows, tuple(_kept(page, way) for way in pagers.onward(page, tree, rows)))


def _by_address(page: Page, rows: tuple[Row, ...], data: Json) -> tuple[PageRequest, ...]:
    """The next page of data whose address has a page number, unless this is told to be the last."""
    if rows and (told := resolve(way_on(data), page.url)):
        return (_kept(page, PageRequest(told)),)
    current = page_number(page.url)
    if not rows or not current or _ends(page, rows, data):
        return ()
    onward = with_page_number(page.url, current + 1)
    return (_kept(page, PageRequest(onward)),)


def _ends(page: Page, rows: tuple[Row, ...], data: Json) -> bool:
    """Whether the data of a numbered address tell that they are the last."""
    read = len(rows) + int(page.state.get("rows") or 0)
    current = page_number(page.url)
    return bool(current) and is_last(data, current, read)


def _kept(page: Page, way: PageRequest) -> PageRequest:
    """The request with what its answer must know."""
    names = ("referer", "details")
    state = {**way.state, "loaded": "1", **{name: page.state.get(name, "") for name in names}}
    return PageRequest(way.url, way.method, way.body, way.headers, state)
