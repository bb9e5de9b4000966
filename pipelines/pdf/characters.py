"""The characters of a PDF page with their boxes."""

import ctypes
import unicodedata
from collections.abc import Callable
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from pipelines.paged.glyphs import Glyph

MAX_CHARACTERS = 100_000
# A character this many times as large as most may be a headline; its box is looked at twice.
ABSURD = 3.0
# Stands for a character that cannot be told, so that no figure is read without it.
UNREADABLE = 0xFFFD

# Radicals that some fonts name instead of the characters that look the same.
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)

Point = tuple[float, float]


def characters(raw: Any, to_page: Callable[[float, float], Point]) -> tuple[list[Glyph], int, bool]:
    """The characters, how many cannot be told, and whether there are more than are read.

    Args:
        raw: the text page.
        to_page: the way from page space to the page as it is read.
    """
    count = pdfium.FPDFText_CountChars(raw)
    glyphs, unreadable = _placed(raw, min(count, MAX_CHARACTERS), to_page)
    return glyphs, unreadable, count > MAX_CHARACTERS


def _placed(
    raw: Any, count: int, to_page: Callable[[float, float], Point]
) -> tuple[list[Glyph], int]:
    box = pdfium.FS_RECTF()
    glyphs: list[Glyph] = []
    indexes: list[int] = []
    unreadable = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code < 32 or not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        if code in (0xFFFD, 0xFFFE, 0xFFFF) or 0xE000 <= code <= 0xF8FF:
            unreadable += 1
            code = UNREADABLE
        one, other = to_page(box.left, box.top), to_page(box.right, box.bottom)
        glyph = Glyph(_character(code), *sorted_box(one, other))
        if not _is_repeated(glyphs, glyph):
            glyphs.append(glyph)
            indexes.append(index)
    return _with_sound_boxes(raw, glyphs, indexes, to_page), unreadable


def _with_sound_boxes(
    raw: Any, glyphs: list[Glyph], indexes: list[int], to_page: Callable[[float, float], Point]
) -> list[Glyph]:
    """Fonts for vertical writing give absurd loose boxes: there the inked box is taken."""
    if not glyphs:
        return glyphs
    usual = median(glyph.y1 - glyph.y0 for glyph in glyphs)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    sound = list(glyphs)
    for number, glyph in enumerate(glyphs):
        if max(glyph.x1 - glyph.x0, glyph.y1 - glyph.y0) <= ABSURD * usual:
            continue
        if pdfium.FPDFText_GetCharBox(raw, indexes[number], left, right, bottom, top):
            one, other = to_page(left.value, top.value), to_page(right.value, bottom.value)
            sound[number] = Glyph(glyph.text, *sorted_box(one, other))
    return sound


def sorted_box(one: Point, other: Point) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of two corners."""
    (x0, y0), (x1, y1) = one, other
    if x0 > x1:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)


def _character(code: int) -> str:
    char = chr(code)
    if 0x2E80 <= code <= 0x2EFF:
        return char.translate(_RADICALS)
    return unicodedata.normalize("NFKC", char) if 0x2F00 <= code <= 0x2FD5 else char


def _is_repeated(glyphs: list[Glyph], glyph: Glyph) -> bool:
    """Bold type is sometimes made by printing a character twice, a hair apart."""
    if not glyphs or glyphs[-1].text != glyph.text or glyph.text == " ":
        return False
    near = 0.15 * max(glyph.y1 - glyph.y0, 1.0)
    return abs(glyphs[-1].x0 - glyph.x0) < near and abs(glyphs[-1].y0 - glyph.y0) < near


def address(item: Any) -> int:
    """What tells one object of a page from others while the page is open; 0 for none."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0
