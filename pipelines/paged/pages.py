"""The blocks of each page in order, and what belongs together over page breaks."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipelines.assembly import Draft, Line
from pipelines.paged.aligned import parts_of
from pipelines.paged.bands import lines_in_rows
from pipelines.paged.cells import lacks_lines, piece_of
from pipelines.paged.cuts import continues, join
from pipelines.paged.drawing import PageDrawing
from pipelines.paged.glyphs import Glyph, TextLine, text_lines
from pipelines.paged.laid import OpenTable, with_aligned_tables
from pipelines.paged.ruled import Rule, RuledTable, find_tables
from pipelines.paged.tables import Piece, box_place, holds_table, to_table

RULE_TOLERANCE = 2.5
# A line that ends this near the right edge (in ems) goes on in the next one.
FULL = 2.0
INDENT = 1.0
# The white between two lines of one paragraph, in heights of a character.
FARTHEST = 2.0
# The share of a page's height that its head or its foot stands in.
MARGIN = 0.08
# A page number stands so far from other lines, in heights of a character.
ALONE = 0.8

_PAGE_NUMBER = re.compile(
    r"[-—–－\s·.]*(第?\s*[\d０-９]{1,4}\s*页?)([\s/／,，]*共?\s*[\d０-９]{1,4}\s*页?)?[-—–－\s·.]*"
)
_NEW_PARAGRAPH = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、)）.．]|[（(]?\d{1,2}[)）、.．](?!\d)|附件|第.{1,3}条"
)


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """One page: text lines and table pieces from top to bottom."""

    place: str
    height: float
    items: tuple[TextLine | Piece, ...]


def page_blocks(drawing: PageDrawing) -> PageBlocks:
    """Parts a page into tables and the lines between them."""
    found = _ruled_tables(drawing)
    tables = [table for table, _ in found]
    pieces = {id(table): piece for table, piece in found}
    held = {id(g) for table in tables for g in _within(table, drawing.glyphs) if _holds(table, g)}
    free = [glyph for glyph in drawing.glyphs if id(glyph) not in held]
    edges = _edges_of_rows(drawing, tables)
    lines = text_lines(free)
    if rows := lines_in_rows(free, edges, RULE_TOLERANCE):
        lines = max(lines, rows, key=_in_tables)
    tops = [table.ys[0] for table in tables]
    items: list[TextLine | Piece] = []
    for number, table in enumerate([*tables, None]):
        top = tops[number - 1] if number else float("-inf")
        bottom = tops[number] if table is not None else float("inf")
        items += [line for line in lines if top < line.y0 <= bottom]
        items += [pieces[id(table)]] if table is not None else []
    return PageBlocks(drawing.place, drawing.height, tuple(items))


def _ruled_tables(drawing: PageDrawing) -> list[tuple[RuledTable, Piece]]:
    """The ruled tables with their cells, from top to bottom.

    Of one that lacks lines the fillings may tell the rows; else it is none.
    """
    found = _tables_of(drawing, drawing.rules)
    whole = [(table, piece) for table, piece in found if not lacks_lines(piece)]
    lacking = [table for table, piece in found if lacks_lines(piece)]
    if lacking and drawing.fillings:
        whole += [
            (table, piece)
            for table, piece in _tables_of(drawing, (*drawing.rules, *drawing.fillings))
            if not lacks_lines(piece) and any(_meet(table, one) for one in lacking)
        ]
    return sorted(whole, key=lambda pair: (pair[0].ys[0], pair[0].xs[0]))


def _tables_of(drawing: PageDrawing, rules: Sequence[Rule]) -> list[tuple[RuledTable, Piece]]:
    tables = find_tables(rules, RULE_TOLERANCE)
    read = [(one, piece_of(one, _within(one, drawing.glyphs), drawing.place)) for one in tables]
    return [(table, piece) for table, piece in read if holds_table(piece)]


def _meet(one: RuledTable, other: RuledTable) -> bool:
    return one.ys[0] < other.ys[-1] and other.ys[0] < one.ys[-1]


def _in_tables(lines: Sequence[TextLine]) -> int:
    """How many characters of some lines can be read as tables."""
    parts = parts_of(lines, [])
    return sum(len(line.glyphs) for part in parts for line in lines[part.start : part.end])


def _edges_of_rows(drawing: PageDrawing, tables: Sequence[RuledTable]) -> list[Rule]:
    """The horizontal lines, and edges of fillings, that are of no ruled table."""
    return [
        rule
        for rule in (*drawing.rules, *drawing.fillings)
        if rule.horizontal
        and not any(
            table.ys[0] - RULE_TOLERANCE <= rule.at <= table.ys[-1] + RULE_TOLERANCE
            for table in tables
        )
    ]


def _within(table: RuledTable, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters between the outer edges of a table."""
    left, top, right, bottom = (2 * edge for edge in table.bounds)
    return [
        glyph
        for glyph in glyphs
        if left <= glyph.x0 + glyph.x1 <= right and top <= glyph.y0 + glyph.y1 <= bottom
    ]


def _holds(table: RuledTable, glyph: tuple[str, float, float, float, float]) -> bool:
    _, x0, y0, x1, y1 = glyph
    return table.span_at((x0 + x1) / 2, (y0 + y1) / 2) is not None


