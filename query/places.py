"""Locators in words: where in a snapshot a figure stands."""

import re

LANGUAGES = ("en", "zh")
_CORNERS = r"@([\d.]+),([\d.]+),([\d.]+),([\d.]+)"
_POINTS = ("box {}, {}, {}, {} (points from the top left)", "框 {}, {}, {}, {}（距左上角，点）")
_PIXELS = ("box {}, {}, {}, {} (pixels from the top left)", "框 {}, {}, {}, {}（距左上角，像素）")
_FLOWING = r"(?:html|docx|rtf|text|txt)"
_PAGE = ("page {}, ", "第 {} 页，")


def _on_page(box: tuple[str, str]) -> tuple[str, str]:
    return _PAGE[0] + box[0], _PAGE[1] + box[1]


# Pattern -> words for what it finds, in each of `LANGUAGES`.
_WORDS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            rf"{_FLOWING}:table\[(\d+)\]/r(\d+)c(\d+)",
            ("table {}, row {}, column {}", "第 {} 个表格，第 {} 行，第 {} 列"),
        ),
        (rf"{_FLOWING}:table\[(\d+)\]", ("table {}", "第 {} 个表格")),
        (rf"{_FLOWING}:p\[(\d+)\]", ("paragraph {}", "第 {} 段")),
        (r"(?:pdf|ofd):p(\d+)", ("page {}", "第 {} 页")),
        (r"image:p(\d+)", ("picture {}", "第 {} 幅图片")),
        (rf"(?:pdf|ofd):p(\d+){_CORNERS}", _on_page(_POINTS)),
        (rf"(?:pdf|ofd):{_CORNERS}", _POINTS),
        (rf"image:p(\d+){_CORNERS}", _on_page(_PIXELS)),
        (rf"image:{_CORNERS}", _PIXELS),
        (r"xlsx?:(.+)!([A-Z]+\d+)", ("sheet {}, cell {}", "工作表 {}，单元格 {}")),
        (r"xlsx?:([^!]+)", ("sheet {}", "工作表 {}")),
    )
)
# Locators within others: a further page of an article, a file in a package.
_WITHIN = (
    (re.compile(r"part\[(\d+)\]!(.+)", re.DOTALL), ("further page {}, {}", "续页 {}，{}")),
    (re.compile(r"zip:([^!]+)!(.+)", re.DOTALL), ("file {} of the package, {}", "包内文件 {}，{}")),
)
# Ranges of characters: half-open and from 0 in locators, both ends and from 1 for people.
_RANGE = re.compile(r"text:(?P<begin>\d+)-(?P<end>\d+)")
_PART = re.compile(r"(?P<whole>.+)@(?P<begin>\d+)-(?P<end>\d+)")
_CHARACTERS = ("characters {} to {}", "第 {} 至 {} 字")
_CHARACTER = ("character {}", "第 {} 字")
_AFTER = (", ", "，")


def in_words(locator: str, language: str = "en") -> str:
    """The place in words; the locator itself where its kind is not known."""
    at = LANGUAGES.index(language)
    for pattern, words in _WITHIN:
        if match := pattern.fullmatch(locator):
            return words[at].format(match[1], in_words(match[2], language))
    place = locator.partition("#")[0]
    for pattern, words in _WORDS:
        if match := pattern.fullmatch(place):
            return words[at].format(*match.groups())
    return _characters(place, language) or locator


def _characters(place: str, language: str) -> str:
    """Characters of a paragraph; in plain text, whose places are characters, those of the text."""
    at, start, within = LANGUAGES.index(language), 0, ""
    part = _PART.fullmatch(place)
    if part and (whole := _RANGE.fullmatch(part["whole"])):
        start = int(whole["begin"])
    elif part:
        within = in_words(part["whole"], language) + _AFTER[at]
    else:
        part = _RANGE.fullmatch(place)
    if part is None:
        return ""
    begin, end = start + int(part["begin"]), start + int(part["end"])
    words = _CHARACTER if end == begin + 1 else _CHARACTERS
    return within + words[at].format(begin + 1, end)
