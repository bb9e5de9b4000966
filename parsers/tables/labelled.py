"""Tables printed as lines of text that give each label with its figure: 收到申请数：18件."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from parsers.declared.forms import FormDeclarations
from parsers.figures import FigureWords, read_figure
from parsers.records import Block, Document, Paragraph
from parsers.tables.columns import Column
from parsers.tables.labels import LabelBook
from parsers.tables.plain import place_within
from parsers.tables.runs import Run
from parsers.tables.sheets import Box, Line
from parsers.tables.titles import title_years
from parsers.text import is_blank

# Lines with so many labels of one form are its sheet, and so are others of which most have one;
# fewer may be sentences.
LEAST_LABELS = 3
# A longer paragraph is prose, a longer line without a figure no head of a section.
MAX_PARAGRAPH = 600
MAX_HEAD = 60
# So many heads and titles may stand between two lines with figures.
MAX_BETWEEN = 3
_LABEL, _VALUE, _UNIT = range(3)
_BRACKETS = re.compile(r"[（(〔【\[][^（）()〔〕【】\[\]]*[)）〕】\]]")
# Underscores, dots and dashes that lead from the label to the figure, or leave room for one.
_LEADERS = re.compile(r"[_＿]+|[.．·•…‧]{2,}|[-－—–]{2,}(?=\s*\d)")
_PIECES = re.compile(r"[^；;。，,]+(?:[，,](?=\d{3}(?!\d))[^；;。，,]*)*")
_MARKS = re.compile(r"[:：∶︰、]")
_COLON = re.compile(r"[:：∶︰]")
# A figure; digits before a full stop or bracket number a row.
_FIGURE = re.compile(
    r"(?<![\d.])[约近超+-]?\d(?:[\d,，]*\d)?(?:\.\d+)?(?![\d.．、)）])\s*(?P<unit>[^\W\d_]{0,4})"
)
_SENTENCE = re.compile(r"[。！？!?，；;]")
_HAN = re.compile(r"[\u3400-\u9fff]")

Knows = Callable[[str], bool]
Span = tuple[int, int]
# Label, figure and unit.
Spans = tuple[Span, Span, Span]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A paragraph as rows: none where it is a head or a title between the rows.

    `blocks` are its own index and that of a figure in a line below it.
    """

    blocks: tuple[int, ...]
    paragraph: Paragraph
    rows: tuple[Line, ...]


def labelled_runs(
    document: Document,
    used: Collection[int],
    forms: FormDeclarations,
    books: Mapping[str, LabelBook],
) -> Iterator[tuple[Run, Paragraph | None, tuple[int, ...]]]:
    """Runs of rows in lines of text that are not `used`, the line above and the rows' blocks.

    Their one column is that of the year's figures; a column of units stands beside it.
    """
    tables = tuple(dict.fromkeys(head.table for head in forms.heads if head.role == "period"))

    def knows(text: str) -> bool:
        return any(books[table].knows(text) for table in tables)

    stretches = list(_stretches(document.blocks, used, forms.words, knows))
    labels = [
        {row.boxes[_LABEL].text for line in lines for row in line.rows} for lines in stretches
    ]
    book = max((books[table] for table in tables), key=lambda book: _known(book, *labels))
    for lines, own in zip(stretches, labels, strict=True):
        known = _known(book, own)
        of_sheet = 2 * known > len(own) and _known(book, *labels) >= LEAST_LABELS
        if known >= LEAST_LABELS or of_sheet:
            above = _above(document.blocks, lines[0].blocks[0])
            rows = (line.blocks for line in lines if line.rows)
            yield _run(lines, tables), above, tuple(chain.from_iterable(rows))


def _known(book: LabelBook, *labels: Collection[str]) -> int:
    """How many different labels a form declares."""
    return sum(map(book.knows, set().union(*labels)))


