"""Words that a page prints by its style sheet (`content: "3"`), which stand nowhere in its text.

https://www.w3.org/TR/css-content-3/ gives the property. What is printed depends on the whole
cascade and is not read: a figure that it makes or changes must be told.
"""

import re
from collections.abc import Iterable
from itertools import chain

from lxml import etree

from pipelines.html.stylesheets import rules, selectors, styles_of

LONGEST_SELECTOR = 200

_PRINTS = re.compile(
    r"(?<![-\w])content\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|attr\(\s*([\w-]+))", re.IGNORECASE
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# The last class, id or element's name before the words; what stands around it only narrows the
# choice. What is printed only where a pointer rests is not looked for.
_CHOSEN = re.compile(
    r"([.#]?[\w-]+)(?:\[[^\[\]]*\]|:(?!hover|focus|active|before|after)[a-z-]+(?:\([^()]*\))?)*"
    r"::?(?:before|after)\s*\Z",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_LAST_CODE = 0x10FFFF


def printed_by_sheet(
    root: etree._Element, named: Iterable[etree._Element]
) -> dict[etree._Element, str]:
    """The elements beside whose text the style sheet prints words, with the words.

    `named` are those with an id or class. Signs and the glyphs of icon fonts are no words.
    """
    styles = styles_of(root)
    said = _said(styles) if "content" in styles else {}
    if not said:
        return {}
    found: dict[etree._Element, str] = {}
    tags = [name for name in said if name[0] not in ".#"]
    chosen = chain(
        ((element, name) for element in named for name in selectors(element) if name in said),
        ((element, str(element.tag)) for element in (root.iter(*tags) if tags else ())),
    )
    for element, name in chosen:
        written, attribute = said[name]
        text = element.get(attribute, "") if attribute else written
        if any(map(str.isalnum, text)):
            found[element] = text
    return found


def _said(styles: str) -> dict[str, tuple[str, str]]:
    """For classes, ids and elements' names the words printed, or the attribute that has them."""
    said: dict[str, tuple[str, str]] = {}
    for chosen, declared in rules(styles, in_media=True):
        prints = _PRINTS.search(declared)
        if not prints or _NOT_SHOWN.search(declared):
            continue
        written = _ESCAPE.sub(_character, prints[1] or prints[2] or "")
        for one in chosen.split(","):
            if name := _CHOSEN.search(one.strip()[-LONGEST_SELECTOR:]):
                is_name = name[1][0] not in ".#"
                said[name[1].lower() if is_name else name[1]] = written, prints[3] or ""
    return said


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return chr(code) if code <= _LAST_CODE else ""
