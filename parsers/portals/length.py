"""What a JSON answer tells beside its rows: how many there are, whether it is the last, errors."""

import re
from collections.abc import Iterator
from html import unescape

from parsers.portals.scripting import Json, number_of

_TOTAL = (
    "total", "totalCount", "recordCount", "totalRecord", "totalRecords", "recordsTotal",
    "totalElements", "totalNum", "totalRow", "totalRows", "count",
)  # fmt: skip
_PAGES = ("pageCount", "totalPage", "totalPages", "pages")
_NEXT = (
    "next",
    "nextlink",
    "@odata.nextlink",
    "nextpage",
    "next_url",
    "nexturl",
    "nextpageurl",
    "next_page_url",
)
_HAS_MORE = ("hasmore", "has_more", "hasnext", "has_next", "hasnextpage", "more")
_IS_LAST = ("islast", "lastpage", "islastpage", "isend", "end", "finished")
_CODES = ("code", "status", "errcode", "errorcode", "resultcode", "ret")
_MESSAGES = ("msg", "message", "errmsg", "error", "info")
# What interfaces answer where all is well.
_FINE = ("0", "1", "00", "000", "0000", "000000", "200", "ok", "success", "true", "")
_LEVELS = 4


def total_of(value: Json) -> int | None:
    """The number of rows that the answer announces."""
    return number_of(value, *_TOTAL)


def is_last(value: Json, page: int, rows_read: int) -> bool:
    """Whether the answer tells that nothing follows page `page`, after `rows_read` rows."""
    total, pages = total_of(value), number_of(value, *_PAGES)
    if pages or total:
        return (pages is not None and 0 < pages <= page) or (
            total is not None and 0 < total <= rows_read
        )
    told = dict(scalars(value, 3))
    more, last = ([told[name] for name in names if name in told] for names in (_HAS_MORE, _IS_LAST))
    return any(each in (False, 0, "false") for each in more) or any(each is True for each in last)


def way_on(value: Json) -> str:
    """The address of the next answer, where an answer tells it."""
    told = dict(scalars(value, 3))
    named = (told.get(name) for name in _NEXT)
    return next((str(way) for way in named if isinstance(way, str) and re.search(r"[/?]", way)), "")


def of_more(value: Json) -> str:
    """That the answer tells of more than its rows, in words; empty if it does not.

    The number of rows is told of apart, by `total_of`.
    """
    told = dict(scalars(value, 3))
    if any(told.get(name) in (True, "true") for name in _HAS_MORE):
        return "the interface tells that there is more, and not how to ask for it"
    pages = number_of(value, *_PAGES)
    return f"{pages} pages are announced and 1 could be read" if pages and pages > 1 else ""


def refusal(value: Json) -> str:
    """What an answer without rows complains of, in words; empty where it does not."""
    told = dict(scalars(value, 2))
    codes = [str(told[name]).casefold() for name in _CODES if name in told]
    failed = told.get("success") is False or any(code not in _FINE for code in codes)
    words = next((str(told[name])[:100] for name in _MESSAGES if told.get(name)), "")
    return f"the interface refuses: {words or ', '.join(codes)}" if failed else ""


def scalars(value: Json, levels: int) -> Iterator[tuple[str, Json]]:
    """The plain values of an answer by name without case, deeper ones first."""
    if isinstance(value, dict) and levels:
        for inner in value.values():
            yield from scalars(inner, levels - 1)
        yield from (
            (name.casefold(), each)
            for name, each in value.items()
            if not isinstance(each, dict | list)
        )


def markup_in(value: Json, levels: int = _LEVELS) -> str:
    """The texts with links in a JSON answer, one after another."""
    if isinstance(value, str):
        text = unescape(value) if "&lt;" in value and "<" not in value else value
        return text if "<a" in text else ""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if levels == 0:
        return ""
    return "\n".join(filter(None, (markup_in(item, levels - 1) for item in inner)))