def _run(lines: Sequence[_Printed], tables: tuple[str, ...]) -> Run:
    rows = list(chain.from_iterable(line.rows or (_head(line.paragraph),) for line in lines))
    place = lines[0].paragraph.place
    columns = (
        Column("period", "year", Box("", _VALUE, 1, place)),
        Column("unit", "unit", Box("", _UNIT, 1, place)),
    )
    return Run(tables, (), False, place, rows, columns, header_sizes=(len(columns) + 1,))


def _above(blocks: Sequence[Block], start: int) -> Paragraph | None:
    block = blocks[start - 1] if start else None
    return block if isinstance(block, Paragraph) else None


def _stretches(
    blocks: Sequence[Block], used: Collection[int], words: FigureWords, knows: Knows
) -> Iterator[list[_Printed]]:
    """Neighbouring lines of rows, with the heads between them; a year opens another stretch."""
    stretch: list[_Printed] = []
    between: list[_Printed] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and is_blank(block.text):
            continue
        line = None
        if isinstance(block, Paragraph) and index not in used:
            line = _Printed((index,), block, tuple(_rows(block, words, knows)))
        if line is not None and _is_year(line, knows):
            line = None
        if line is not None and stretch and not between and _is_figure_below(line, stretch, words):
            stretch[-1] = _with_figure(stretch[-1], line)
        elif line is not None and line.rows:
            stretch += [*(between if stretch else ()), line]
            between = []
        elif line is not None and _may_be_head(line.paragraph) and len(between) < MAX_BETWEEN:
            between.append(line)
        else:
            if stretch:
                yield stretch
            stretch, between = [], []
    if stretch:
        yield stretch


def _is_year(line: _Printed, knows: Knows) -> bool:
    """Whether a line names the year of the rows below it: 2015年："""
    labels = [row.boxes[_LABEL].text for row in line.rows if row.boxes[_VALUE].blank]
    is_bare = len(labels) == len(line.rows) and not any(map(knows, labels))
    return is_bare and bool(title_years(line.paragraph))


def _is_figure_below(line: _Printed, above: Sequence[_Printed], words: FigureWords) -> bool:
    """Whether a line is the figure that the row above it leaves open."""
    last = above[-1].rows[-1:]
    is_open = any(row.boxes[_VALUE].blank and row.boxes[_UNIT].blank for row in last)
    return is_open and read_figure(line.paragraph.text, words).status == "reported"


def _with_figure(row: _Printed, below: _Printed) -> _Printed:
    label, _, unit = row.rows[-1].boxes
    text = below.paragraph.text
    figure = Box(text, _VALUE, 1, place_within(below.paragraph, 0, len(text)))
    rows = (*row.rows[:-1], Line((label, figure, unit), "labelled"))
    return _Printed((*row.blocks, *below.blocks), row.paragraph, rows)


