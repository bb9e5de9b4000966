"""Tables of script libraries that ask an interface for their rows: the names they send by."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from parsers.portals.scripting import pairs

_OPTIONS_CHARS = 1_500
_MAX_WIDGETS = 20
_URL = re.compile(
    r"\b(?:url|ajax|sAjaxSource|dataSource)['\"]?\s{0,5}:\s{0,5}"
    r"(?:(?P<prefix>[\w.]{1,40})\s{0,5}\+\s{0,5})?['\"](?P<url>[^'\"\s<>]{2,300})['\"]"
)
_SIZE = re.compile(
    r"\b(?:limit|pageSize|pageLength|rowNum|iDisplayLength)['\"]?\s{0,5}:\s{0,5}(\d{1,4})"
)
_POSTED = re.compile(r"\b(?:type|method|mtype)['\"]?\s{0,5}:\s{0,5}['\"]post['\"]", re.IGNORECASE)
_MORE_VALUES = re.compile(
    r"\b(?:where|queryParams|postData|data)['\"]?\s{0,5}:\s{0,5}\{([^{}]{0,1000})\}"
)

# The names that a library is told to use in place of its own.
_ALIAS = re.compile(r"\balias['\"]?\s{0,5}:\s{0,5}\{([^{}]{0,300})\}")


class _Library(NamedTuple):
    cue: re.Pattern[str]
    key: str
    kind: str
    size: str
    posts: bool = False


# How each library asks unless it is told otherwise; as their documentation says.
_LIBRARIES = (
    _Library(
        re.compile(r"\btable\s{0,3}\.\s{0,3}render\(|\bflow\.load\("), "page", "page", "limit"
    ),
    _Library(re.compile(r"\.(?:data|tree)grid\("), "page", "page", "rows", True),
    _Library(re.compile(r"\.bootstrapTable\("), "offset", "offset", "limit"),
    _Library(re.compile(r"\.[dD]ataTable\("), "start", "offset", "length"),
    _Library(re.compile(r"\.jqGrid\("), "page", "page", "rows"),
    _Library(
        re.compile(r"\.pagination\((?=[^()]{0,300}dataSource)"), "pageNumber", "page", "pageSize"
    ),
)


class Widget(NamedTuple):
    """A table: `prefix` names what its address begins with, `values` is a literal's inside."""

    url: str
    prefix: str
    values: str
    key: str
    kind: str
    size_key: str
    size: int
    posts: bool


def widgets(code: str) -> Iterator[Widget]:
    """The tables that the code sets up."""
    for library in _LIBRARIES:
        for cue in islice(library.cue.finditer(code), _MAX_WIDGETS):
            options = code[cue.end() : cue.end() + _OPTIONS_CHARS]
            url, size = _URL.search(options), _SIZE.search(options)
            more, other = _MORE_VALUES.search(options), _ALIAS.search(options)
            names = pairs(other[1]) if other else {}
            if url is not None:
                yield Widget(
                    url["url"], url["prefix"] or "", more[1] if more else "",
                    names.get(library.key, library.key), library.kind,
                    names.get(library.size, library.size), int(size[1]) if size else 0,
                    library.posts or bool(_POSTED.search(options)),
                )  # fmt: skip


def set_up_by_attributes(tree: HtmlElement) -> str:
    """The tables that attributes set up, as the script that would set them up."""
    return "\n".join(_calls(tree))


def _calls(tree: HtmlElement) -> Iterator[str]:
    for node in tree.iter("table", "div"):
        names = node.get("class") or ""
        if node.get("data-toggle") == "table" and node.get("data-url"):
            size = node.get("data-page-size") or "10"
            yield f"$().bootstrapTable({{url:'{node.get('data-url')}',pageSize:{size}}})"
        elif re.search(r"\beasyui-(?:data|tree)grid\b", names):
            told = f"url:'{node.get('url')}'," if node.get("url") else ""
            yield f"$().datagrid({{{told}{node.get('data-options') or ''}}})"
