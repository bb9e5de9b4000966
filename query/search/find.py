"""Search over report texts, newest first or by relevance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from archive.errors import SurroundingsError, UsageError
from archive.fulltext import character, has_places, is_filled, normalise
from query.columns import Column, column
from query.corpus import Corpus, Row, Value
from query.filters import Filters, where
from query.limits import time_limit
from query.search.highlight import MARKS, snippet
from query.search.syntax import (
    Literal,
    Query,
    expression,
    literals,
    matches,
    needs_no_text,
    parse,
)

SECONDS_ALLOWED = 10.0
FURTHEST = 1_000_000_000
# The join is crossed so that the words are always sought first, and once.
INDEX = "{0}(?) CROSS JOIN fulltext_reports f ON f.docid = {0}.rowid"
COLUMNS = (
    *(column(name) for name in ("year", "agency", "region", "title")),
    Column("snippet", "text", "Where it says so, the words sought marked 【】"),
    Column("section", "text", "Title of the section, where one was asked for"),
    *(column(name) for name in ("report_id", "source_url", "captured_at", "snapshot")),
)

# What is not told of more: how many answer, which of them are the most relevant. Both would take
# time with the size of the corpus. Where texts must be read for it, the bounds are narrower.
MOST_COUNTED, MOST_RANKED, MOST_READ = 10_000, 20_000, 1_000
_FACTS = (
    "SELECT r.report_id, r.snapshot, r.year, r.agency, r.region, r.title, r.source_url,"
    " r.captured_at, (SELECT text FROM report_texts t WHERE t.report_id = r.report_id"
    " AND t.snapshot = r.snapshot)"
)

_ONE = f"{_FACTS} FROM reports r WHERE r.report_id = ? AND r.snapshot = ?"


class Total(NamedTuple):
    """How many there are, or that there are `more` than so many."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        """For people."""
        return f"more than {self.number}" if self.more else str(self.number)


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that answers. `section` is the title of the section searched, else empty.

    `density` is how often the words stand in it, against its length.
    """

    report_id: str
    snapshot: str
    year: int | None
    agency: str
    region: str
    title: str
    snippet: str
    section: str
    source_url: str
    captured_at: str
    density: float = 0.0

    def row(self) -> tuple[Value, ...]:
        """The hit under `COLUMNS`."""
        return tuple(getattr(self, column.name) for column in COLUMNS)


def search(
    corpus: Corpus,
    text: str,
    filters: Filters,
    *,
    section: str = "",
    relevance: bool = False,
    limit: int = 20,
    offset: int = 0,
    marks: tuple[str, str] = MARKS,
) -> list[Hit]:
    """The reports that answer a query, newest first unless by `relevance`.

    `section` limits to sections of a kind (`problems`) or with these words in their title.

    Raises:
        UsageError: the query cannot be understood.
        SurroundingsError: the archive has no full-text index, or time ran out.
    """
    query = parse(text)
    if max(limit, offset) > FURTHEST:
        raise UsageError(f"limit and offset go up to {FURTHEST}")
    require_index(corpus)
    with time_limit(corpus, SECONDS_ALLOWED):
        rank = _ranked if relevance else _hits
        found = rank(corpus, query, filters, section, marks)
        return list(islice(found, offset, offset + limit))


def count(corpus: Corpus, text: str, filters: Filters) -> Total:
    """How many reports answer, sections aside; of very many, that there are more than so many."""
    require_index(corpus)
    query = parse(text)
    with time_limit(corpus, SECONDS_ALLOWED):
        if needs_no_text(query, has_places(corpus.connection)):
            most, found = MOST_COUNTED, _indexed(corpus, query, filters)
        else:
            most, found = MOST_READ, _hits(corpus, query, filters, "", MARKS)
        number = sum(1 for _ in islice(found, most + 1))
    return Total(min(number, most), number > most)


def require_index(corpus: Corpus) -> None:
    """Raises SurroundingsError where the full-text index was never filled, or is missing."""
    corpus.require_texts()
    if not is_filled(corpus.connection):
        raise SurroundingsError("this archive has no full-text index: run gongkai rebuild")


