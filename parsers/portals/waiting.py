"""What a page names to be loaded: panels and includes in attributes, feeds, its script files."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from parsers.portals.markup import base_of, resolve

_NAMED = re.compile(
    r"(?:data|w3|ic|hx|ng|lay|v)-(?:[\w-]{0,20}(?:src|url|load|remote|ajax|include|html|next|more|page"
    r"|api|get|source|content|from|path))",
)
_OTHER_ENDS = re.compile(
    r"count|hits?\b|click|weather|login|user|captcha|share|upload|header|footer|banner"
    r"|\.(?:js|css|png|jpe?g|gif|svg|ico|bmp|webp|swf|mp4|mp3|pdf|docx?|xlsx?|zip|rar|wps|ofd)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>{}'\"]{2,500}")
# They have attributes of this kind for their own content, or are asked for in other ways.
_OTHERWISE = ("img", "script", "source", "video", "audio", "iframe", "frame", "a", "table", "link")
_LIBRARY = re.compile(
    r"jquery|vue(?!\w)|vue[.-]|react|angular|bootstrap|swiper|layui|layer|axios|polyfill|echarts|tongji"
    r"|ztree|element-?ui|modernizr|lodash|moment|chunk-vendors|analytics|share|jsencrypt|html5|respond"
    r"|slide|banner|jiucuo|accessib|wza|barrier|hm\.js|uaredirect|superfish|datepicker",
    re.IGNORECASE,
)
_FEED = re.compile(r"(?:rss|atom|feed)\+?|/xml|/json", re.IGNORECASE)
_MAX_PARTS = 30


def waiting_parts(tree: HtmlElement, url: str) -> Iterator[str]:
    """The addresses on the page's own host that elements keep in attributes to be loaded."""
    base, host = base_of(tree, url), urlsplit(url).netloc
    yield from islice(dict.fromkeys(_kept(tree, url, base, host)), _MAX_PARTS)


def _kept(tree: HtmlElement, url: str, base: str, host: str) -> Iterator[str]:
    for node in tree.iter(etree.Element):
        if node.tag in _OTHERWISE or len(node.attrib) == 0:
            continue
        for name, value in node.attrib.items():
            if _NAMED.fullmatch(str(name)) and ("/" in value or "." in value or "?" in value):
                target = resolve(value, base) if _ADDRESS.fullmatch(str(value)) else ""
                parts = urlsplit(target)
                is_own = parts.netloc == host and target != url
                if is_own and not _OTHER_ENDS.search(parts.path):
                    yield target


def script_files(tree: HtmlElement, url: str) -> Iterator[str]:
    """The script files on the page's own host that are no known library."""
    for node in tree.iter("script"):
        target = resolve(node.get("src"), base_of(tree, url))
        parts = urlsplit(target)
        is_own = target and parts.netloc == urlsplit(url).netloc
        if is_own and not is_library(parts.path):
            yield target


def is_library(path: str) -> bool:
    """Whether a script file is a known library or serves other ends than a page's content."""
    return bool(_LIBRARY.search(path.rpartition("/")[2]))


def feeds(tree: HtmlElement, url: str) -> Iterator[str]:
    """The feeds that the page names as another form of itself."""
    for node in tree.iter("link"):
        if "alternate" in (node.get("rel") or "") and _FEED.search(node.get("type") or ""):
            target = resolve(node.get("href"), base_of(tree, url))
            if urlsplit(target).netloc == urlsplit(url).netloc:
                yield target
