"""Walls: answers that stand before the page instead of being it. Recognised, never solved."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_LOOKED_AT = 65_536
_SHELL_BYTES = 40_000


class _Wall(NamedTuple):
    name: str
    statuses: frozenset[int] | None
    body: re.Pattern[bytes] | None
    header: re.Pattern[str] | None = None
    only_shells: bool = False


def _in(*statuses: int) -> frozenset[int]:
    return frozenset(statuses)


def _bytes(pattern: str) -> re.Pattern[bytes]:
    """A pattern in small letters, for a body in small letters: to ignore case takes far longer."""
    return re.compile(pattern.encode("ascii"))


def _text(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# The first that fits is the name. A wall that answers 200 is told by its script alone, and only in
# a page too small to be an article, so that a report which quotes one is not taken for it.
_WALLS = (
    _Wall("ruishu", _in(412), None),
    _Wall("ruishu", _in(200, 202, 203, 400), _bytes(r"\$_ts\s*=|\$_ts\[|\$_ts\."), None, True),
    _Wall("jiasule", _in(521), None),
    _Wall("jiasule", None, _bytes(r"__jsl_clearance"), None, True),
    _Wall("wzws", None, _bytes(r"wzws-?rel|wzws_cid|aq_wzws_confirm"), None, True),
    _Wall("slider", None, _bytes(r"puzzle-?vcode|slide-?captcha|slidercaptcha"), None, True),
    _Wall("waf", _in(403, 405, 418, 429, 493), _bytes(r"waf|safedog|acw_|firewall|intercept")),
    _Wall("waf", _in(403, 405, 493), None, _text(r"HWWAF|safedog|acw_tc|waf")),
    _Wall("waf", _in(200), _bytes(r"acw_sc__v2|safedog|yunsuo_session"), None, True),
    _Wall("burst", _in(429), None),
    _Wall("burst", _in(200, 503), _bytes(r"\"(?:code|status)\"\s*:\s*\"?-101\b"), None, True),
    _Wall("waf", _in(405, 493), None),
    _Wall("forbidden", _in(403, 451), None),
)
_GONE = (
    "页面不存在",
    "页面没有找到",
    "页面找不到",
    "无法找到该页",
    "文章不存在",
    "信息不存在",
    "内容不存在",
)
_DELETED = ("已删除", "已被删除", "已经删除", "已下线", "您访问的页面", "访问的内容不存在", "404")
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_TAGS = re.compile(r"<(script|style)\b[^>]{0,500}>[^<]{0,20000}|<[^>]{0,2000}>")
_BURST_TEXT = ("访问过于频繁", "访问频繁", "操作过于频繁", "请求过于频繁")
_SLIDER_TEXT = ("拖动滑块", "向右滑动", "安全验证")


def recognise_wall(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """The name of the wall that answered; empty if the answer is a page (or a plain failure).

    Args:
        status: the HTTP status.
        headers: the response's headers, names in any case.
        body: the payload, content coding undone.

    Returns:
        `ruishu`, `jiasule`, `wzws`, `slider`, `waf`, `forbidden`, `burst`, `soft_404` or empty.
    """
    start = body[:_LOOKED_AT]
    printed = "\n".join(f"{name}: {value}" for name, value in headers.items())
    lowered = start.lower()
    for wall in _WALLS:
        if _fits(wall, status, printed, lowered, len(body)):
            return wall.name
    return _by_words(start, len(body)) if status == 200 else ""


def _fits(wall: _Wall, status: int, headers: str, lowered: bytes, size: int) -> bool:
    if wall.statuses is not None and status not in wall.statuses:
        return False
    if wall.only_shells and size > _SHELL_BYTES:
        return False
    if wall.body is not None and not wall.body.search(lowered):
        return False
    return wall.header is None or bool(wall.header.search(headers))


def _by_words(start: bytes, size: int) -> str:
    if size > _SHELL_BYTES or start[:4] in (b"%PDF", b"PK\x03\x04"):
        return ""
    text = _decoded(start)
    title = next((match.group(1) for match in _TITLE.finditer(text)), "")
    shown = "".join(_TAGS.sub(" ", text).split())
    if len(shown) < 600 and any(word in shown for word in _BURST_TEXT):
        return "burst"
    if len(shown) < 600 and any(word in shown for word in _SLIDER_TEXT):
        return "slider"
    return "soft_404" if _says_gone(title, shown) else ""


def _says_gone(title: str, shown: str) -> bool:
    if any(word in title for word in _GONE) or re.search(r"(?<!\d)404(?!\d)", title):
        return True
    if len(shown) >= 600:
        return False
    gone = any(word in shown for word in _GONE)
    return gone or sum(word in shown for word in _DELETED) >= 2 or shown.startswith("404")


def _decoded(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(payload) - 4:
            return payload[: error.start].decode("utf-8")
        return payload.decode("gb18030", "replace")
