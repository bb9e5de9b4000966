"""What stands within the runs of Word documents beside text: symbols and alternate content."""

import re

from lxml import etree

from pipelines.limits import local_name
from pipelines.word import W, attribute

# Characters of symbol fonts that may be figures, or stand for one.
SYMBOLS = {
    "Symbol": {**{code: chr(code) for code in range(0x30, 0x3A)}, 0xB7: "•"},
    "Wingdings": {
        **{0x81 + index: chr(0x2460 + index) for index in range(10)},
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0xA8: "□",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    },
}
_SYMBOL = re.compile("[\uf020-\uf0ff]")
PRIVATE = range(0xE000, 0xF900)


def symbol(element: etree._Element) -> str:
    """A character of a symbol font; most of those of the private range have no known text."""
    try:
        code = int(attribute(element, "char"), 16)
        if code not in PRIVATE:
            return chr(code)
    except (ValueError, OverflowError):
        return ""
    return SYMBOLS.get(attribute(element, "font"), {}).get(code & 0xFF, "")


def has_symbols(text: str) -> bool:
    """Whether a text has characters that a symbol font shows; older programs write them so."""
    return not text.isascii() and _SYMBOL.search(text) is not None


def symbols_of(element: etree._Element, text: str) -> str:
    """A text of a run with such characters as its font shows them; unknown ones stay."""
    fonts = element.find(f"../{W}rPr/{W}rFonts")
    known = SYMBOLS.get(attribute(fonts, "ascii"), {}) if fonts is not None else {}
    return _SYMBOL.sub(lambda found: known.get(ord(found[0]) & 0xFF, found[0]), text)


def choice(alternate: etree._Element) -> etree._Element:
    """The first choice of alternate content; the fallback where only that holds text."""
    choice = next((c for c in alternate if local_name(c) == "Choice"), None)
    fallback = next((c for c in alternate if local_name(c) == "Fallback"), None)
    if fallback is None or (choice is not None and (_has_text(choice) or not _has_text(fallback))):
        return choice if choice is not None else alternate
    return fallback


def _has_text(element: etree._Element) -> bool:
    return next(element.iter(f"{W}t"), None) is not None
