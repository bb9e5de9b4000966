"""Which body followed which: declared with its source, or following from reforms and divisions.

A line is one function in one place through all its names and reforms (`parsers.who.lineage`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from archive.declarations import data_dir, places
from archive.declarations.files import read_csv
from parsers.declared.places import PlaceDeclarations
from parsers.who import lineage, lines
from parsers.who.lineage import Link
from query.corpus import Corpus

FIELDS = ("before", "after", "year", "event", "source")


@dataclass(frozen=True, slots=True)
class Succession:
    """`after` took the place of `before` in `year`; both are agency ids."""

    before: str
    after: str
    year: int
    event: str
    source: str


@cache
def successions() -> dict[str, Succession]:
    """All that is declared, by the id of the earlier body."""
    path = data_dir() / "agencies" / "lineage.csv"
    return {
        row["before"]: Succession(
            row["before"], row["after"], row.integer("year"), row["event"], row["source"]
        )
        for row in read_csv(path, FIELDS)
    }


@cache
def _declared() -> PlaceDeclarations:
    return places.load(data_dir())


@cache
def lines_of(agency_id: str) -> tuple[str, ...]:
    """The lines a body stands on; a body with several functions stands on several."""
    return lines(agency_id, _declared())


def steps_of(agency_id: str) -> tuple[Link, ...]:
    """The steps before and after a body, but those in which it only gave duties away."""
    links = lineage(agency_id, _declared())
    return tuple(link for link in links if link.event != "moved")


def relatives(corpus: Corpus, agency_ids: Collection[str]) -> frozenset[str]:
    """The bodies of the corpus that stand on a line with one of these, themselves included."""
    wanted = {line for one in agency_ids for line in lines_of(one)}
    areas = {one.partition("/")[0] for one in (*agency_ids, *wanted)}
    areas |= {step.before for step in _declared().successions if step.after in areas}
    found = {one for area in areas for one in _ids_in(corpus, area) if wanted & set(lines_of(one))}
    return frozenset(found | set(agency_ids))


def _ids_in(corpus: Corpus, area: str) -> list[str]:
    sql = "SELECT DISTINCT agency_id FROM reports WHERE agency_id >= ? AND agency_id < ?"
    return [str(row[0]) for row in corpus.rows(sql, (f"{area}/", f"{area}0"))]
