"""Text whose lines a page keeps: in `pre` elements and under a style `white-space: pre*`.

It stands at the element, or in the page's style sheet for its class or id, and is inherited (CSS
Text, "White Space Processing"): the nearest element that says anything of it counts. Each line is
a paragraph, but for prose that was wrapped by hand: a sentence cut in two would lose its year, or
its figure.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from lxml import etree

from pipelines.html import tree
from pipelines.html.stylesheets import plain_names, rules, selectors, styles_of
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

    def __init__(self, root: etree._Element, by_name: Mapping[str, bool]) -> None:
        """Finds the elements from `root` down that say it, and what those above it say.

        `by_name` is what the style sheet says of classes and ids, as `kept_by_sheet` gives it.
        """
        self._told = dict(_telling(root, by_name))
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


def kept_by_sheet(page: etree._Element) -> dict[str, bool]:
    """The classes and ids, with their sign, of which the style sheet says whether lines are kept.

    Empty where it keeps none.
    """
    sheet = styles_of(page)
    if not any(map(_is_keeping, _STYLE.findall(sheet))):
        return {}
    found: dict[str, bool] = {}
    for chosen, declared in rules(sheet):
        said = _STYLE.findall(declared)
        if said:
            found.update(dict.fromkeys(plain_names(chosen), _is_keeping(said[-1])))
    return found


def _telling(
    root: etree._Element, by_name: Mapping[str, bool]
) -> Iterator[tuple[etree._Element, bool]]:
    """The elements around `root` and from it down that say whether lines are kept, with it."""
    is_styled = bool(by_name or tree.styles_with("white-space"))
    for element in chain(root.iterancestors(), root.iter("*" if is_styled else "pre")):
        said = _STYLE.findall(element.get("style") or "")
        named = [by_name[name] for name in selectors(element) if name in by_name] if by_name else []
        if said:
            yield element, _is_keeping(said[-1])
        elif named or element.tag == "pre":
            yield element, named[0] if named else True


def _is_keeping(value: str) -> bool:
    return value.lower() in _KEEPING
