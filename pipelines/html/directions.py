"""Text that a page shows from right to left against the order of its source."""

import re
from collections.abc import Iterable

from lxml import etree

_OVERRIDE = re.compile(r"unicode-bidi\s*:\s*(isolate-)?(bidi-)?override", re.IGNORECASE)
_LEFTWARDS = re.compile(r"direction\s*:\s*rtl", re.IGNORECASE)
# RIGHT-TO-LEFT OVERRIDE and POP DIRECTIONAL FORMATTING (Unicode Standard Annex 9).
_BEGIN, _END = "\u202e", "\u202c"


def mark_turned(root: etree._Element, styles: Iterable[str]) -> None:
    """Puts the characters that turn a text around the elements that do, so that it is told.

    `styles` are the style attributes of the page.
    """
    turning = {one for one in styles if _OVERRIDE.search(one) and _LEFTWARDS.search(one)}
    turned = [e for e in root.iter("bdo") if e.get("dir", "").strip().lower() == "rtl"]
    if turning:
        turned += [e for e in root.iter("*") if e.tag != "bdo" and e.get("style") in turning]
    for element in turned:
        element.text = _BEGIN + (element.text or "")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + _END
        else:
            element.text += _END
