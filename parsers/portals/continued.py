"""The further pages of an article that portals cut into several files."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement

from parsers.portals.markup import base_of, resolve, scripts, text_of
from parsers.portals.page_numbers import is_page_key

_MAX_PAGES = 60
_NEXT = re.compile(r"^[\[(<]*(下一?页|后一?页|\d{1,2})[\])>»›]*$")
_CALL = re.compile(r"\bcreatePageHTML\s*\(\s*(\d{1,3})\s*,([^()]{0,200})\)", re.IGNORECASE)
_FILE = re.compile(r"^(?P<stem>[^.]{1,200})(?P<ext>\.[a-z]{3,5})$", re.IGNORECASE)
_ENDING = re.compile(r"(?:_\d{1,2})?\.[a-z]{3,5}$", re.IGNORECASE)
_PAGE = re.compile(r"[_/-](?:p|page)?_?\d{1,2}(?:\.[a-z]{3,5})?$", re.IGNORECASE)


def next_pages(tree: HtmlElement, url: str) -> tuple[str, ...]:
    """The addresses of the pages that go on with the article, as far as this one names them."""
    code = scripts(tree)
    call = _CALL.search(code) if "createpagehtml" in code.lower() else None
    if call:
        return _series(url, int(call.group(1)), call.group(2))
    base = base_of(tree, url)
    named = ((text, target) for text, target in _targets(tree, base) if _goes_on(target, url))
    return tuple(dict.fromkeys(_in_order(named)))[:_MAX_PAGES]


def _targets(tree: HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    for node in tree.iter("a", "option"):
        if label := _NEXT.match(text_of(node, 40).replace(" ", "")):
            yield label[1], resolve(node.get("href") or node.get("value"), base)


def _in_order(named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Numbered pages up to the first gap (between may lie the page itself), then the next one.

    What lies in a gap is named by the pages before it.
    """
    pages = list(named)
    last = 1
    for number, target in sorted((int(text), target) for text, target in pages if text.isdigit()):
        if 1 < number <= last + 2:
            last = number
            yield target
    yield from (target for text, target in pages if not text.isdigit())


def _series(url: str, pages: int, arguments: str) -> tuple[str, ...]:
    """The other pages `stem_1.html ...` of an article in several files.

    A call whose third argument is not the article's own file name pages something else.
    """
    match = _FILE.match(urlsplit(url).path.rsplit("/", 1)[-1])
    named = [part.strip(" '\"\t\n") for part in arguments.split(",")]
    if match is None or pages > _MAX_PAGES or (len(named) > 1 and named[1] != match["stem"]):
        return ()
    return tuple(urljoin(url, f"{match['stem']}_{n}{match['ext']}") for n in range(1, pages))


def _goes_on(target: str, url: str) -> bool:
    """Whether 下一页 leads on in the article and not to the next article."""
    here, there = urlsplit(url), urlsplit(target)
    if not target or here.netloc != there.netloc:
        return False
    if here.path == there.path:
        return here.query != there.query and _is_of_same(here.query, there.query)
    stem = _ENDING.sub("", here.path)
    return there.path.startswith(stem) and bool(_PAGE.fullmatch(there.path[len(stem) :]))


def _is_of_same(here: str, there: str) -> bool:
    """Whether two queries ask for the same thing: nothing but the number of a page changes."""
    asked = dict(parse_qsl(there))
    return all(is_page_key(key) or asked.get(key) == value for key, value in parse_qsl(here))
