"""Reads the tables of a report: every printed row an observation, ignored, or a problem."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.declared import Declarations
from parsers.declared.forms import FormDeclarations
from parsers.records import Document, Observation, Paragraph, Problem, Tables
from parsers.tables.breaks import with_whole_heads
from parsers.tables.collecting import Collector
from parsers.tables.headless import headless
from parsers.tables.heads import HeadBook, head_book
from parsers.tables.labelled import labelled_runs
from parsers.tables.labels import LabelBook
from parsers.tables.plain import text_sheets
from parsers.tables.segments import Segmenter
from parsers.tables.sheets import MAX_SLOTS, Sheet, from_grid, too_large
from parsers.tables.titles import NamedYear

__all__ = ["TableReading", "read_tables"]

# So much text (a page number, a running head) may stand between the two parts of one table.
_BETWEEN_PAGES = 20
# More problems of one kind say no more than their number.
MAX_ALIKE = 50
# Problems that leave no row unread.
_ALL_READ = frozenset({"repeated_table", "negative_figure"})


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the tables of a document gave.

    `forms` are the forms met, in order of appearance. `tables` is `read`, `partial` (some rows
    could not be read) or `none`. `used` are the indexes of the document's blocks that were read
    as tables: grids, and paragraphs that hold cells. `years` are those that the tables taken name,
    `in_text` the used blocks that are lines of the text as well.
    """

    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]
    forms: tuple[str, ...]
    tables: Tables
    used: frozenset[int]
    years: tuple[NamedYear, ...] = ()
    in_text: frozenset[int] = frozenset()


def read_tables(
    document: Document, declared: Declarations, year: int | None = None, body: str = ""
) -> TableReading:
    """Reads all tables of the declared forms, whichever way they are printed.

    Of a table that stands there for several years, that of `year` is taken; none is whose title
    names another body than `body`.

    Tables are told by their printed heads, rows by their printed labels. What stands in the
    tables of a form but is not declared becomes a problem; other tables are passed over.
    """
    forms = declared.forms
    books = _books(forms)
    segmenter = Segmenter(forms, books, year, body)
    used, labelled = set[int](), set[int]()
    for sheet, follows in _sheets(document, forms, segmenter.problems):
        if segmenter.read(sheet, follows=follows):
            used.update(sheet.blocks)
    for run, above, blocks in labelled_runs(document, used, forms, books):
        segmenter.take(run, above)
        labelled.update(blocks)
    used |= labelled
    segmenter.report_heads_alone()
    segmenter.problems += headless(document, used, forms, books)
    collector = Collector(forms, books, segmenter.problems)
    for run in segmenter.runs:
        collector.add(run)
    observations, found = collector.observations(year)
    return TableReading(
        observations=observations,
        problems=tuple(_capped(collector.problems)),
        forms=found,
        tables=_state(observations, collector.problems),
        used=frozenset(used),
        in_text=frozenset(labelled),
        years=collector.years,
    )


@lru_cache(4)
def _books(forms: FormDeclarations) -> dict[str, LabelBook]:
    return {table: LabelBook(forms, table) for table in forms.tables}


def _sheets(
    document: Document, forms: FormDeclarations, problems: list[Problem]
) -> Iterator[tuple[Sheet, bool]]:
    """The sheets in order, each with whether it may be the next page of the one before."""
    heads = head_book(forms)
    paragraphs: list[tuple[int, Paragraph]] = []
    follows = False
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            paragraphs.append((index, block))
            continue
        follows &= sum(len(item.text) for _, item in paragraphs) <= _BETWEEN_PAGES
        yield from _in_text(paragraphs, heads, forms, problems)
        above = paragraphs[-1][1] if paragraphs else None
        paragraphs.clear()
        if too_large(block):
            problems.append(_too_large(len(block.rows), block.width, block.place))
            continue
        yield with_whole_heads(from_grid(block, index, above), heads), follows
        follows = True
    yield from _in_text(paragraphs, heads, forms, problems)


def _in_text(
    paragraphs: Sequence[tuple[int, Paragraph]],
    heads: HeadBook,
    forms: FormDeclarations,
    problems: list[Problem],
) -> Iterator[tuple[Sheet, bool]]:
    """The tables in lines of text."""
    for sheet in text_sheets(paragraphs, heads, forms.words):
        width = max(len(line.boxes) for line in sheet.lines)
        if len(sheet.lines) * width > MAX_SLOTS:
            problems.append(_too_large(len(sheet.lines), width, sheet.place))
        else:
            yield sheet, False


def _too_large(rows: int, columns: int, place: str) -> Problem:
    detail = f"a table of {rows} rows and {columns} columns is no table of a report"
    return Problem("table", "table_too_large", detail, place)


def _capped(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems, of each kind the first `MAX_ALIKE` and one that counts the rest."""
    met: Counter[str] = Counter()
    for problem in problems:
        met[problem.kind] += 1
        if met[problem.kind] <= MAX_ALIKE:
            yield problem
    for kind, count in met.items():
        if count > MAX_ALIKE:
            yield Problem("table", kind, f"and {count - MAX_ALIKE} more of this kind")


def _state(observations: tuple[Observation, ...], problems: list[Problem]) -> Tables:
    if not observations:
        return "none"
    unread = any(problem.kind not in _ALL_READ for problem in problems)
    return "partial" if unread else "read"
