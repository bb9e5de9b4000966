"""What a page hides by its own style sheet: elements whose class or id is declared not shown.

Only plain selectors (`.name`, `#name`, `p.name`) outside of media queries count, and only where no
other rule and no script of the page speaks of the name: tabs and menus are hidden until they are
opened, and what they hold may be the report.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

MOST_STYLES_CHARS = 400_000
# An element with more of the page's text than this is shown by something else.
MOST_SHARE = 0.3

_COMMENT = re.compile(r"/\*.*?(\*/|\Z)|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_OF_SCREEN = re.compile(
    r"\s*@(?:media\b(?!.*?(?:\bprint\b|\bspeech\b|max-(?:device-)?width))|supports\b|layer\b)",
    re.IGNORECASE | re.DOTALL,
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SHOWN = re.compile(r"display\s*:\s*(?!none)\w", re.IGNORECASE)
_PLAIN = re.compile(r"[\w-]*([.#])([\w-]+)")
_NAME = re.compile(r"[.#]([\w-]+)")


def hidden_elements(root: etree._Element, named: Iterable[etree._Element]) -> set[etree._Element]:
    """The elements that the page's style sheet hides; `named` are those with an id or class."""
    hidden = _hidden_names(root)
    if not hidden:
        return set()
    found = [element for element in named if hidden & {*selectors(element)}]
    most = MOST_SHARE * printed_length(root) if found else 0
    return {element for element in found if _text_length(element) <= most}


def styles_of(root: etree._Element) -> str:
    """The style sheets that stand in a page; empty if they are too long to be read."""
    styles = "\n".join(style.text or "" for style in root.iter("style"))
    return styles if len(styles) <= MOST_STYLES_CHARS else ""


def _hidden_names(root: etree._Element) -> frozenset[str]:
    styles = styles_of(root)
    if not _NOT_SHOWN.search(styles):
        return frozenset()
    hidden: set[str] = set()
    shown: set[str] = set()
    for selectors, declared in rules(styles):
        if _NOT_SHOWN.search(declared):
            hidden.update(plain_names(selectors))
        elif _SHOWN.search(declared):
            shown.update(_NAME.findall(selectors))
    scripts = "\n".join(script.text or "" for script in root.iter("script")) if hidden else ""
    return frozenset(one for one in hidden if one[1:] not in shown and one[1:] not in scripts)


def plain_names(selectors: str) -> set[str]:
    """The classes and ids, with their sign, that plain selectors of a rule name."""
    plain = (_PLAIN.fullmatch(one.strip()) for one in selectors.split(","))
    return {found[1] + found[2] for found in plain if found}


def rules(styles: str, *, in_media: bool = False) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules outside of any block such as a media query.

    With `in_media` those within queries that a wide screen may answer too.
    """
    styles = _COMMENT.sub(" ", styles)
    depth, begin, deepest = 0, 0, 0
    for found in re.finditer(r"[{}]", styles):
        if found[0] == "}":
            depth = max(0, depth - 1)
            begin = found.end() if depth <= deepest else begin
            deepest = min(deepest, depth)
            continue
        if depth <= deepest:
            rule = _RULE.match(styles, begin)
            if rule:
                yield rule[1], rule[2]
            elif in_media and not depth and _OF_SCREEN.match(styles[begin : found.start()]):
                deepest, begin = 1, found.end()
        depth += 1


def selectors(element: etree._Element) -> Iterator[str]:
    """The plain selectors of an element's id and classes."""
    yield f"#{element.get('id')}"
    yield from (f".{name}" for name in (element.get("class") or "").split())


def _text_length(element: etree._Element) -> int:
    return len(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def printed_length(root: etree._Element) -> int:
    """The length of a page's text without that of its scripts and styles."""
    unprinted = sum(len(node.text or "") for node in root.iter("script", "style"))
    return _text_length(root) - unprinted
