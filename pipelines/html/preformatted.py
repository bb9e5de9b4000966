"""Text whose lines a page keeps: in `pre` elements and under a style `white-space: pre*`.

The style is inherited (CSS Text, "White Space Processing"): the nearest element that says anything
of it counts. Each line is a paragraph, but for prose that was wrapped by hand: a sentence cut in
two would lose its year, or its figure.
"""

import re
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from pipelines.html import tree
from pipelines.text import MARGIN

_LINE_END = re.compile(r"\r\n?|[\n\u2028\u2029]")
# Prose wrapped by hand has no shorter lines, and marks that labels alone on a line have not.
_WRAPPED_CHARS = 16
_PROSE = re.compile("[，。；！？]")
_BROKEN_OFF = re.compile(r"[^\W_][,，、)）”》]?$")
_CELLS = re.compile(r"[\t|｜│┃]|[ \u3000\xa0]{2}|\s[\d.,]+$")
_NUMBERED = re.compile(
    r"[第(（]?[一二三四五六七八九十]+[、.章节)）]|\d{1,2}[.、．](?!\d)|[(（]\d{1,2}[)）]"
)
_STYLE = re.compile(r"white-space\s*:\s*(\w+(?:-\w+)?)", re.IGNORECASE)
_KEEPING = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})


class Keeping:
    """Tells, while the elements of a part of a page are gone through, whether lines are kept."""

    def __init__(self, root: etree._Element) -> None:
        """Finds the elements from `root` down that say it, and what those above it say."""
        self._told = {element: _keeps(element) for element in _telling(root)}
        above = (self._told[e] for e in root.iterancestors() if e in self._told)
        self._states = [next(above, False)]

    @property
    def now(self) -> bool:
        """Whether the lines of the text that comes next are kept."""
        return self._states[-1]

    def enter(self, element: etree._Element) -> None:
        """Begins an element."""
        if element in self._told:
            self._states.append(self._told[element])

    def leave(self, element: etree._Element) -> None:
        """Ends an element that was begun."""
        if element in self._told:
            self._states.pop()


def lines_of(text: str) -> Iterator[str]:
    """The lines of a text as a browser parts them; those of wrapped prose stay together."""
    first, *others = _LINE_END.split(text)
    together = [first]
    for line in others:
        if not _goes_on(together[-1], line):
            yield "\n".join(together)
            together.clear()
        together.append(line)
    yield "\n".join(together)


def _goes_on(line: str, following: str) -> bool:
    """Whether a sentence runs from a line into the one that follows, which nothing sets off."""
    line = line.strip(MARGIN)
    if len(line) < _WRAPPED_CHARS or not _BROKEN_OFF.search(line):
        return False
    if not following[:1].strip(MARGIN) or _NUMBERED.match(following):
        return False
    cells = any(map(_CELLS.search, (line, following.rstrip())))
    return _PROSE.search(following) is not None and not cells


def as_printed(line: str) -> str:
    """A line with the tabs and runs of blanks that part its cells, as plain text is read."""
    if "\n" in line:  # wrapped prose has no cells
        return tree.tidy(line)
    return line.replace("\u200b", "").replace("\ufeff", "").strip(MARGIN)


def _telling(root: etree._Element) -> Iterator[etree._Element]:
    """The elements around `root` and from it down that say whether lines are kept."""
    styles = tree.styles_with("white-space")
    for element in chain(root.iterancestors(), root.iter("*" if styles else "pre")):
        if element.tag == "pre" or element.get("style") in styles:
            yield element


def _keeps(element: etree._Element) -> bool:
    said = _STYLE.findall(element.get("style") or "")
    return said[-1].lower() in _KEEPING if said else element.tag == "pre"