def _may_be_head(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return len(text) <= MAX_HEAD and "\t" not in text and not _SENTENCE.search(text)


def _head(paragraph: Paragraph) -> Line:
    return Line((Box(paragraph.text, _LABEL, 1, paragraph.place),), "labelled", loose=True)


def _rows(paragraph: Paragraph, words: FigureWords, knows: Knows) -> Sequence[Line]:
    """The rows of a line; none if it holds anything beside labels and their figures."""
    text = paragraph.text
    if len(text) > MAX_PARAGRAPH or "\t" in text.strip():
        return ()
    masked = _BRACKETS.sub(_blotted, text)
    found: list[Line] = []
    for piece in _PIECES.finditer(masked):
        rows = [*_pairs(text, masked, piece.span(), words, knows)]
        if not rows and piece[0].strip():
            return [_line(paragraph, spans) for spans in _damaged(text, masked, knows)]
        found += [_line(paragraph, spans) for spans in rows]
    return found


def _blotted(found: re.Match[str]) -> str:
    """Brackets as so many characters that are no marks and no digits."""
    return "口" * len(found[0])


def _line(paragraph: Paragraph, spans: Spans) -> Line:
    boxes = (
        Box(paragraph.text[begin:end], column, 1, place_within(paragraph, begin, end))
        for column, (begin, end) in enumerate(spans)
    )
    return Line(tuple(boxes), "labelled")


def _pairs(
    text: str, masked: str, piece: Span, words: FigureWords, knows: Knows
) -> Iterator[Spans]:
    """Where label, figure and unit of each row in a piece of a line stand; none if more does."""
    colons = [found.start() for found in _COLON.finditer(masked, *piece)]
    if colons and _is_label(text[piece[0] : colons[-1]]):
        value = _value(text, (colons[-1] + 1, piece[1]), words)
        if value is not None:
            yield _trimmed(text, (piece[0], colons[-1])), *value
            return
    yield from _in_turn(text, masked, piece, words, knows)


def _damaged(text: str, masked: str, knows: Knows) -> Iterator[Spans]:
    """A known label and what stands behind its colon in place of a figure: to be told."""
    for colon in _COLON.finditer(masked):
        label, rest = _trimmed(text, (0, colon.start())), _trimmed(text, (colon.end(), len(text)))
        if len(text) - colon.end() <= MAX_HEAD and knows(text[slice(*label)]):
            yield label, rest, (rest[1], rest[1])
            return


def _is_label(text: str) -> bool:
    return _HAN.search(text) is not None and len("".join(text.split())) <= 2 * MAX_HEAD


def _value(text: str, span: Span, words: FigureWords) -> tuple[Span, Span] | None:
    """The figure and its unit within a span; None if anything else is printed there."""
    begin, end = _trimmed(text, span)
    printed = text[begin:end]
    if not printed:
        return (begin, begin), (end, end)
    if words.unit(printed) is not None:
        return (begin, begin), (begin, end)
    if read_figure(printed, words).status != "unreadable":
        return (begin, end), (end, end)
    figure = _FIGURE.fullmatch(_without_leaders(printed))
    if figure is None or words.unit(figure["unit"]) is None:
        return None
    unit = begin + figure.start("unit")
    return _trimmed(text, (begin, unit)), (unit, end)


def _in_turn(
    text: str, masked: str, piece: Span, words: FigureWords, knows: Knows
) -> Iterator[Spans]:
    """Labels and figures with only white space or leaders between them, or nothing at all."""
    found: list[Spans] = []
    plain, begin = _without_leaders(masked), piece[0]
    for figure in _FIGURE.finditer(plain, *piece):
        label, before = _unit_before(text, _trimmed(text, (begin, figure.start())), words)
        after = (figure.start("unit"), _end_of_unit(figure, words))
        printed, parted = text[slice(*label)], label[1] < figure.start()
        if not _is_label(printed) or not (parted or knows(printed)):
            return
        value = _trimmed(text, (figure.start(), after[0]))
        found.append((label, value, after if after[0] < after[1] else before))
        begin = after[1]
    if is_blank(plain[begin : piece[1]]):
        yield from found


def _unit_before(text: str, label: Span, words: FigureWords) -> tuple[Span, Span]:
    """A label and the unit printed behind it, parted by white space: 收到申请数 件 7."""
    begin, end = label
    last = text[begin:end].split()[-1:]
    if last and words.unit(last[0]) is not None:
        unit = end - len(last[0])
        return _trimmed(text, (begin, unit)), (unit, end)
    return label, (end, end)


def _end_of_unit(figure: re.Match[str], words: FigureWords) -> int:
    """Where the unit behind a figure ends, which the next label may follow at once."""
    start = figure.start("unit")
    ends = range(len(figure["unit"]), 0, -1)
    return next((start + n for n in ends if words.unit(figure["unit"][:n])), start)


def _without_leaders(text: str) -> str:
    return _LEADERS.sub(lambda found: " " * len(found[0]), text)


def _trimmed(text: str, span: Span) -> Span:
    """A span without white space, leaders and marks at its ends."""
    begin, end = span
    printed = _MARKS.sub(" ", _without_leaders(text[begin:end]))
    lead = len(printed) - len(printed.lstrip())
    return begin + lead, max(begin + lead, begin + len(printed.rstrip()))
