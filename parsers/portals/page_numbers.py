"""Page numbers in addresses: `?page=3`, `list_3.html`."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

PAGE_KEYS = (
    "page",
    "pageno",
    "pagenum",
    "pageindex",
    "currpage",
    "cur_page",
    "currentpage",
    "curpage",
    "pagenumber",
    "pn",
    "p",
    "page_no",
    "page_num",
    "page_index",
    "pageid",
    "paged",
    "topage",
    "nowpage",
    "pagenow",
    "intpage",
    "cpage",
    "pnum",
    "pg",
    "curpageno",
    "currentpageno",
    "currentpagenum",
)
_SUFFIX = re.compile(r"[_-](\d{1,4})(\.[a-z]{3,5})$", re.I)


def is_page_key(key: str) -> bool:
    """Whether a field holds a page number: by the last part of a name like `pager.currentPage`."""
    return re.split(r"[.:$\[\]]", key.rstrip("]"))[-1].casefold() in PAGE_KEYS


def page_number(url: str) -> int:
    """The page number that an address carries (`?page=3`, `list_3.html`); 0 if none."""
    for key, value in parse_qsl(urlsplit(url).query):
        if is_page_key(key) and value.isascii() and value.isdigit():
            return int(value[:6])
    match = _SUFFIX.search(urlsplit(url).path)
    return int(match.group(1)) if match else 0


def with_page_number(url: str, page: int) -> str:
    """The same address with another page number; empty where it carries none."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if any(is_page_key(key) for key, _ in pairs):
        changed = [(k, str(page) if is_page_key(k) else v) for k, v in pairs]
        return urlunsplit(parts._replace(query=urlencode(changed)))
    match = _SUFFIX.search(parts.path)
    if match is None:
        return ""
    start, end = match.span(1)
    return urlunsplit(parts._replace(path=f"{parts.path[:start]}{page}{parts.path[end:]}"))
