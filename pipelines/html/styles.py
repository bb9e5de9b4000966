"""What a style attribute says of showing its element."""

import re
from functools import lru_cache

LONGEST_KEPT = 500

_REMOVED = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_COLLAPSED = re.compile(r"visibility\s*:\s*collapse", re.IGNORECASE)
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})
_INVISIBLE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)


def style_says(style: str) -> str:
    """`removed`, `collapsed`, `struck` (out) or `invisible`; empty if it is shown.

    Elements of a page share few styles, so the answers are kept.
    """
    return _said(style) if len(style) < LONGEST_KEPT else _said.__wrapped__(style)


def hiding_of(tag: str, said: str) -> str:
    """What a style says of an element: rows that collapse are gone, all else keeps its room.

    Source: https://www.w3.org/TR/CSS22/visufx.html#visibility
    """
    if said != "collapsed":
        return said
    return "removed" if tag in _ROWS else "invisible"


@lru_cache(maxsize=1024)
def _said(style: str) -> str:
    if _REMOVED.search(style):
        return "removed"
    if _STRUCK.search(style):
        return "struck"
    if _COLLAPSED.search(style):
        return "collapsed"
    return "invisible" if _INVISIBLE.search(style) else ""
