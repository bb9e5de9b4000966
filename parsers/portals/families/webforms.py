"""ASP.NET WebForms: the pager posts the page's own hidden fields back."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin

from lxml.html import HtmlElement

from parsers.portals import pagers
from parsers.portals.markup import joined_text, meta, parse
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.requests import post
from parsers.portals.rows import tree_rows
from parsers.portals.walk import number

NAME = "webforms"
_POST_BACK = re.compile(
    r"__doPostBack\(\s{0,5}(?:'|&#39;|\")([^'\"]{1,200})(?:'|&#39;|\")\s{0,5},\s{0,5}(?:'|&#39;|\")([^'\"]{0,200})"
)
_NEXT = re.compile(r"^(?:下一?页|后一?页|next|[>»›]{1,2})$", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,5})$")
_MAX_CHOICES = 100


class _PostBack(NamedTuple):
    text: str
    target: str
    argument: str

    @property
    def page(self) -> int:
        """The page it leads to, as far as argument or text tell; 0 if neither."""
        match = _NUMBER.search(self.argument) or _NUMBER.match(self.text)
        return int(match.group(1)) if match else 0


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Whether a pager of the page posts back."""
    return "__VIEWSTATE" in page.text and any(_is_pager(link) for link in _links(tree))


def read(page: Page) -> Listing:
    """The rows, and the post-back for the next page."""
    tree = parse(page.text)
    rows = tree_rows(tree, page.url, meta(tree, "ColumnName"))
    current = number(page, "page", 1)
    links = [link for link in _links(tree) if _is_pager(link)]
    numbered = next((link for link in links if link.page == current + 1), None)
    worded = next((link for link in links if _NEXT.match(link.text) and not link.page), None)
    chosen = numbered or worded
    if chosen is not None:
        return Listing(NAME, rows, (_request(page, tree, chosen, current + 1),))
    onward = () if links else pagers.onward(page, tree)
    return Listing(NAME, rows, onward, None, "" if onward else "last_page")


def choices(
    page: Page, tree: HtmlElement, is_wanted: Callable[[str], bool]
) -> Iterator[tuple[str, str, PageRequest]]:
    """What else the page posts back for: text, a key of the choice, and the request.

    Args:
        page: a page of WebForms; others have none.
        tree: its tree.
        is_wanted: tells by its text whether a choice is asked for.
    """
    links = _links(tree) if "__VIEWSTATE" in page.text else ()
    wanted = (link for link in links if not _is_pager(link) and is_wanted(link.text))
    for link in islice(wanted, _MAX_CHOICES):
        key = f"{page.url} {link.target} {link.argument}"
        yield link.text, key, _request(page, tree, link, 1)


def _links(tree: HtmlElement) -> Iterator[_PostBack]:
    for node in tree.iter("a"):
        match = _POST_BACK.search(f"{node.get('href') or ''} {node.get('onclick') or ''}")
        if match:
            argument = match.group(2).replace("\\\\", "\\")
            yield _PostBack(joined_text(node), match.group(1), argument)


def _is_pager(link: _PostBack) -> bool:
    return bool(_NEXT.match(link.text)) or (link.text.isascii() and link.text.isdigit())


def _request(page: Page, tree: HtmlElement, link: _PostBack, wanted: int) -> PageRequest:
    form = _own_form(tree)
    fields = {
        node.get("name"): node.get("value") or ""
        for node in form.iter("input")
        if node.get("name") and (node.get("type") or "").casefold() == "hidden"
    }
    fields |= {"__EVENTTARGET": link.target, "__EVENTARGUMENT": link.argument}
    url = urljoin(page.url, form.get("action") or page.url)
    return post(url, fields, page.url, {"page": str(wanted), "shown": "1"}, page.charset)


def _own_form(tree: HtmlElement) -> HtmlElement:
    """The form that holds the page's state; all of the page where the state is in none."""
    states = (node for node in tree.iter("input") if node.get("name") == "__VIEWSTATE")
    forms = (next(state.iterancestors("form"), None) for state in states)
    return next((form for form in forms if form is not None), tree)
