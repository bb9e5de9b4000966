"""Search as SQL functions, for those who ask in SQL: zh_query, zh_match and zh_snippet.

`SELECT r.title FROM fulltext JOIN fulltext_reports f ON f.docid = fulltext.rowid
JOIN reports r USING (report_id, snapshot) WHERE fulltext MATCH zh_query('依申请公开')`
"""

import sqlite3
from functools import lru_cache

from archive.errors import UsageError
from archive.fulltext import has_places, normalise
from query.search.highlight import snippet
from query.search.syntax import Query, expression, matches, parse


@lru_cache(maxsize=64)
def _parsed(text: str) -> Query:
    return parse(text)


def zh_query(text: str) -> str:
    """The index's own expression for a query; one that finds nothing for a wrong query."""
    try:
        return expression(_parsed(text))
    except UsageError:
        return '"-"'


def zh_match(query: str, text: str | None) -> bool:
    """Whether a text answers a query."""
    try:
        return matches(_parsed(query), normalise(text or ""))
    except UsageError:
        return False


def zh_snippet(text: str | None, query: str) -> str:
    """The place in a text that answers a query, marked 【so】."""
    try:
        return snippet(text or "", _parsed(query))
    except UsageError:
        return ""


def zh_pairs(text: str) -> str:
    """As `zh_query`, for an index without places: what it finds is to be held against zh_match."""
    try:
        return expression(_parsed(text), places=False)
    except UsageError:
        return '"-"'


def register(connection: sqlite3.Connection) -> None:
    """Gives a connection the functions."""
    in_full = has_places(connection)
    connection.create_function("zh_query", 1, zh_query if in_full else zh_pairs, deterministic=True)
    connection.create_function("zh_match", 2, zh_match, deterministic=True)
    connection.create_function("zh_snippet", 2, zh_snippet, deterministic=True)
