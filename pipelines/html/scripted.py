"""Bodies that a page carries as a string in a script and writes when it is opened."""

import json
import re

from lxml import etree

LONGEST_SCRIPT = 4_000_000

_STRING = re.compile(
    r'"(?:content|contentHtml|body|html)"\s*:\s*("(?:[^"\\]|\\.)*")', re.IGNORECASE
)
_MARKUP = re.compile(r"<(p|div|span|table|br|font|h[1-6])\b", re.IGNORECASE)
SHORTEST_BODY = 40


def scripted_body(root: etree._Element) -> str | None:
    """The longest string of markup that a script assigns to a content field, unescaped."""
    found = [body for script in root.iter("script") for body in _bodies(script.text or "")]
    return max(found, key=len, default=None)


def _bodies(script: str) -> list[str]:
    strings = (match[1] for match in _STRING.finditer(script[:LONGEST_SCRIPT]))
    texts = (_unescaped(string) for string in strings if len(string) >= SHORTEST_BODY)
    return [text for text in texts if _MARKUP.search(text)]


def _unescaped(string: str) -> str:
    try:
        value = json.loads(string, strict=False)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""
