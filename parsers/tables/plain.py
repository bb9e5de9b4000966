"""Tables printed as text: cells parted by tabs or bars, or one cell in each paragraph."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from parsers.figures import FigureWords
from parsers.records import Paragraph
from parsers.tables.heads import Found, HeadBook
from parsers.tables.placing import is_value, may_be_value
from parsers.tables.sheets import MAX_SLOTS, Box, Line, Sheet

# A paragraph of more characters, white space apart, is prose, even between cells.
MAX_CELL = 120
# No header has more heads, and no table more texts in a row without a figure among them.
MAX_HEADS = 60
MAX_TEXTS = 100
# A head is broken over no more lines, none of them longer.
MAX_PIECES = 3
MAX_PIECE = 12
# No document has more cells in its text; what follows would only cost time and memory.
MAX_CELLS = 4 * MAX_SLOTS
_TABS = re.compile(r"\t")
_BARS = re.compile(r"[|｜│┃]")
_ONLY_BARS = re.compile(r"\s*(?:[|｜│┃]\s*)+")
_TEXT_PLACE = re.compile(r"text:(?P<begin>[0-9]+)-[0-9]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph taken as cells. `led` is whether a tab opens it, as copies of tables have."""

    block: int
    boxes: tuple[Box, ...]
    led: bool

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return len(self.boxes) == 1


Knows = Callable[[str], bool]


def text_sheets(
    paragraphs: Sequence[tuple[int, Paragraph]], heads: HeadBook, words: FigureWords
) -> Iterator[Sheet]:
    """The tables in neighbouring paragraphs, each with its index among the document's blocks."""
    printed, left = list[Printed](), MAX_CELLS
    for index, paragraph in paragraphs:
        if _ONLY_BARS.fullmatch(paragraph.text):
            continue
        printed.append(_cells(index, paragraph, left))
        left = max(0, left - len(printed[-1].boxes))
    printed = list(_without_idle_bars(printed))
    start = 0
    while start < len(printed):
        end = _end_of_tabs(printed, start)
        if end > start:
            yield _tabbed(printed[start:end])
        elif found := _heads_at(printed, start, heads):
            end = start + sum(item.pieces for item in found)
            if sheet := _linear(printed, start, heads, words):
                yield sheet
                end = start + len(sheet.blocks)
        start = max(end, start + 1)


def _cells(block: int, paragraph: Paragraph, most: int) -> Printed:
    """The cells of a paragraph, the last of them with all that is left after `most`."""
    parting = _TABS if "\t" in paragraph.text else _BARS
    texts = parting.split(paragraph.text, most) if most else [paragraph.text]
    led = len(texts) == 2 and not texts[0].strip()
    boxes, begin = [], 0
    for col, text in enumerate(texts):
        boxes.append(Box(text, col, 1, place_within(paragraph, begin, begin + len(text))))
        begin += len(text) + 1
    return Printed(block, (replace(boxes[1], col=0),) if led else tuple(boxes), led)


def _without_idle_bars(printed: Sequence[Printed]) -> Iterator[Printed]:
    """The paragraphs; where bars part no two cells in a run of them, each is the cell it holds."""
    for single, run in groupby(printed, key=lambda item: item.single):
        items = list(run)
        cells = [[box for box in item.boxes if not box.blank] for item in items]
        if single or any(len(boxes) > 1 for boxes in cells):
            yield from items
        else:
            for item, boxes in zip(items, cells, strict=True):
                if boxes:
                    yield replace(item, boxes=(replace(boxes[0], col=0),))


def place_within(paragraph: Paragraph, begin: int, end: int) -> str:
    """The locator of a range of a paragraph's characters."""
    if found := _TEXT_PLACE.fullmatch(paragraph.place):
        first = int(found["begin"])
        return f"text:{first + begin}-{first + end}"
    place, mark, path = paragraph.place.partition("#")
    return f"{place}@{begin}-{end}{mark}{path}"


