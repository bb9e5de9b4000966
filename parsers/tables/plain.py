"""Tables printed as text: cells parted by tabs or bars, or one cell in each paragraph."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

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
# No document has more cells in its text; what follows would only cost time and memory.
MAX_CELLS = 4 * MAX_SLOTS
_TABS = re.compile(r"\t")
_BARS = re.compile(r"[|｜│┃]")
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
        printed.append(_cells(index, paragraph, left))
        left = max(0, left - len(printed[-1].boxes))
    start = 0
    while start < len(printed):
        end = _end_of_tabs(printed, start)
        if end > start:
            yield _tabbed(printed[start:end])
        elif found := _heads_at(printed, start, heads):
            end = start + len(found)
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
        boxes.append(Box(text, col, 1, _place(paragraph, begin, begin + len(text))))
        begin += len(text) + 1
    return Printed(block, (replace(boxes[1], col=0),) if led else tuple(boxes), led)


def _place(paragraph: Paragraph, begin: int, end: int) -> str:
    if found := _TEXT_PLACE.fullmatch(paragraph.place):
        first = int(found["begin"])
        return f"text:{first + begin}-{first + end}"
    return f"{paragraph.place}@{begin}-{end}"


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


def _heads_at(printed: Sequence[Printed], start: int, heads: HeadBook) -> tuple[Found, ...]:
    """The heads that stand one after the other from `start`; empty if they are fewer than two."""
    found: list[Found] = []
    tables: set[str] | None = None
    for item in printed[start : start + MAX_HEADS]:
        box = item.boxes[0]
        match = heads.find(box.text) if item.single and _is_short(item) else {}
        tables = set(match) if tables is None else tables & set(match)
        if not tables:
            break
        found.append(Found(box, match))
    return tuple(found) if len(found) > 1 else ()


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
            lines.append([replace(item.box, col=col) for col, item in enumerate(found)])
            position += len(found)
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
