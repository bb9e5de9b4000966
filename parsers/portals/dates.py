"""Dates as listings print them."""

import re

_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s{1,3}((?:19|20)\d\d)\s?[-./年]\s?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?\s*$")
_TAIL = re.compile(
    r"[\s\[(（【]*(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?"
    r"(?:\s\d{1,2}:\d\d(?::\d\d)?)?[\s\])）】]*$"
)


def find_date(text: str) -> str:
    """The first date in the text as ISO (`2026-01-20`), also `20 2026-01` of split layouts."""
    if "19" not in text and "20" not in text:
        return ""
    for match in _FULL.finditer(text):
        if found := _iso(*match.groups()):
            return found
    for match in _DAY_FIRST.finditer(text):
        day, year, month = match.groups()
        if found := _iso(year, month, day):
            return found
    compact = _COMPACT.match(text)
    return _iso(*compact.groups()) if compact else ""


def without_date(text: str) -> str:
    """The text without a date at its end."""
    return _TAIL.sub("", text).strip() or text


def _iso(year: str, month: str, day: str) -> str:
    if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}-{int(day):02d}"
    return ""
