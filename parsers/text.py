"""Matching keys for printed words. Stored text is never changed by these."""

import unicodedata
from functools import lru_cache

# NFKC (Unicode Standard Annex 15) leaves these as they are, though printers mix them freely.
_UNIFIED = str.maketrans(
    {
        **dict.fromkeys("〔【〖[{｛", "("),
        **dict.fromkeys("〕】〗]}｝", ")"),
        **dict.fromkeys("“”„‟″〝〞「」『』", '"'),
        **dict.fromkeys("‘’‚‛′`", "'"),
        **dict.fromkeys("‐‑‒–—―−─━﹘﹣", "-"),
        **dict.fromkeys("∶︰", ":"),
        **dict.fromkeys("⺠", "民"),  # CJK radicals that some PDF producers write for characters
        **dict.fromkeys("⻚", "页"),
        **dict.fromkeys("⻅", "见"),
        **dict.fromkeys("⻓", "长"),
        **dict.fromkeys("⻔", "门"),
        **dict.fromkeys("⻆", "角"),
        **dict.fromkeys("⻋", "车"),
        **dict.fromkeys("⻉", "贝"),
        **dict.fromkeys("⻛", "风"),
        **dict.fromkeys("⻝", "食"),
        **dict.fromkeys("⻩", "黄"),
    }
)
# Characters without ink that are not white space to `str.split`: joiners, marks of direction,
# soft hyphen, Hangul and Mongolian fillers, the byte-order mark.
_INKLESS = dict.fromkeys(
    map(ord, "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u3164")
)


def without_inkless(text: str) -> str:
    """The text without zero-width characters; white space stays."""
    return text.translate(_INKLESS)


def canon(text: str) -> str:
    """The key under which two printings of the same words compare equal.

    NFKC, no white space of any kind (U+3000, no-break and zero-width included), brackets, quotes
    and dashes unified. It does not strip numbering or punctuation. Case is folded.
    """
    return _remembered(text) if len(text) <= _SHORT else _canon(text)


def is_blank(text: str) -> bool:
    """Whether nothing is printed: only white space or characters without ink."""
    printed = text.strip()
    if not printed or ord(printed[0]) not in _INKLESS:
        return not printed
    return not printed.translate(_INKLESS).strip()


def _canon(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(_INKLESS).translate(_UNIFIED))
    return "".join(folded.translate(_UNIFIED).casefold().split())


# Cells and labels repeat within a page and from page to page.
_SHORT = 100
_remembered = lru_cache(8192)(_canon)
