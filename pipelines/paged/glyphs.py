"""From characters placed on a page to lines and cells of text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# Gaps in ems: a blank between Latin words, a tab between columns of a table without lines.
WORD_GAP = 0.25
COLUMN_GAP = 1.5
# A figure stands this far from its label or from the next figure; within prose it is nearer.
FIGURE_GAP = 0.6


class Glyph(NamedTuple):
    """A character and its box; y grows downwards."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text and its box. `size` is the height of its characters.

    `place` is its locator where that does not follow from the box. `stop` is where what
    follows the first tab begins, `glyphs` are the characters it was put together from.
    `row` numbers the row of a table that it is, where edges tell that.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    place: str = ""
    stop: float = 0.0
    glyphs: tuple[Glyph, ...] = ()
    row: int = 0


def text_lines(glyphs: Sequence[Glyph], gaps: bool = True) -> list[TextLine]:
    """The lines from top to bottom; with `gaps`, columns are parted by tabs."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: ((g.y0 + g.y1) / 2, g.x0)):
        if lines and _same_line(lines[-1], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    made = (_line(sorted(line, key=lambda g: g.x0), gaps) for line in lines)
    return [line for line in made if line.text]


def _same_line(line: list[Glyph], glyph: Glyph) -> bool:
    last = line[-1]
    overlap = min(last.y1, glyph.y1) - max(last.y0, glyph.y0)
    return overlap > 0.5 * min(last.y1 - last.y0, glyph.y1 - glyph.y0)


def _line(glyphs: list[Glyph], gaps: bool) -> TextLine:
    size = max(g.y1 - g.y0 for g in glyphs)
    pieces: list[str] = []
    last: Glyph | None = None
    stop = 0.0
    for glyph in glyphs:
        if last is not None and glyph.text.strip():
            pieces.append(_gap(last, glyph, size, gaps))
            stop = stop or (glyph.x0 if pieces[-1] == "\t" else 0.0)
        pieces.append(glyph.text)
        last = glyph if glyph.text.strip() else last
    text = "".join(pieces).strip()
    box = _box(glyphs)
    return TextLine(text, *box, size, stop=stop, glyphs=tuple(glyphs))


def _gap(left: Glyph, right: Glyph, size: float, gaps: bool) -> str:
    width = right.x0 - left.x1
    figure = left.text.isdecimal() or right.text.isdecimal()
    if gaps and width > (FIGURE_GAP if figure else COLUMN_GAP) * size:
        return "\t"
    latin = left.text.isascii() and right.text.isascii()
    return " " if latin and width > WORD_GAP * size else ""


def _box(glyphs: Iterable[Glyph]) -> tuple[float, float, float, float]:
    found = list(glyphs)
    return (
        min(g.x0 for g in found),
        min(g.y0 for g in found),
        max(g.x1 for g in found),
        max(g.y1 for g in found),
    )


def joined_text(lines: Sequence[str]) -> str:
    """The text of a cell: a line end there cuts a word, so lines are joined without a blank."""
    text = ""
    for line in lines:
        latin = text[-1:].isascii() and text[-1:].isalpha() and line[:1].isascii()
        text += (" " if latin and line[:1].isalpha() else "") + line
    return text
