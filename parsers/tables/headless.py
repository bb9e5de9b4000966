"""Labels and figures in lines of text that no table took up: told, never read."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, islice

from parsers.declared.forms import FormDeclarations
from parsers.figures import FigureWords, read_figure
from parsers.records import Document, Paragraph, Problem
from parsers.tables.heads import HeadBook, head_book
from parsers.tables.keys import label_key
from parsers.tables.labels import LabelBook
from parsers.tables.sheets import Box, Line
from parsers.text import is_blank

# Lines of this length may be cells; so many labels with figures are rows of a table.
_LINE = 60
_ROWS = 3
# So many labels without a figure, where no table was read, are one that lost its figures.
_MANY = 10
# A line of heads has no more characters; below it a single row is enough.
_HEADS = 240
# A line of nothing but figures, so near below heads, is their row.
_FIGURES = re.compile(r"[\s\d,.，+/—-]*\d[\s\d,.，+/—-]*")
_BELOW = 3
# Words parted by white space, bars or commas; so many are looked at.
_WORDS = re.compile(r"[^\s|｜│┃,]+")
_BARS = " |｜│┃\t"
_MAX_WORDS = 20_000


def headless(
    document: Document,
    used: Collection[int],
    forms: FormDeclarations,
    books: Mapping[str, LabelBook],
) -> list[Problem]:
    """A problem for labels and figures in the lines of text that are not `used`."""
    printed = [
        block
        for index, block in enumerate(document.blocks)
        if index not in used and isinstance(block, Paragraph) and not is_blank(block.text)
    ]
    short = [Paragraph(line.text.strip(_BARS), line.place) for line in printed]
    lines = [line for line in short if 0 < len(line.text) <= _LINE]
    figures = [_is_figure(line.text, forms.words) for line in lines]
    return (
        _under_one_head(lines, figures, forms)
        or _below_labels(lines, figures, books)
        or _beside_labels(printed, forms, books)
        or _below_heads(printed, forms)
        or _below_each_other(printed, books)
        or ([] if used else _alone(lines, books))
    )


def _is_figure(text: str, words: FigureWords) -> bool:
    return read_figure(text, words).status == "reported"


def _is_label(text: str, books: Mapping[str, LabelBook]) -> bool:
    return any(book.knows(text) for book in books.values())


def _under_one_head(
    lines: Sequence[Paragraph], figures: Sequence[bool], forms: FormDeclarations
) -> list[Problem]:
    """A problem for lines of figures below what is left of a table's heads."""
    heads = head_book(forms)
    for at, line in enumerate(lines):
        below = figures[at + 1 : at + 1 + _ROWS]
        if len(below) == _ROWS and all(below) and not figures[at] and heads.find(line.text):
            detail = f"figures below {line.text.strip()}, but no table's heads above"
            return [Problem("table", "no_heads", detail, line.place)]
    return []


def _below_labels(
    lines: Sequence[Paragraph], figures: Sequence[bool], books: Mapping[str, LabelBook]
) -> list[Problem]:
    """A problem for labels of rows with figures below them; right below it one is enough."""
    found = {
        at: label
        for at, label in enumerate(lines)
        if any(figures[at + 1 : at + 3]) and _is_label(label.text, books)
    }
    if len(found) < _ROWS:
        found = {at: label for at, label in found.items() if figures[at + 1] and not figures[at]}
    if not found:
        return []
    detail = f"{len(found)} labels with figures below them, but no column heads above"
    return [Problem("table", "no_heads", detail, next(iter(found.values())).place)]


def _below_each_other(lines: Sequence[Paragraph], books: Mapping[str, LabelBook]) -> list[Problem]:
    """A problem for numbered labels of a form right below each other that head no sentence."""
    for table, book in books.items():
        run: list[Paragraph] = []
        for line in chain(lines, (Paragraph("", ""),)):
            if len(line.text) <= _LINE and book.knows(line.text):
                run.append(line)
                continue
            numbered = sum(bool(label_key(label.text).number) for label in run)
            if len(run) >= _ROWS and numbered >= _ROWS - 1 and "。" not in line.text:
                detail = f"{table}: {len(run)} labels of rows without a figure"
                return [Problem("table", "no_figures", detail, run[0].place)]
            run = []
    return []


def _alone(lines: Sequence[Paragraph], books: Mapping[str, LabelBook]) -> list[Problem]:
    """A problem for a form's labels without any figures."""
    for table, book in books.items():
        found = {line.text: line.place for line in lines if book.knows(line.text)}
        if len(found) >= _MANY:
            detail = f"{table}: {len(found)} labels of rows without a figure"
            return [Problem("table", "no_figures", detail, next(iter(found.values())))]
    return []


def _beside_labels(
    lines: Sequence[Paragraph], forms: FormDeclarations, books: Mapping[str, LabelBook]
) -> list[Problem]:
    """A problem for labels of rows with figures behind them in the same line."""
    words = forms.words
    pieces = list(islice(chain.from_iterable(map(_pieces, lines)), _MAX_WORDS))
    found = [
        line
        for at, (text, line) in enumerate(pieces)
        if any(_is_figure(after, words) and same is line for after, same in pieces[at + 1 : at + 3])
        and _is_label(text, books)
    ]
    if len(found) < _ROWS and not (found and _has_heads(lines, head_book(forms))):
        return []
    detail = f"{len(found)} labels with figures behind them in lines of text, without cells"
    return [Problem("table", "unclear_columns", detail, found[0].place)]


def _below_heads(lines: Sequence[Paragraph], forms: FormDeclarations) -> list[Problem]:
    """A problem for lines of nothing but figures below one that is the heads of a table."""
    heads = head_book(forms)
    for at, line in enumerate(lines):
        if _FIGURES.fullmatch(line.text[:_HEADS]) and len(line.text.split()) > 1:
            above = lines[max(0, at - _BELOW) : at]
            if _has_heads(above, heads):
                detail = f"figures below heads in lines of text, without cells: {line.text[:20]}"
                return [Problem("table", "unclear_columns", detail, line.place)]
    return []


def _has_heads(lines: Sequence[Paragraph], heads: HeadBook) -> bool:
    """Whether a line of text is the heads of a table."""
    short = (line.text for line in lines if len(line.text) <= _HEADS)
    rows = (_WORDS.findall(text) for text in short)
    return any(heads.header(_as_line(words)) for words in rows if len(words) > 1)


def _as_line(words: Sequence[str]) -> Line:
    return Line(tuple(Box(word, col, 1, "") for col, word in enumerate(words)), "tabs")


def _pieces(line: Paragraph) -> Iterator[tuple[str, Paragraph]]:
    """The words of a line, if there are several and any holds a digit."""
    found = _WORDS.findall(line.text)
    if len(found) > 1 and any(map(str.isdigit, line.text)):
        yield from ((word, line) for word in found)
