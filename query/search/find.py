"""Search over report texts, newest first or by relevance."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from archive.errors import SurroundingsError
from archive.fulltext import normalise
from query.columns import Column, column
from query.corpus import Corpus, Value
from query.filters import Filters, Where, where
from query.limits import time_limit
from query.search.highlight import MARKS, snippet
from query.search.syntax import Query, expression, matches, parse

SECONDS_ALLOWED = 10.0
INDEX = "fulltext JOIN fulltext_reports f ON f.docid = fulltext.rowid"
COLUMNS = (
    *(column(name) for name in ("year", "agency", "region", "title")),
    Column("snippet", "text", "Where it says so, the words sought marked 【】"),
    Column("section", "text", "Title of the section, where one was asked for"),
    *(column(name) for name in ("report_id", "source_url", "captured_at", "snapshot")),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that answers. `section` is the title of the section searched, else empty."""

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
    require_index(corpus)
    with time_limit(corpus, SECONDS_ALLOWED):
        found = _hits(corpus, query, filters, section, relevance, marks)
        return list(islice(found, offset, offset + limit))


def count(corpus: Corpus, text: str, filters: Filters) -> int:
    """How many reports answer, sections aside."""
    require_index(corpus)
    chosen = _conditions(parse(text), filters)
    sql = f"SELECT count(*) FROM {INDEX} WHERE {chosen.sql}"
    with time_limit(corpus, SECONDS_ALLOWED):
        return int(next(corpus.rows(sql, chosen.parameters))[0] or 0)


def require_index(corpus: Corpus) -> None:
    """Raises SurroundingsError where the full-text index was never filled."""
    if not corpus.has_table("fulltext_reports"):
        raise SurroundingsError("this archive has no full-text index: run gongkai rebuild")


def _hits(
    corpus: Corpus,
    query: Query,
    filters: Filters,
    section: str,
    relevance: bool,
    marks: tuple[str, str],
) -> Iterator[Hit]:
    chosen = _conditions(query, filters)
    order = "bm25(fulltext)" if relevance else "fulltext.rowid DESC"
    sql = (
        "SELECT r.report_id, r.snapshot, r.year, r.agency, r.region, r.title, r.source_url,"
        f" r.captured_at, r.text FROM {INDEX} JOIN reports r ON r.report_id = f.report_id"
        f" AND r.snapshot = f.snapshot WHERE {chosen.sql} ORDER BY {order}"
    )
    for *facts, text in corpus.rows(sql, chosen.parameters):
        where_said = _place(corpus, query, section, facts, str(text))
        if where_said is not None:
            title, said = where_said
            report_id, snapshot, year, agency, region, heading, url, captured = facts
            yield Hit(
                str(report_id), str(snapshot), None if year is None else int(year), str(agency),
                str(region), str(heading), snippet(said, query, marks), title, str(url),
                str(captured),
            )  # fmt: skip


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


def _conditions(query: Query, filters: Filters) -> Where:
    """The index does the search; what chooses reports stands beside it."""
    chosen = where(filters, "f")
    chosen.add("fulltext MATCH ?", expression(query))
    return chosen
