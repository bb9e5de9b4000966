"""Pages put together from files of several encodings: a menu or a title in another than the text.

No encoding of Chinese has the brackets and quotes of markup within a character, so that the pieces
between them can be read one by one.
"""

import re
from collections.abc import Callable

# So many bytes that UTF-8 writes for Chinese, between ASCII ones, are hardly anything else.
_UTF8 = re.compile(rb"(?<![\x80-\xff])(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){3,}(?![\x80-\xff])")
_ENDS = re.compile(rb"([<>\"'\r\n])")
# How much like Chinese another reading of a damaged piece must look.
LIKE_CHINESE = 0.5

Likeness = Callable[[bytes, str], float]


def utf8_within(payload: bytes, codec: str) -> tuple[str, int]:
    """A payload that is not UTF-8 as text, with the number of its pieces that are.

    `codec` reads the others, what is damaged in them as U+FFFD.
    """
    if not _UTF8.search(payload):
        return payload.decode(codec, "replace"), 0
    texts: list[str] = []
    others = 0
    for piece in _ENDS.split(payload):
        is_other = _UTF8.search(piece) is not None and _is_utf8(piece)
        others += is_other
        texts.append(piece.decode("utf-8" if is_other else codec, "replace"))
    return "".join(texts), others


def others_within_utf8(payload: bytes, other: str, likeness: Likeness) -> tuple[str, int]:
    """A damaged UTF-8 payload as text, with the number of its pieces that are in `other`."""
    texts: list[str] = []
    others = 0
    for piece in _ENDS.split(payload):
        is_other = not _is_utf8(piece) and likeness(piece, other) >= LIKE_CHINESE
        others += is_other
        texts.append(piece.decode(other if is_other else "utf-8", "replace"))
    return "".join(texts), others


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
