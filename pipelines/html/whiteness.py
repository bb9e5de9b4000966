"""Text in white on the white of its page, which nobody sees.

White text is common on a coloured ground, and the ground may come from anything around it or from
a style sheet that is not at hand. It is taken for unseen only where the nearest text around it,
on the same ground, is not white, and nothing between the two is or may be given a ground.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from lxml import etree

from pipelines.html.colours import is_light, prints_white, recolours, sets_off
from pipelines.html.stylesheets import MOST_SHARE, plain_names, rules, selectors, styles_of

# More of it is the style of the page.
MOST_WHITE = 2_000
# Elements that style sheets seldom give a ground unless they name them.
PLAIN = frozenset({"p", "div", "span", "font", "b", "strong", "em", "i", "u", "br", "o:p"})
PRINTED_OTHERWISE = frozenset(
    {"a", "img", "input", "textarea", "svg", "iframe", "object", "button"}
)
_UNPRINTED = ("script", "style", "title", "noscript", "head")

_MAY_BE_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:white|#f[a-f]|rgb\(\s*25)", re.IGNORECASE)
_WORD = re.compile(r"[.#]?[\w-]+|\*")
_INKED = re.compile(r"\w")
_LINKED_SHEET = etree.XPath("boolean(//link[contains(@rel, 'stylesheet')])")


def white_on_white(
    root: etree._Element,
    styles: Iterable[str],
    named: Iterable[etree._Element],
    hidden: Collection[etree._Element],
) -> list[etree._Element]:
    """The outermost elements whose text is white on white.

    `styles` are the style attributes of the page, `named` its elements with an id or class,
    `hidden` those that are not shown anyway.
    """
    white = _white(root, {style for style in styles if _MAY_BE_WHITE.search(style)}, named)
    if not white or len(white) > MOST_WHITE:
        return []
    page = _Grounds(root, white, hidden)
    found = [element for element in page.outermost if page.is_unseen(element)]
    unseen = sum(map(_length, found))
    return found if unseen <= MOST_SHARE * (page.chars + unseen) else []


def _white(
    root: etree._Element, styles: set[str], named: Iterable[etree._Element]
) -> set[etree._Element]:
    """The elements that their style, the style sheet or `font` make white."""
    told = {style for style in styles if prints_white(style)}
    found = {e for e in root.iter("*") if e.get("style") in told} if told else set()
    fonts = (e for e in root.iter("font") if e.get("color"))
    found.update(font for font in fonts if prints_white(f"color:{font.get('color')}"))
    names = _white_names(styles_of(root))
    if names:
        found.update(e for e in named if not names.isdisjoint(selectors(e)))
    return found


def _white_names(sheet: str) -> set[str]:
    if not _MAY_BE_WHITE.search(sheet):
        return set()
    found: set[str] = set()
    for chosen, declared in rules(sheet):
        if prints_white(declared):
            found.update(plain_names(chosen))
    return found


class _Grounds:
    """What the text of a page stands on, as far as the page itself says it."""

    def __init__(
        self,
        root: etree._Element,
        white: set[etree._Element],
        hidden: Collection[etree._Element],
    ) -> None:
        sheet = styles_of(root)
        declared = [*_declared(sheet)]
        self._is_partly_told = bool(_LINKED_SHEET(root)) or "@import" in sheet
        self._setting_off = _words(chosen for chosen, said in declared if sets_off(said))
        self._recolouring = _words(chosen for chosen, said in declared if recolours(said))
        self._white = white
        self._inked: set[etree._Element] = set()
        self._with_prose: set[etree._Element] = set()
        self._set_off: dict[etree._Element, bool] = {}
        self.outermost: list[etree._Element] = []
        self.chars = 0
        self._look_through(root, hidden)

    def _look_through(self, root: etree._Element, hidden: Collection[etree._Element]) -> None:
        """Finds the white elements and, around them, those that hold text of other colours."""
        walk = etree.iterwalk(root, events=("start",))
        for _, element in walk:
            self._note(element.getparent(), element.tail)
            if element in hidden or element.tag in _UNPRINTED:
                walk.skip_subtree()
            elif element in self._white:
                self.outermost.append(element)
                walk.skip_subtree()
            else:
                self._note(element, element.text)

    def _note(self, holder: etree._Element | None, text: str | None) -> None:
        if holder is None or not text or not _INKED.search(text):
            return
        self.chars += len(text)
        _mark(holder, self._inked)
        if "。" in text:
            _mark(holder, self._with_prose)

    def is_unseen(self, element: etree._Element) -> bool:
        """Whether a white element stands on the ground of text of other colours, and on white."""
        if not _INKED.search("".join(map(str, element.itertext()))):
            return False
        if any(map(self._may_be_seen, element.iterdescendants("*"))):
            return False
        return self._is_among_others(element) and not self._is_set_off(element)

    def _may_be_seen(self, element: etree._Element) -> bool:
        """Whether an element within white text may be of another colour, or on a ground."""
        if element.tag in PRINTED_OTHERWISE or self._may_be_set_off(element) or _sets_off(element):
            return True
        if element in self._white:
            return False
        is_own = element.get("color") is not None or recolours(element.get("style", ""))
        return is_own or _is_named(element, self._recolouring)

    def _is_among_others(self, element: etree._Element) -> bool:
        for node in chain((element,), element.iterancestors()):
            if node in self._inked:
                return node in self._with_prose or not self._may_be_set_off(node)
            if self._may_be_set_off(node):
                return False
        return False

    def _may_be_set_off(self, element: etree._Element) -> bool:
        """Whether a style sheet gives an element a ground, or may: one that is not at hand."""
        if _is_named(element, self._setting_off):
            return True
        has_name = element.get("class") is not None or element.get("id") is not None
        return self._is_partly_told and (has_name or element.tag not in PLAIN)

    def _is_set_off(self, element: etree._Element) -> bool:
        """Whether an element or one around it is given a ground where it stands or by its name."""
        passed: list[etree._Element] = []
        found = False
        for node in chain((element,), element.iterancestors()):
            if node in self._set_off:
                found = self._set_off[node]
                break
            passed.append(node)
            if _sets_off(node) or _is_named(node, self._setting_off):
                found = True
                break
        self._set_off.update(dict.fromkeys(passed, found))
        return found


def _sets_off(element: etree._Element) -> bool:
    """Whether the attributes of an element give it a ground."""
    if element.get("background") or not is_light(element.get("bgcolor", "")):
        return True
    return sets_off(element.get("style", ""))


def _is_named(element: etree._Element, words: frozenset[str]) -> bool:
    return bool(words) and not words.isdisjoint(("*", str(element.tag), *selectors(element)))


def _declared(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of all rules, those within media queries too."""
    for rule in sheet.split("}"):
        chosen, _, said = rule.rpartition("{")
        yield chosen.rpartition("{")[2], said


def _words(chosen: Iterator[str]) -> frozenset[str]:
    """The names of elements, classes and ids in the last parts of selectors."""
    parts = (one.split()[-1] for all_of in chosen for one in all_of.split(",") if one.strip())
    return frozenset(word for part in parts for word in _WORD.findall(part))


def _mark(element: etree._Element, marked: set[etree._Element]) -> None:
    """Marks an element and those around it."""
    node: etree._Element | None = element
    while node is not None and node not in marked:
        marked.add(node)
        node = node.getparent()


def _length(element: etree._Element) -> int:
    return sum(map(len, element.itertext()))