def _end_of_tabs(printed: Sequence[Printed], start: int) -> int:
    """Where lines with tabs end; single short lines between two of them belong to them."""
    end = start
    while end < len(printed):
        between = end > start and end + 1 < len(printed) and not printed[end + 1].single
        if printed[end].single and not (between and _is_short(printed[end])):
            break
        end += 1
    return end


def _is_short(printed: Printed) -> bool:
    return len("".join(printed.boxes[0].text.split())) <= MAX_CELL


def _tabbed(printed: Sequence[Printed]) -> Sheet:
    lines = tuple(Line(item.boxes, "tabs", loose=item.single) for item in printed)
    return Sheet(lines, printed[0].boxes[0].place, tuple(item.block for item in printed))


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """A head and the number of paragraphs over which it is broken."""

    found: Found
    pieces: int


def _heads_at(printed: Sequence[Printed], start: int, heads: HeadBook) -> list[PrintedHead]:
    """The heads that stand one after the other from `start`; empty if they are fewer than two."""
    found: list[PrintedHead] = []
    tables: set[str] = set()
    position = start
    while len(found) < MAX_HEADS and (head := _head_at(printed, position, heads, tables)):
        tables = tables & set(head.found.heads) or set(head.found.heads)
        found.append(head)
        position += head.pieces
    return found if len(found) > 1 else []


def _head_at(
    printed: Sequence[Printed], start: int, heads: HeadBook, tables: set[str]
) -> PrintedHead | None:
    """The head at `start` of one of the `tables` (of any, if none is named), whole or in pieces."""
    text = ""
    for pieces, item in enumerate(printed[start : start + MAX_PIECES], 1):
        box = item.boxes[0]
        fits = _is_short(item) if pieces == 1 else len(box.text) <= MAX_PIECE
        if not item.single or box.blank or not fits:
            return None
        text += box.text if pieces == 1 else f"\n{box.text}"
        match = heads.find(text)
        if tables & set(match) if tables else match:
            first = printed[start].boxes[0]
            return PrintedHead(Found(replace(first, text=text), match), pieces)
        if len(text) > MAX_PIECES * MAX_PIECE:
            return None
    return None


def _linear(
    printed: Sequence[Printed], start: int, heads: HeadBook, words: FigureWords
) -> Sheet | None:
    """A table of one cell in each paragraph, to the last paragraph that holds a value."""
    lines: list[list[Box]] = []
    headers: set[int] = set()
    position, last = start, start
    led = printed[start].led
    while position < len(printed) and position - last <= MAX_TEXTS:
        found = _heads_at(printed, position, heads)
        if found:
            headers.add(len(lines))
            lines.append([replace(item.found.box, col=col) for col, item in enumerate(found)])
            position += sum(item.pieces for item in found)
            continue
        item = printed[position]
        if not item.single or not _is_short(item):
            break
        box = item.boxes[0]
        open_row = lines[-1] if lines and len(lines) - 1 not in headers else []
        values = any(is_value(cell, words) for cell in open_row)
        if box.blank or may_be_value(box, words):
            if not open_row:
                open_row = []
                lines.append(open_row)
            open_row.append(replace(box, col=len(open_row)))
            last = position
        elif led and not item.led:
            if values or not open_row:
                break
            open_row[-1] = replace(open_row[-1], text=f"{open_row[-1].text}\n{box.text}")
        else:
            lines.append([replace(box, col=0)])
        position += 1
    if last == start:
        return None
    return _sheet(printed[start : last + 1], lines, headers)


def _sheet(printed: Sequence[Printed], lines: Sequence[list[Box]], headers: set[int]) -> Sheet:
    made = tuple(
        Line(tuple(boxes), "linear", loose=number not in headers and len(boxes) == 1)
        for number, boxes in enumerate(lines)
    )
    return Sheet(made, printed[0].boxes[0].place, tuple(item.block for item in printed))
