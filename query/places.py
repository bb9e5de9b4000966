"""Locators in words: where in a snapshot a figure stands."""

import re

LANGUAGES = ("en", "zh")
_CORNERS = r"@([\d.]+),([\d.]+),([\d.]+),([\d.]+)"
_POINTS = ("box {}, {}, {}, {} (points from the top left)", "框 {}, {}, {}, {}（距左上角，点）")
_PIXELS = ("box {}, {}, {}, {} (pixels from the top left)", "框 {}, {}, {}, {}（距左上角，像素）")
_PAGE = ("page {}, ", "第 {} 页，")


def _on_page(box: tuple[str, str]) -> tuple[str, str]:
    return _PAGE[0] + box[0], _PAGE[1] + box[1]


# Pattern -> words for what it finds, in each of `LANGUAGES`.
_WORDS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            r"(?:html|docx|text):table\[(\d+)\]/r(\d+)c(\d+)",
            ("table {}, row {}, column {}", "第 {} 个表格，第 {} 行，第 {} 列"),
        ),
        (r"(?:html|docx|text|txt):p\[(\d+)\]", ("paragraph {}", "第 {} 段")),
        (
            r"(?:html|docx|text|txt):p\[(\d+)\]@(\d+)-(\d+)",
            ("paragraph {}, characters {} to {}", "第 {} 段，第 {} 至 {} 字"),
        ),
        (rf"(?:pdf|ofd):p(\d+){_CORNERS}", _on_page(_POINTS)),
        (rf"(?:pdf|ofd):{_CORNERS}", _POINTS),
        (rf"image:p(\d+){_CORNERS}", _on_page(_PIXELS)),
        (rf"image:{_CORNERS}", _PIXELS),
        (r"xlsx?:(.+)!([A-Z]+\d+)", ("sheet {}, cell {}", "工作表 {}，单元格 {}")),
        (r"text:(\d+)-(\d+)", ("characters {} to {}", "第 {} 至 {} 字")),
    )
)
_FURTHER = ("further page {}, {}", "续页 {}，{}")


def in_words(locator: str, language: str = "en") -> str:
    """The place in words; the locator itself where its kind is not known."""
    at = LANGUAGES.index(language)
    if locator.startswith("part["):
        number, _, within = locator.removeprefix("part[").partition("]!")
        return _FURTHER[at].format(number, in_words(within, language))
    place = locator.partition("#")[0]
    for pattern, words in _WORDS:
        match = pattern.fullmatch(place)
        if match:
            return words[at].format(*match.groups())
    return locator