def _indexed(corpus: Corpus, query: Query, filters: Filters) -> Iterator[object]:
    """A row for each report that the index finds."""
    table, sought = _asked(corpus, query)
    chosen = where(filters, "f")
    sql = f"SELECT 1 FROM {INDEX.format(table)} WHERE {chosen.sql}"
    yield from corpus.rows(sql, (sought, *chosen.parameters))


def _ranked(
    corpus: Corpus, query: Query, filters: Filters, section: str, marks: tuple[str, str]
) -> Iterator[Hit]:
    """The newest that answer, so many at most, the most relevant first."""
    if not needs_no_text(query, has_places(corpus.connection)):
        newest = islice(_hits(corpus, query, filters, section, marks), MOST_READ)
        yield from sorted(newest, key=lambda hit: -hit.density)
        return
    chosen = where(filters, "f")
    ranked = (
        f"(SELECT f.report_id, f.snapshot, bm25(fulltext) AS score FROM {INDEX.format('fulltext')}"
        f" WHERE {chosen.sql} ORDER BY fulltext.rowid DESC LIMIT {MOST_RANKED}) m"
    )
    keys = corpus.rows(
        f"SELECT m.report_id, m.snapshot FROM {ranked} ORDER BY m.score",
        (expression(query), *chosen.parameters),
    )
    # Each is looked up as it is asked for: put in order with them, all texts would be read first.
    found = (row for key in keys for row in corpus.rows(_ONE, key))
    yield from _read(corpus, query, found, section, marks)


def _hits(
    corpus: Corpus, query: Query, filters: Filters, section: str, marks: tuple[str, str]
) -> Iterator[Hit]:
    table, sought = _asked(corpus, query)
    chosen = where(filters, "f")
    sql = (
        f"{_FACTS} FROM {INDEX.format(table)} JOIN reports r ON r.report_id = f.report_id"
        f" AND r.snapshot = f.snapshot WHERE {chosen.sql} ORDER BY {table}.rowid DESC"
    )
    found = corpus.rows(sql, (sought, *chosen.parameters))
    if table == "fulltext" and not needs_no_text(query, has_places(corpus.connection)):
        found = (row for row in found if matches(query, normalise(f"{row[5]}\n{row[-1]}")))
    yield from _read(corpus, query, found, section, marks)


def _read(
    corpus: Corpus, query: Query, rows: Iterable[Row], section: str, marks: tuple[str, str]
) -> Iterator[Hit]:
    for *facts, text in rows:
        where_said = _place(corpus, query, section, facts, str(text))
        if where_said is not None:
            title, said = where_said
            report_id, snapshot, year, agency, region, heading, url, captured = facts
            yield Hit(
                str(report_id), str(snapshot), None if year is None else int(year), str(agency),
                str(region), str(heading), snippet(said, query, marks), title, str(url),
                str(captured), _density(query, said),
            )  # fmt: skip


def _density(query: Query, text: str) -> float:
    """How often the words stand in a text, against its length."""
    normal = normalise(text)
    return sum(normal.count(word) for word in literals(query)) / (len(normal) + 500)


def _place(
    corpus: Corpus, query: Query, section: str, facts: list[Value], text: str
) -> tuple[str, str] | None:
    """The section's title and text that answer; None where a section is asked for and none does."""
    if not section:
        return "", text
    sql = (
        "SELECT title, text FROM sections WHERE report_id = ? AND snapshot = ?"
        " AND (kind = ? OR instr(title, ?)) ORDER BY n"
    )
    for title, said in corpus.rows(sql, (*facts[:2], section, section)):
        if matches(query, normalise(f"{title}\n{said}")):
            return str(title), str(said)
    return None


def _asked(corpus: Corpus, query: Query) -> tuple[str, str]:
    """The index that answers a query soonest, and what to ask it."""
    match query:
        case Literal(normal) if len(normal) == 1:
            return "fulltext_characters", character(normal)
    return "fulltext", expression(query, has_places(corpus.connection))
