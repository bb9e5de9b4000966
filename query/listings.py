"""When the columns that reports stand in were last read, and what reports they named.

A column is where listings of one portal stand in one folder under one name. It is a body's own
column where it listed a report of that body, or where a person declared it to be the body's.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from archive.clock import CHINA, from_iso
from archive.urls import url_key
from parsers.titles import judge
from query.corpus import Corpus

Key: TypeAlias = tuple[str, str, str]  # portal, folder, name of the column

_LISTINGS = (
    "SELECT url, date, kind, status, context, notes FROM captures WHERE role = 'listing'"
    " AND kind IN ('response', 'revisit') AND status IN (200, 304) ORDER BY date, record_id"
)
_ADDRESSES = "SELECT agency_id, source_url, page_url FROM reports WHERE agency_id <> ''"


@dataclass(slots=True)
class Column:
    """A column. `read_on` is the day (China's) of the last look that showed rows, ISO.

    `named` are the addresses of the rows taken for reports, by the year their titles tell.
    """

    read_on: str = ""
    pages: set[str] = field(default_factory=set)
    named: dict[int, set[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Columns:
    """All columns with rows taken for reports, and whose they are.

    `addresses` are those of the reports kept, by agency id, as recorded.
    """

    by_key: dict[Key, Column] = field(default_factory=dict)
    by_row: dict[str, set[Key]] = field(default_factory=dict)
    by_declared: dict[str, set[Key]] = field(default_factory=dict)
    addresses: dict[str, set[str]] = field(default_factory=dict)
    _places: dict[str, set[str]] = field(default_factory=dict)

    def of(self, agency_ids: Iterable[str], agencies: Iterable[str]) -> list[Column]:
        """The columns of bodies, by id or by declared name."""
        rows = (url_key(row) for one in agency_ids for row in self.addresses.get(one, ()))
        keys = {key for row in rows for key in self.by_row.get(row, ())}
        keys |= {key for name in agencies for key in self.by_declared.get(name, ())}
        return [self.by_key[key] for key in sorted(keys)]

    def lacks(self, named: Iterable[str]) -> bool:
        """Whether one of the addresses named, in the form compared, is that of no report kept."""
        return any(one not in self._kept_at(_place(one)) for one in named)

    def _kept_at(self, place: str) -> frozenset[str]:
        """The addresses of reports kept at one place; few places are ever asked for."""
        if not self._places:
            for one in {one for every in self.addresses.values() for one in every}:
                self._places.setdefault(_place(_key_of_root(_root(one))), set()).add(one)
        return frozenset(map(url_key, self._places.get(place, ())))


def read_columns(corpus: Corpus) -> Columns:
    """Asks the corpus for all listings."""
    made = Columns()
    for agency_id, *addresses in corpus.rows(_ADDRESSES):
        made.addresses.setdefault(str(agency_id), set()).update(map(str, addresses))
    for capture in corpus.records(_LISTINGS):
        _add(made, capture)
    return made


def china_day(moment: str) -> str:
    """The day in China of an ISO 8601 time; empty for none."""
    # China's offsets are whole hours, so minutes do not tell the day.
    return _day_of_hour(f"{moment[:13]}:00Z") if moment.endswith("Z") else _day(moment)


@lru_cache(maxsize=10_000)
def _day_of_hour(moment: str) -> str:
    return _day(moment)


def _day(moment: str) -> str:
    return from_iso(moment).astimezone(CHINA).date().isoformat() if moment else ""


def _root(url: str) -> str:
    """Scheme and host of an address, all of it where it has none."""
    return "/".join(url.split("/", 3)[:3])


_key_of_root = lru_cache(maxsize=10_000)(url_key)


def _place(key: str) -> str:
    """The host in a key of addresses; empty for what is not of the web."""
    host, closing, _ = key.partition(")")
    return host if closing and "://" not in host else ""


def _add(made: Columns, capture: Mapping[str, Any]) -> None:
    context, notes = json.loads(capture["context"]), json.loads(capture["notes"])
    page = url_key(capture["url"])
    folder = page.partition("?")[0].rpartition("/")[0]
    key = (str(context.get("portal", "")), folder, str(context.get("column", "")))
    taken = [row for row in notes.get("rows", ()) if row.get("taken")]
    column = made.by_key.get(key)
    # What is unchanged has the rows that it had before.
    unchanged = capture["kind"] == "revisit" or capture["status"] == 304
    if not taken and not (column and unchanged and page in column.pages):
        return
    column = made.by_key.setdefault(key, Column())
    column.read_on = china_day(capture["date"])
    column.pages.add(page)
    if context.get("agency"):
        made.by_declared.setdefault(str(context["agency"]), set()).add(key)
    for year, address in _named(taken):
        made.by_row.setdefault(address, set()).add(key)
        if year is not None:
            column.named.setdefault(year, set()).add(address)


def _named(taken: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int | None, str]]:
    for row in taken:
        judged = judge(row.get("title", ""), url=row["url"], date=row.get("date", ""))
        yield judged.year, url_key(row["url"])
