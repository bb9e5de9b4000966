"""Locators in words: where in a snapshot a figure stands."""

import re

_CELL = re.compile(r"(?:html|docx|text):table\[(\d+)\]/r(\d+)c(\d+)")
_PARAGRAPH = re.compile(r"(?:html|docx|text|txt):p\[(\d+)\](?:@(\d+)-(\d+))?")
_BOX = re.compile(r"(pdf|ofd|image):(?:p(\d+))?@([\d.]+),([\d.]+),([\d.]+),([\d.]+)")
_SHEET = re.compile(r"xlsx?:(.+)!([A-Z]+\d+)")
_CHARS = re.compile(r"text:(\d+)-(\d+)")


def in_words(locator: str) -> str:
    """The place in words; the locator itself where its kind is not known."""
    if locator.startswith("part["):
        number, _, within = locator.removeprefix("part[").partition("]!")
        return f"further page {number}, {in_words(within)}"
    place = locator.partition("#")[0]
    for pattern, words in _WORDS:
        match = pattern.fullmatch(place)
        if match:
            return words(match)
    return locator


def _paragraph(match: re.Match[str]) -> str:
    number, first, last = match.groups()
    within = f", characters {first} to {last}" if first else ""
    return f"paragraph {number}{within}"


def _box(match: re.Match[str]) -> str:
    kind, page, *corners = match.groups()
    unit = "pixels" if kind == "image" else "points"
    where = f"page {page}, " if page else ""
    return f"{where}box {', '.join(corners)} ({unit} from the top left)"


_WORDS = (
    (_CELL, lambda match: "table {}, row {}, column {}".format(*match.groups())),
    (_PARAGRAPH, _paragraph),
    (_BOX, _box),
    (_SHEET, lambda match: "sheet {}, cell {}".format(*match.groups())),
    (_CHARS, lambda match: "characters {} to {}".format(*match.groups())),
)
