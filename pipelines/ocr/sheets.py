"""A scanned page read into the same text lines and table pieces as a drawn one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np

from parsers.records import Problem
from pipelines.assembly import problem
from pipelines.ocr.engine import Raster, Reading, recogniser
from pipelines.ocr.judgement import UNSURE, judged, needs_second
from pipelines.ocr.raster import Sheet, prepared
from pipelines.ocr.ruling import drawn_edges, ruling_of, stray_rules
from pipelines.ocr.strips import MARGIN, Area, Strip, cut, strips_of
from pipelines.paged.glyphs import TextLine
from pipelines.paged.pages import PageBlocks
from pipelines.paged.ruled import RuledTable, Span, find_tables
from pipelines.paged.tables import Piece, PieceCell, box_place, holds_table

# In heights of a character.
TOLERANCE = 0.3
INSET = 0.08
SECOND_MARGIN = 0.38
DUST = 0.4
LONG = 4.0
# Most lines of a page on its side seem to be one character long, in heights of a character.
ONE_CHARACTER = 1.4
# So many ruled lines beside the tables are those of a table that was not found.
STRAY_RULES = 6
# Lines looked at, and how probable they must be, to tell whether a page stands upright.
SAMPLE = 8
UPRIGHT = 0.85
# Points across a picture: joining of lines and pages goes by the widths of paper.
WIDTH = 595.0

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class _Field:
    """A cell, or the page beside its tables: lines of strips and what they say."""

    area: Area
    lines: list[list[Strip]]
    texts: dict[Strip, tuple[str, float]] = field(default_factory=dict)

    def text(self) -> str:
        """Lines of a cell are joined without a blank, pieces of a line with one."""
        return "".join(" ".join(self.texts[s][0] for s in line) for line in self.lines)

    def certainty(self) -> float:
        return min((self.texts[s][1] for line in self.lines for s in line), default=1.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """How to name places: `prefix` begins them, `unit` is the length of a pixel in them.

    `width` is that of the page in points.
    """

    prefix: str
    unit: float
    width: float = WIDTH


def read_sheet(grey: Raster, scale: Scale) -> tuple[PageBlocks, list[Problem]]:
    """Reads a page, whichever way round it was put on the scanner."""
    reader = _Reader(prepared(grey), scale)
    if not reader.is_upright():
        turned = [_Reader(prepared(grey, quarters), scale) for quarters in (1, 2, 3)]
        reader = max([reader, *turned], key=lambda way: way.legibility)
    return reader.page()


def read_inset_tables(grey: Raster, scale: Scale) -> tuple[PageBlocks, list[Problem]]:
    """Reads a page of pictures alone, where they show ruled tables."""
    reader = _Reader(prepared(grey), scale)
    if reader.has_tables:
        return reader.page()
    detail = "pictures beside the text show no ruled table and were not read"
    blocks = PageBlocks(scale.prefix, scale.width, ())
    return blocks, [problem("picture", detail, scale.prefix)]


class _Reader:
    """One way of looking at a page."""

    def __init__(self, sheet: Sheet, scale: Scale) -> None:
        self._sheet = sheet
        self._scale = scale
        self._points = scale.width / sheet.grey.shape[1]
        tolerance = TOLERANCE * sheet.height
        ruling = ruling_of(sheet)
        tables = find_tables(ruling.rules, tolerance)
        self._tables = [table for table in tables if self._is_table(table)]
        self._stray = stray_rules(ruling, self._tables, tolerance)
        drawn = drawn_edges(ruling, self._tables, tolerance)
        self._ink = sheet.ink & ~drawn
        self._grey = np.where(drawn, 255, sheet.grey).astype(np.uint8)
        self._cells = {
            (number, span): self._field(self._inside(table.box(span)))
            for number, table in enumerate(self._tables)
            for span in table.spans
        }
        self._free = self._outside()

    def _is_table(self, table: RuledTable) -> bool:
        """Letters of a heading may hold a box of strokes; a cell holds at least a character."""
        narrowest = min(b - a for edges in (table.xs, table.ys) for a, b in pairwise(edges))
        return narrowest > 0.8 * self._sheet.height

    def _inside(self, box: Box) -> Area:
        inset = INSET * self._sheet.height
        x0, y0, x1, y1 = box
        return round(x0 + inset), round(y0 + inset), round(x1 - inset), round(y1 - inset)

    def _field(self, area: Area) -> _Field:
        return _Field(area, strips_of(self._ink, area, self._sheet.height))

    def _outside(self) -> _Field:
        height, width = self._ink.shape
        whole = (0, 0, width, height)
        if not self._sheet.height:
            return _Field(whole, [])
        ink = self._ink.copy()
        for table in self._tables:
            x0, y0, x1, y1 = (round(edge) for edge in table.bounds)
            ink[max(y0 - 2, 0) : y1 + 2, max(x0 - 2, 0) : x1 + 2] = 0
        lines = strips_of(ink, whole, self._sheet.height)
        return _Field(whole, [[s for s in line if not self._is_dust(s)] for line in lines])

    def _is_dust(self, strip: Strip) -> bool:
        """Beside tables, a lone dot is no text; within cells every dot is looked at."""
        x0, y0, x1, y1 = strip.box
        return max(x1 - x0, y1 - y0) < DUST * self._sheet.height

    def _fields(self) -> list[_Field]:
        return [*self._cells.values(), self._free]

    @property
    def has_tables(self) -> bool:
        """Whether any ruled table was found."""
        return bool(self._tables)

    def is_upright(self) -> bool:
        """Whether nothing speaks for looking at the page another way."""
        widths = sorted(_width(strip) for _, strip in self._strips())
        usual = widths[len(widths) // 2] if widths else LONG * self._sheet.height
        return usual > ONE_CHARACTER * self._sheet.height and self.legibility >= UPRIGHT

    def _strips(self) -> list[tuple[_Field, Strip]]:
        return [(f, s) for f in self._fields() for line in f.lines for s in line if not s.flat]

    @cached_property
    def legibility(self) -> float:
        """How probable the characters of its longest lines are if looked at this way.

        Lines on a page laid on its side seem to be one character long, and single characters
        may well be read then: short lines speak against a way of looking.
        """
        longest = sorted(self._strips(), key=lambda pair: _width(pair[1]), reverse=True)[:SAMPLE]
        if not longest:
            return 1.0
        readings = self._read(longest, MARGIN)
        odds = [odd for reading in readings for odd in reading.odds or (0.0,)]
        mean_width = sum(_width(strip) for _, strip in longest) / len(longest)
        return sum(odds) / len(odds) * min(1.0, mean_width / (LONG * self._sheet.height))

    def _read(self, strips: Sequence[tuple[_Field, Strip]], margin: float) -> list[Reading]:
        height = self._sheet.height
        return recogniser().read([cut(self._grey, s, f.area, height, margin) for f, s in strips])

    def page(self) -> tuple[PageBlocks, list[Problem]]:
        """Text lines and tables from top to bottom, and what could not be made out."""
        self._recognise()
        found: list[tuple[float, TextLine | Piece]] = []
        for number, table in enumerate(self._tables):
            piece = self._piece(number, table)
            if holds_table(piece):
                found.append((table.ys[0], piece))
            else:
                found += [(line.y0 / self._points, line) for line in self._lines_of(number, table)]
        found += [(line.y0 / self._points, line) for line in self._lines(self._free)]
        items = tuple(item for _, item in sorted(found, key=lambda pair: pair[0]))
        blocks = PageBlocks(self._scale.prefix, self._ink.shape[0] * self._points, items)
        return blocks, self._problems()

    def _recognise(self) -> None:
        strips = [(f, s) for f in self._fields() for line in f.lines for s in line]
        firsts = self._read(strips, MARGIN)
        again = [number for number, first in enumerate(firsts) if needs_second(first)]
        seconds = dict(
            zip(again, self._read([strips[n] for n in again], SECOND_MARGIN), strict=True)
        )
        for number, ((owner, strip), first) in enumerate(zip(strips, firsts, strict=True)):
            owner.texts[strip] = judged(strip, first, seconds.get(number))

    def _piece(self, number: int, table: RuledTable) -> Piece:
        cells = [self._cell(table, span, self._cells[number, span]) for span in table.spans]
        return Piece(cells, len(table.ys) - 1, self._place(table.bounds))

    def _cell(self, table: RuledTable, span: Span, held: _Field) -> PieceCell:
        box = table.box(span)
        x0, x1 = box[0] * self._points, box[2] * self._points
        text, place = held.text(), self._place(box)
        room = self._room(held, box[2] - box[0])
        certainty = held.certainty()
        return PieceCell(text, span.top, span.bottom, x0, x1, place, certainty, room)

    def _room(self, held: _Field, width: float) -> float:
        """What the last line of a cell leaves free, in heights of a character."""
        if not held.lines or not held.lines[-1]:
            return 0.0
        last = held.lines[-1]
        used = max(strip.box[2] for strip in last) - min(strip.box[0] for strip in last)
        return max(width - used, 0.0) / max(self._sheet.height, 1.0)

    def _place(self, box: Box) -> str:
        source = self._sheet.source_box(box)
        return box_place(self._scale.prefix, [edge * self._scale.unit for edge in source])

    def _lines_of(self, number: int, table: RuledTable) -> list[TextLine]:
        """The text of what is ruled like a table but only frames text."""
        return [line for span in table.spans for line in self._lines(self._cells[number, span])]

    def _lines(self, held: _Field) -> list[TextLine]:
        return [self._line(held, line) for line in held.lines if line]

    def _line(self, held: _Field, line: list[Strip]) -> TextLine:
        text = "\t".join(held.texts[strip][0] for strip in line)
        box = (
            min(strip.box[0] for strip in line),
            min(strip.box[1] for strip in line),
            max(strip.box[2] for strip in line),
            max(strip.box[3] for strip in line),
        )
        x0, y0, x1, y1 = (edge * self._points for edge in box)
        size = self._sheet.height * self._points
        return TextLine(text, x0, y0, x1, y1, size, self._place(box))

    def _problems(self) -> list[Problem]:
        cells = list(self._cells.values())
        unsure = sum(1 for cell in cells if UNSURE in cell.text())
        lost = self._free.text().count(UNSURE)
        detail = (
            f"a picture whose text was recognised: {len(cells)} cells, {unsure} of them unsure, "
            f"and {lost} unsure characters beside them"
        )
        found = [problem("recognised", detail, self._scale.prefix)]
        if self._stray >= STRAY_RULES:
            detail = f"{self._stray} ruled lines of a table that could not be put together"
            found.append(problem("unreadable_table", detail, self._scale.prefix))
        return found


def _width(strip: Strip) -> int:
    return strip.box[2] - strip.box[0]