def joined_drafts(pages: Iterable[PageBlocks]) -> list[Draft]:
    """Paragraphs and tables of all pages, without page numbers and running heads."""
    known = _with_aligned_tables(_without_running_lines(list(pages)))
    drafts: list[Draft] = []
    text = _Paragraphs(known)
    table: Piece | None = None
    for page in known:
        for position, item in enumerate(page.items):
            if isinstance(item, TextLine):
                drafts += _finished(table)
                table = None
                drafts += text.add(page.place, item)
                continue
            drafts += text.finish()
            if table is not None and position == 0 and continues(table, item):
                table = join(table, item)
            else:
                drafts += _finished(table)
                table = item
    return [*drafts, *_finished(table), *text.finish()]


def _with_aligned_tables(pages: Iterable[PageBlocks]) -> list[PageBlocks]:
    """The pages with tables made of the lines that stand as in tables without rules."""
    found = []
    above: OpenTable | None = None
    for page in pages:
        items: list[TextLine | Piece] = []
        for is_text, group in groupby(page.items, lambda item: isinstance(item, TextLine)):
            if not is_text:
                above = None
                items += group
                continue
            lines = [item for item in group if isinstance(item, TextLine)]
            made, above = with_aligned_tables(lines, page.place, above)
            items += made
        found.append(PageBlocks(page.place, page.height, tuple(items)))
    return found


def _finished(table: Piece | None) -> list[Draft]:
    return [to_table(table)] if table is not None else []


def _without_running_lines(pages: Sequence[PageBlocks]) -> list[PageBlocks]:
    """Drops page numbers, and lines that most pages print at the same height.

    Two pages are enough in the margins, where nothing but heads and feet of pages stands.
    """
    heights = Counter(_signature(item) for page in pages for item in page.items)
    margins = {_signature(item) for page in pages for item in page.items if _is_edge(page, item)}
    often = {
        key
        for key, count in heights.items()
        if count >= max(2 if key in margins else 3, 0.6 * len(pages))
    }
    kept = []
    for page in pages:
        items = [item for item in page.items if _signature(item) not in often]
        items = [
            item
            for number, item in enumerate(items)
            if not (_is_page_number(page, item) and _is_alone(items, number))
        ]
        kept.append(PageBlocks(page.place, page.height, tuple(items)))
    return kept


def _signature(item: TextLine | Piece) -> tuple[str, int]:
    if isinstance(item, TextLine):
        return item.text, round(item.y0 / 4)
    return f"table {id(item)}", 0


def _is_page_number(page: PageBlocks, item: TextLine | Piece) -> bool:
    if not isinstance(item, TextLine) or not _PAGE_NUMBER.fullmatch(item.text):
        return False
    return item.y0 > 0.85 * page.height or item.y1 < 0.1 * page.height


def _is_edge(page: PageBlocks, item: TextLine | Piece) -> bool:
    """Whether a line of words stands in the margin; two rows of a table may have equal figures."""
    if not isinstance(item, TextLine) or not any(map(str.isalpha, item.text)):
        return False
    return item.y1 < MARGIN * page.height or item.y0 > (1 - MARGIN) * page.height


def _is_alone(items: Sequence[TextLine | Piece], number: int) -> bool:
    """Whether a line is not as near to the next one as the second line of a figure is."""
    line = items[number]
    return all(
        not isinstance(other, TextLine)
        or not isinstance(line, TextLine)
        or max(other.y0 - line.y1, line.y0 - other.y1) > ALONE * line.size
        for other in (*items[max(number - 1, 0) : number], *items[number + 1 : number + 2])
    )


class _Paragraphs:
    """Puts lines together that a full line before them leads on to."""

    def __init__(self, pages: Sequence[PageBlocks]) -> None:
        lines = [item for page in pages for item in page.items if isinstance(item, TextLine)]
        self._right = max((line.x1 for line in lines), default=0.0)
        self._left = min((line.x0 for line in lines), default=0.0)
        self._text = ""
        self._place = ""
        self._last: TextLine | None = None

    def add(self, page: str, line: TextLine) -> list[Draft]:
        """Takes a line; gives the paragraph that ended before it, if any."""
        if self._last is not None and self._goes_on(self._last, line):
            latin = self._text[-1:].isascii() and line.text[:1].isascii()
            blank = " " if latin and self._text[-1:].isalnum() and line.text[:1].isalpha() else ""
            self._text += blank + line.text
            self._last = line
            return []
        ended = self.finish()
        self._text = line.text
        self._place = line.place or box_place(page, (line.x0, line.y0, line.x1, line.y1))
        self._last = line
        return ended

    def finish(self) -> list[Draft]:
        """The paragraph that is open, if any."""
        text, self._text, self._last = self._text, "", None
        return [Line(text, self._place)] if text else []

    def _goes_on(self, last: TextLine, line: TextLine) -> bool:
        if "\t" in last.text or "\t" in line.text or _NEW_PARAGRAPH.match(line.text):
            return False
        full = last.x1 > self._right - FULL * last.size
        flush = line.x0 < self._left + INDENT * line.size
        if line.y0 - last.y1 > FARTHEST * last.size:
            return False
        return full and flush and abs(last.size - line.size) < 0.3 * last.size
