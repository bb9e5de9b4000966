"""The ways on that a page offers, each with its words: links, clicks, menus kept as data."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from parsers.portals.clicks import Clicks
from parsers.portals.jsonrows import every_row
from parsers.portals.literals import record_lists, scattered_records
from parsers.portals.markup import base_of, joined_text, resolve, scripts
from parsers.portals.templates import templates

_TEXT_CHARS = 40
_PAGER = re.compile(
    r"^(?:\d{1,3}|首页|[上下前后]一?页|尾页|末页|[<>«»]+|next|prev)$", re.IGNORECASE
)
_MORE = re.compile(
    r"^[\[【(（]?(?:查看)?(?:更多|more|全部)(?:内容|信息)?[\]】)）.…>»+]*$", re.IGNORECASE
)
# What follows the Chinese words on bilingual sites.
_TRANSLATED = re.compile(r"(?<=[\u4e00-\u9fff])[/|]?[A-Za-z][A-Za-z&.,'’-]{2,60}$")
_CLIMB = 4
_MAX_IN_DATA = 500


def ways_on(tree: HtmlElement, url: str) -> Iterator[tuple[str, str]]:
    """Words and address of the links, areas, choices, click targets and menu entries."""
    base, clicks = base_of(tree, url), Clicks(tree, url)
    for node in (*tree.iter("a", "area", "option"), *clicks.elements()):
        choice = node.get("value") or ""
        # A plain word or number is the value of a choice, not an address.
        target = clicks.target(node) or (resolve(choice, base) if "/" in choice else "")
        text = _words(node) if target else ""
        if text and len(text) < _TEXT_CHARS and not _PAGER.match(text):
            yield text, target
    yield from _in_data(tree, base)


def _words(node: HtmlElement) -> str:
    alts = "".join(image.get("alt") or image.get("title") or "" for image in node.iter("img"))
    text = joined_text(node) or re.sub(r"\s", "", node.get("title") or node.get("alt") or alts)
    return _TRANSLATED.sub("", text)


def _in_data(tree: HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    """The entries of menus that stand in scripts as records of a name and an address."""
    code = scripts(tree)
    details = templates(code)
    told = (*record_lists(code), *scattered_records(code))
    rows = (row for value in told for row in every_row(value, base, details))
    for _, row in zip(range(_MAX_IN_DATA), rows, strict=False):
        if len(row.title) < _TEXT_CHARS:
            yield row.title.replace(" ", ""), row.url


def headed_more(tree: HtmlElement, url: str) -> Iterator[tuple[str, str]]:
    """The links 更多, each with the words of the heading that it stands in."""
    clicks = Clicks(tree, url)
    for node in tree.iter("a"):
        text = _words(node)
        target = clicks.target(node) if _MORE.match(text) else ""
        if target and (heading := _heading(node, text)):
            yield heading, target


def _heading(node: HtmlElement, text: str) -> str:
    """What the nearest element above says besides the link, if that is short."""
    for level, above in enumerate(node.iterancestors()):
        said = joined_text(above)
        if level >= _CLIMB or len(said) > _TEXT_CHARS:
            return ""
        if said not in ("", text):
            return said.replace(text, "", 1)
    return ""
