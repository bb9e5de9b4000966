"""Lists whose page is turned by a control that a script serves: the address that it makes is tried.

For pages that show no way on and have a sign of one. Where their own scripts do not tell how the
page is turned, their script files are read, one after another.

State keys: `way`, the address with a place for the number; `n`, the number asked for; `last`, the
highest, if known; `turns`, that a control was the reason; `inline`, the scripts of the page;
`files`, the script files still to be read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import urlencode, urlsplit

from lxml.html import HtmlElement

from parsers.portals.controls import is_pager_file
from parsers.portals.extent import announced, shortfall
from parsers.portals.markup import base_of, meta, parse, resolve, scripts
from parsers.portals.page_numbers import is_page_key
from parsers.portals.pagers import place_of
from parsers.portals.records import Listing, Page, PageRequest, Row
from parsers.portals.rows import tree_rows
from parsers.portals.signs import held_back
from parsers.portals.templates import assigned, read_template, templates
from parsers.portals.waiting import script_files
from parsers.portals.walk import number
from parsers.portals.years import fields_of

NAME = "turned"
_PLACE = "page"
_MAX_FILES, _MAX_INLINE = 3, 20_000
# The number of the page after this one, as it stands among the parts of an address.
_NUMBER_AFTER = re.compile(
    r"\(\s{0,3}(?:parseInt\(|Number\(|\+)?\s{0,3}[A-Za-z_$][\w$.]{0,40}\s{0,3}\)?\s{0,3}\+\s{0,3}1\s{0,3}\)"
)
_NEXT_NUMBER = "pageNext"
_LIMIT = re.compile(r"\b([A-Za-z_$]\w{0,40})\s{0,3}<=?\s{0,3}([A-Za-z_$]\w{0,40})\b")


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Never: it is for pages on which nothing else finds a way on."""
    return False


def read(page: Page) -> Listing:
    """A further page of the list, or a script file that may tell the way to it."""
    if page.state.get("way"):
        tree = parse(page.text)
        rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
        return Listing(NAME, rows, tuple(_after(page)))
    way = _way(f"{page.state.get('inline', '')}\n{page.text}", page.state.get("referer", page.url))
    if way is None:
        return Listing(NAME, (), tuple(_file(page.state)), end_reason="unreadable")
    return Listing(NAME, (), (_ask({**page.state, **way, "answer": "1"}, 2),))


def start(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> tuple[PageRequest, ...]:
    """The request for the second page by what the page tells; none without a sign of one."""
    way = _way(scripts(tree), page.url) or _by_field(page, tree)
    if way is None or not _has_sign(page, tree, rows):
        return ()
    return (_ask({"family": NAME, "turns": "1", "referer": page.url, **way}, 2),)


def by_files(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> tuple[PageRequest, ...]:
    """The request for the first script file that may tell of the second page."""
    if not _has_sign(page, tree, rows):
        return ()
    files = sorted(script_files(tree, page.url), key=lambda url: not is_pager_file(url))
    state = {"family": NAME, "turns": "1", "referer": page.url, "inline": scripts(tree)}
    state["inline"] = state["inline"][:_MAX_INLINE]
    return tuple(_file({**state, "files": " ".join(files[:_MAX_FILES])}))


def _has_sign(page: Page, tree: HtmlElement, rows: Sequence[Row]) -> bool:
    """Whether the page announces more than its rows, or has a control that is not understood."""
    told = announced(tree).seen_with(len(rows))
    if told.pages or told.rows:
        return bool(shortfall(told, 1, len(rows)))
    return bool(held_back(page, tree, rows))


def _by_field(page: Page, tree: HtmlElement) -> dict[str, str] | None:
    """The address of a form that is sent with the number of a page alone."""
    for form in tree.iter("form"):
        fields = dict(fields_of(form))
        name = next((key for key in fields if is_page_key(key)), None)
        if name is not None and (form.get("method") or "get").casefold() == "get":
            fields[name] = f"{{{_PLACE}}}"
            target = resolve(form.get("action") or page.url, base_of(tree, page.url))
            query = urlencode(fields, encoding=page.charset, errors="replace", safe="{}")
            return {"way": f"{target.partition('?')[0]}?{query}", "last": ""}
    return None


def _way(code: str, base: str) -> dict[str, str] | None:
    """The address that the code makes of a page's number, and the highest number if it is told."""
    known = assigned(code)
    for template in islice(templates(_NUMBER_AFTER.sub(_NEXT_NUMBER, code)), 100):
        place = _NEXT_NUMBER if _NEXT_NUMBER in template.names else place_of(template)
        if not place:
            continue
        way = template.fill({**known, place: f"{{{_PLACE}}}"}, base)
        if way and urlsplit(way).netloc == urlsplit(base).netloc:
            return {"way": way, "last": _limit(code, known)}
    return None


def _limit(code: str, known: Mapping[str, str]) -> str:
    """The number that the page's own is compared with, if both are known."""
    for match in islice(_LIMIT.finditer(code), 100):
        own, last = known.get(match[1], ""), known.get(match[2], "")
        if own.isdigit() and last.isdigit() and int(own) <= int(last):
            return last
    return ""


def _after(page: Page) -> Iterator[PageRequest]:
    """The page after this one, unless this is the last."""
    n, last = number(page, "n"), number(page, "last")
    if not last or n < last:
        state = {name: page.state.get(name, "") for name in ("way", "last", "referer")}
        yield _ask({**state, "family": NAME}, n + 1)


def _ask(state: Mapping[str, str], n: int) -> PageRequest:
    target = read_template(state["way"]).fill({_PLACE: str(n)}, state["referer"])
    # Where the last page is not known, the one after it is asked for too.
    known = {"pages_told": state["last"]} if state.get("last") else {"probe": "1"}
    kept = {name: value for name, value in state.items() if name not in ("inline", "files")}
    headers = {"Referer": state["referer"]}
    return PageRequest(target, headers=headers, state={**kept, "n": str(n), **known})


def _file(state: Mapping[str, str]) -> Iterator[PageRequest]:
    """The request for the next of the script files that are still to be read."""
    files = state.get("files", "").split()
    if files:
        names = ("family", "turns", "referer", "inline", "held", "pages_told")
        kept = {name: state[name] for name in names if name in state}
        kept |= {"files": " ".join(files[1:]), "answer": "1"}
        yield PageRequest(files[0], headers={"Referer": state["referer"]}, state=kept)
