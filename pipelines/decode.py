"""Bytes to text by content: labels lie, so they only break ties and are named in the reason.

The order is: byte-order mark, UTF-16 by its zero bytes, HZ and UTF-7 by their escapes, strict UTF-8
(undone if a program took Chinese for Western characters), UTF-8 with a few damaged bytes, else
GB18030, Big5 or UTF-8, whichever gives more of the characters that are in daily use. GB2312 and GBK
are always read as GB18030, which holds both. Pieces of a page in another encoding than the rest are
read in their own.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cache

from pipelines.pieces import others_within_utf8, utf8_within

# What official prose uses most, in both scripts: a few of these tell the encoding of a short text.
FREQUENT = frozenset(
    "的一是不了人在有他这中大来上国个到说们为子和地出时年得就那要下以生会自着去过家学对可里后小么"
    "心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两"
    "长政府信息公开工作年度报告申请主动数量条件办理机关单位情况其他总计及各项第二四五六七八九市县区"
    "這來國個們為時說會過學對後沒於還發當無開見經頭長兩從動資訊機關單總計項條縣區號關處務業與"
    "，。、：；（）《》“”"
)
DAMAGE_ALLOWED = 0.02
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
USUAL_SHARE = 0.7
SAMPLE_BYTES = 60_000
# The Hong Kong codec reads all of Big5 and the characters that were added to it.
CODECS = {"gb18030": "gb18030", "big5": "big5hkscs"}
# UTF-8 with many damaged bytes may still be the likeliest.
CANDIDATES = {**CODECS, "utf-8": "utf-8"}

# Charsets of RFC 1843 and RFC 2152 with their escapes, and how many characters prove them.
ESCAPES = (("hz", rb"~\{[^~]+~\}", 1), ("utf-7", rb"\+[A-Za-z0-9+/]{3,}", 20))
FEWEST_TWICE = 4
# Bytes of Chinese as Western characters, and the byte that each of these was.
_WESTERN = re.compile("[\u00b0-\u00f7][\u0080-\u00fe\u0152-\u02dc\u2013-\u2122]")
# The first bytes of \u0080-\u00ff in UTF-8, which no other character has.
_WESTERN_LEADS = (b"\xc2", b"\xc3")
_WESTERN_BYTES = {chr(byte): byte for byte in range(256)} | {
    bytes((byte,)).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)
}

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_NOT_CJK = re.compile(r"[\x00-\x7f\ufffd]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A payload as text. `damaged` counts the places where bytes could not be read."""

    text: str
    charset: str
    reason: str
    damaged: int = 0


def declared_charset(payload: bytes, content_type: str = "") -> str:
    """The charset that header, meta tag or XML declaration name, in that order; empty if none."""
    head = payload[:8192]
    for found in (
        _DECLARED.search(content_type.encode("latin-1", "replace")),
        _XML_DECLARED.search(head),
        _DECLARED.search(head),
    ):
        if found:
            return found.group(1).decode("ascii").lower()
    return ""


def decode(payload: bytes, declared: str = "") -> Decoded:
    """Decodes a payload by what its bytes are. `declared` never overrules them."""
    found = _by_mark(payload) or _utf16_without_mark(payload) or _utf8(payload)
    chosen = found or _chinese(payload, declared)
    if declared and not _agrees(declared, chosen.charset):
        reason = f"{chosen.reason}; labelled {declared}"
        return Decoded(chosen.text, chosen.charset, reason, chosen.damaged)
    return chosen


def _by_mark(payload: bytes) -> Decoded | None:
    for mark, charset in BOMS:
        if payload.startswith(mark):
            text = payload[len(mark) :].decode(charset, "replace")
            damaged = text.count("\ufffd")
            # A mark can lie too: an editor puts one before bytes that another program wrote.
            if damaged <= max(3, DAMAGE_ALLOWED * len(text)):
                return Decoded(text, charset, "byte-order mark", damaged)
    return None


def _utf16_without_mark(payload: bytes) -> Decoded | None:
    """Zero bytes are in no other text: of the two orders, the one with more daily characters."""
    sample = payload[:4096]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    usual = {name: _usual_share(sample, name) for name in ("utf-16-le", "utf-16-be")}
    charset = max(usual, key=lambda name: usual[name])
    text = payload.decode(charset, "replace")
    if usual[charset] < USUAL_SHARE:
        return None
    return Decoded(text, charset, "zero bytes of UTF-16", text.count("\ufffd"))


def _usual_share(sample: bytes, charset: str) -> float:
    """The share of characters that are printable ASCII or in daily use."""
    text = sample.decode(charset, "ignore")
    daily = _daily_characters("gb18030") | _daily_characters("big5")
    usual = sum(1 for c in text if c in daily or " " <= c <= "~" or c in "\t\r\n")
    return usual / max(len(text), 1)


