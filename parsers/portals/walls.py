"""Walls: answers that stand before the page instead of being it. Recognised, never solved."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from parsers.portals.notices import Notice, read_notice, refusal, reports, says_gone

_SHELL_BYTES = 40_000
_MUTE_CHARS = 60
_LOOKED_AT = 65_536


class _Wall(NamedTuple):
    """What tells a wall. One that is `bare` has neither a portal's menu nor a report's name.

    One that is `mute` has hardly any text at all: a challenge is a script.
    """

    name: str
    statuses: frozenset[int] | None
    body: re.Pattern[bytes] | None = None
    header: re.Pattern[str] | None = None
    bare: bool = False
    mute: bool = False


def _in(*statuses: int) -> frozenset[int]:
    return frozenset(statuses)


def _bytes(pattern: str) -> re.Pattern[bytes]:
    """A pattern in small letters, for a body in small letters: to ignore case takes far longer."""
    return re.compile(pattern.encode("ascii"))


def _text(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SHOWN = _in(200, 202, 203)
# Sets a cookie and loads the same address again.
_RELOADING = _bytes(
    r"(?s)\A(?=.*document\.cookie\s{0,3}=).*?location(?:\.href|\.pathname)?\s{0,3}(?:\.reload\s{0,3}\("
    r"|=\s{0,3}(?:window\.|document\.|self\.)?location|\.replace\((?:window\.|document\.)?location)"
)
_SCRIPTED = _bytes(
    r"_guard/\w+\.js|safeline|slg-box|cdn-cgi/challenge|_cf_chl_opt|__tst_status|eo_bot_ssid"
    r"|security_verify_data"
)
# The first that fits is the name. What answers 200 is told by its script alone, and only where it
# stands before a page: portals show some of these scripts on their own pages too.
_WALLS = (
    _Wall("ruishu", _in(412)),
    _Wall("ruishu", _SHOWN | {400}, _bytes(r"\$_ts\s*=|\$_ts\[|\$_ts\."), bare=True),
    _Wall("ruishu", _SHOWN | {400}, None, _text(r"FSSBB\w{4}"), mute=True),
    _Wall("jiasule", _in(521)),
    _Wall("jiasule", None, _bytes(r"__jsl_clearance"), bare=True),
    _Wall("wzws", None, _bytes(r"wzws-?rel|wzws_cid|aq_wzws_confirm"), bare=True),
    _Wall("slider", None, _bytes(r"puzzle-?vcode|slide-?captcha|slidercaptcha"), bare=True),
    _Wall("waf", _in(403, 405, 418, 429, 493), _bytes(r"waf|safedog|acw_|firewall|intercept")),
    _Wall("waf", _in(403, 405, 493), None, _text(r"HWWAF|safedog|acw_tc|waf")),
    _Wall("waf", _SHOWN, _bytes(r"acw_sc__v2|safedog|yunsuo_session"), bare=True),
    _Wall("burst", _in(429)),
    _Wall("burst", _SHOWN | {503}, _bytes(r"\"(?:code|status)\"\s*:\s*\"?-101\b"), bare=True),
    _Wall("challenge", None, _SCRIPTED, bare=True),
    _Wall("challenge", _SHOWN, _RELOADING, mute=True),
    _Wall("soft_404", _SHOWN, _bytes(r"/404/search_children"), bare=True),
    # Statuses that no server but a firewall gives.
    _Wall("waf", _in(405, 418, 467, 468, 493, 566, 567)),
)
_REFUSALS = _in(403, 451)


def recognise_wall(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """The name of the wall that answered; empty if the answer is a page (or a plain failure).

    Args:
        status: the HTTP status.
        headers: the response's headers, names in any case.
        body: the payload, content coding undone.

    Returns:
        `ruishu`, `jiasule`, `wzws`, `slider`, `waf`, `burst`, `challenge`, `soft_404`, one of the
        names of `parsers.portals.notices.refusal`, or empty.
    """
    if 300 <= status < 400:
        return ""
    answer = _Answer(status, headers, body)
    name = next((wall.name for wall in _WALLS if answer.is_from(wall)), "") or answer.by_words()
    return name or ("forbidden" if status in _REFUSALS else "")


class _Answer:
    """An answer, read as far as the walls ask."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self._status = status
        self._headers = "\n".join(f"{name}: {value}" for name, value in headers.items())
        self._start = body[:_LOOKED_AT]
        self._is_small = len(body) <= _SHELL_BYTES and b"\0" not in body

    def is_from(self, wall: _Wall) -> bool:
        """Whether the wall gave it. What is quickly told is asked first: most answers are pages."""
        if wall.statuses is not None and self._status not in wall.statuses:
            return False
        if wall.header is not None and not wall.header.search(self._headers):
            return False
        if (wall.bare and not self._is_bare) or (wall.mute and not self._is_mute):
            return False
        return wall.body is None or bool(wall.body.search(self._lowered))

    def by_words(self) -> str:
        """The name of what a small page says of itself."""
        if not self._is_small:
            return ""
        if told := refusal(self._notice, self._text):
            return told
        gone = self._status in _SHOWN and says_gone(self._notice, self._text)
        return "soft_404" if gone else ""

    @cached_property
    def _is_bare(self) -> bool:
        notice = self._notice if self._is_small else None
        return notice is not None and notice.is_bare and not reports(notice, self._text)

    @property
    def _is_mute(self) -> bool:
        return self._is_bare and len(self._notice.text) < _MUTE_CHARS

    @cached_property
    def _lowered(self) -> bytes:
        return self._start.lower()

    @cached_property
    def _text(self) -> str:
        return _decoded(self._start)

    @cached_property
    def _notice(self) -> Notice:
        return read_notice(self._text)


def _decoded(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(payload) - 4:
            return payload[: error.start].decode("utf-8")
        return payload.decode("gb18030", "replace")
