"""Which body followed which: declared with its source, following from reforms, or from reports.

A line is one function in one place through all its names and reforms (`parsers.who.lineage`). A
body with several functions stands on several lines; each report counts on one, its *main* line.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from archive.declarations import data_dir, places
from parsers.declared.places import LineageEvent, PlaceDeclarations
from parsers.who import ended, lineage, lines
from parsers.who.lineage import GIVEN_AWAY, Link
from query.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Standing:
    """A body of the corpus on one line, with the first and last year it reported on."""

    agency_id: str
    agency: str
    first_year: int
    last_year: int
    reports: int


@cache
def declared_places() -> PlaceDeclarations:
    """Regions, functions and reforms as declared."""
    return places.load(data_dir())


@cache
def successions() -> dict[str, LineageEvent]:
    """All that is declared of single bodies, by the id of the earlier one."""
    return {event.before: event for event in declared_places().lineage}


@cache
def lines_of(agency_id: str) -> tuple[str, ...]:
    """The lines a body stands on; a body with several functions stands on several."""
    return lines(agency_id, declared_places())


def steps_of(agency_id: str) -> tuple[Link, ...]:
    """The steps before and after a body, but those in which it only gave duties away."""
    links = lineage(agency_id, declared_places())
    return tuple(link for link in links if link.event not in GIVEN_AWAY)


def ended_by(agency_id: str, year: int) -> str:
    """The reform by which all functions of a body may have gone to others; empty if none."""
    return ended(agency_id, year, declared_places())


def relatives(corpus: Corpus, agency_ids: Collection[str]) -> frozenset[str]:
    """The bodies of the corpus that stand on a line with one of these, themselves included."""
    wanted = {line for one in agency_ids for line in lines_of(one)}
    areas = {one.partition("/")[0] for one in (*agency_ids, *wanted)}
    areas |= {step.before for step in declared_places().successions if step.after in areas}
    found = {one for area in areas for one in _ids_in(corpus, area) if wanted & set(lines_of(one))}
    return frozenset(found | set(agency_ids))


def standings(corpus: Corpus, agency_ids: Collection[str]) -> list[Standing]:
    """The bodies that share a line with one of these and have reports, the earliest first."""
    wanted = sorted(relatives(corpus, agency_ids))
    sql = (
        "SELECT agency_id, max(agency), min(year), max(year), count(*) FROM reports"
        f" WHERE preferred = 1 AND agency_id IN ({', '.join('?' * len(wanted))})"
        " AND year IS NOT NULL GROUP BY agency_id ORDER BY 3, 4, 1"
    )
    return [Standing(*row) for row in corpus.rows(sql, wanted)]  # type: ignore[arg-type]


def main_lines(corpus: Corpus) -> dict[str, str]:
    """Each body of the corpus -> the one line it counts on: of several, that of most other bodies.

    A body that no line is known of is a line by itself.
    """
    found = corpus.rows("SELECT DISTINCT agency_id FROM reports WHERE agency_id <> ''")
    ids = [str(row[0]) for row in found]
    standing = Counter(line for one in ids for line in lines_of(one))
    return {
        one: min(lines_of(one), key=lambda line: (-standing[line], line), default=one)
        for one in ids
    }


def _ids_in(corpus: Corpus, area: str) -> list[str]:
    sql = "SELECT DISTINCT agency_id FROM reports WHERE agency_id >= ? AND agency_id < ?"
    return [str(row[0]) for row in corpus.rows(sql, (f"{area}/", f"{area}0"))]
