"""Markup that a page holds as text: written by scripts, or kept hidden to draw from."""

import re

from lxml.html import HtmlElement

from parsers.portals.markup import scripts

_WRITTEN = re.compile(
    r"(?:document\.write(?:ln)?\(|\.(?:html|append|prepend)\(|\.innerHTML\s{0,5}\+?=)\s{0,5}"
    r"(?:\"((?:[^\"\\\n]|\\.){0,100000})\"|'((?:[^'\\\n]|\\.){0,100000})'|`([^`$]{0,100000})`)"
)
_KEPT = ("text/html", "text/template", "text/x-template", "text/plain")


def written_html(tree: HtmlElement) -> str:
    """The markup of script literals (`document.writeln("<li>...")`), text areas and templates."""
    found = _WRITTEN.finditer(scripts(tree))
    parts = [re.sub(r"\\(.)", r"\1", match[1] or match[2] or match[3] or "") for match in found]
    parts += [node.text_content() for node in tree.iter("textarea")]
    parts += [
        node.text or ""
        for node in tree.iter("script")
        if (node.get("type") or "").casefold() in _KEPT
    ]
    return "\n".join(part for part in parts if "<" in part)