def _utf8(payload: bytes) -> Decoded | None:
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(payload)
    if text.isascii():
        return _escaped(payload) or Decoded(text, "utf-8", "only ASCII")
    twice = _encoded_twice(text) if any(lead in payload for lead in _WESTERN_LEADS) else None
    return twice or Decoded(text, "utf-8", "valid UTF-8")


def _escaped(payload: bytes) -> Decoded | None:
    """Chinese written in ASCII; a page that only shows such an escape is ASCII."""
    for charset, escape, least in ESCAPES:
        if not re.search(escape, payload):
            continue
        try:
            text = payload.decode(charset)
        except UnicodeDecodeError:
            continue
        if _is_chinese(text, least):
            return Decoded(text, charset, f"escapes of {charset.upper()}")
    return None


def _encoded_twice(text: str) -> Decoded | None:
    """A text whose bytes a program took for Western characters and encoded once more, undone."""
    if not _WESTERN.search(text):
        return None
    for charset in ("utf-8", "gb18030"):
        try:
            meant = bytes(map(_WESTERN_BYTES.__getitem__, text)).decode(charset)
        except (KeyError, UnicodeDecodeError):
            continue
        if _is_chinese(meant, FEWEST_TWICE):
            return Decoded(meant, charset, f"{charset.upper()} that was encoded again as UTF-8")
    return None


def _is_chinese(text: str, least: int) -> bool:
    """Whether so many characters or more beside ASCII are Chinese and most in daily use."""
    wide = "".join(_NOT_CJK.split(text))
    daily = sum(1 for char in wide if char in _daily_characters("utf-8"))
    return len(wide) >= least and daily >= USUAL_SHARE * len(wide)


def _damaged_utf8(payload: bytes) -> Decoded | None:
    text = payload.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    wide = sum(len(run) for run in _NOT_CJK.split(text))
    if wide < 4 or damaged > max(3, DAMAGE_ALLOWED * wide) or damaged * 4 > wide:
        return None
    return _utf8_in_pieces(payload, f"UTF-8 with {damaged} damaged places")


def _chinese(payload: bytes, declared: str) -> Decoded:
    first = _NOT_ASCII.search(payload)
    sample = payload[first.start() :][:SAMPLE_BYTES] if first else b""
    scores = {name: _likeness(sample, name) for name in CANDIDATES}
    charset = max(scores, key=lambda name: (scores[name], _agrees(declared, name)))
    told = ", ".join(f"{name} {score:.2f}" for name, score in sorted(scores.items()))
    told = f"not UTF-8; likeness to Chinese: {told}"
    if charset == "utf-8":
        return _utf8_in_pieces(payload, told)
    text, others = utf8_within(payload, CANDIDATES[charset])
    return Decoded(text, charset, told + _told_pieces(others, "UTF-8"), text.count("\ufffd"))


def _utf8_in_pieces(payload: bytes, reason: str) -> Decoded:
    text, others = others_within_utf8(payload, "gb18030", _likeness)
    told = reason + _told_pieces(others, "GB18030")
    return Decoded(text, "utf-8", told, text.count("\ufffd"))


def _told_pieces(count: int, charset: str) -> str:
    return f"; {count} pieces in {charset}" if count else ""


def _likeness(sample: bytes, charset: str) -> float:
    """From -1 (all damaged) to 1 (all daily characters), the most frequent ones counting fully."""
    text = sample.decode(CANDIDATES[charset], "replace")
    wide = "".join(_NOT_CJK.split(text))
    damaged = text.count("\ufffd")
    if not wide and not damaged:
        return 0.0
    frequent = sum(1 for char in wide if char in FREQUENT)
    daily = _daily_characters(charset)
    known = sum(1 for char in wide if char in daily)
    return (0.5 * frequent + 0.5 * known - damaged) / (len(wide) + damaged)


@cache
def _daily_characters(charset: str) -> frozenset[str]:
    """The first level of GB2312 or Big5: characters in daily use, punctuation, lines of tables."""
    if charset == "utf-8":
        return _daily_characters("gb18030") | _daily_characters("big5")
    leads = [0xA1, 0xA3, 0xA9, *range(0xB0, 0xD8)]
    trails = range(0xA1, 0xFF)
    if charset != "gb18030":
        leads = [0xA1, 0xA2, *range(0xA4, 0xC7)]
        trails = range(0x40, 0xFF)
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    codec = CODECS[charset]
    return frozenset("".join(pair.decode(codec, "ignore") for pair in pairs)) - {"\ufffd"}


_FAMILIES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb-2312": "hz",
    "big5-hkscs": "big5",
    "cp950": "big5",
    "x-x-big5": "big5",
    "utf8": "utf-8",
    "utf-16": "utf-16-le",
    "ascii": "utf-8",
    "us-ascii": "utf-8",
}


def _agrees(declared: str, charset: str) -> bool:
    return bool(declared) and _FAMILIES.get(declared, declared) == charset
