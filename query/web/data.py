"""What each page shows, asked of the corpus; no HTML here."""

from dataclasses import dataclass
from typing import Any

from archive.totals import COUNTED, LISTED, TABLE
from query.compare import variable_words
from query.concordance import concepts, variable_of
from query.corpus import Corpus
from query.dictionary import entries
from query.filters import Filters
from query.lineage import relatives, steps_of
from query.reports import Record
from query.series import Series, series, several_series
from query.words import Words

AGENCIES_A_PAGE = 500
CHARTED = 12


@dataclass(frozen=True, slots=True)
class Charted:
    """A variable with its series."""

    name: str
    words: Words
    series: list[Series]


def front(corpus: Corpus) -> dict[str, Any]:
    """What is in the corpus."""
    found = _totals(corpus)
    totals = {name: found[name] for name in ("figures", "failed_checks", "problems", "captures")}
    return {"counts": found, "totals": totals, "newest": _listed(corpus, "totals_newest")}


def _totals(corpus: Corpus) -> Record:
    """How much there is, as the last linking pass counted it."""
    if corpus.has_table(TABLE):
        return {str(name): n for name, n in corpus.rows(f"SELECT name, n FROM {TABLE}")}
    return {name: next(corpus.rows(sql))[0] for name, sql in COUNTED.items()}


def agencies(corpus: Corpus, region: str) -> list[Record]:
    """The agencies, those of a region where one is named."""
    sql = (
        "SELECT agency_id, max(agency) AS agency, max(region) AS region, region_code,"
        " count(DISTINCT report_id) AS reports, min(year) AS first, max(year) AS last"
        " FROM reports WHERE preferred = 1 AND agency_id <> '' AND (instr(region, ?1) OR"
        " instr(region_code, ?1) = 1) GROUP BY agency_id ORDER BY region_code, agency_id LIMIT ?2"
    )
    return list(corpus.records(sql, (region, AGENCIES_A_PAGE)))


def agency(corpus: Corpus, agency_id: str) -> dict[str, Any] | None:
    """An agency's reports, its lineage, and the series of all concepts that have a figure."""
    bodies = tuple(sorted(relatives(corpus, [agency_id])))
    sql = (
        "SELECT report_id, year, title, form, scope, agency, agency_id, region, region_code FROM"
        f" reports WHERE agency_id IN ({', '.join('?' * len(bodies))}) AND preferred = 1"
        " ORDER BY year DESC, scope"
    )
    reports = list(corpus.records(sql, bodies))
    mine = next((one for one in reports if one["agency_id"] == agency_id), None)
    if mine is None:
        return None
    filters = Filters(bodies=bodies)
    charted = []
    variables = [variable_of(name, furthest="close") for name in concepts()]
    every = several_series(corpus, variables, filters)
    for variable, each in zip(variables, every, strict=True):
        found = [one for one in each if _has_figure(one)]
        if found:
            charted.append(Charted(variable.name, variable_words(variable), found))
    steps = steps_of(agency_id)
    return {"agency": mine, "reports": reports, "charted": charted, "steps": steps}


def indicator(corpus: Corpus, name: str, filters: Filters) -> dict[str, Any] | None:
    """An indicator's meaning and its series, of a few agencies unless some are chosen."""
    if name not in entries() and name not in concepts():
        return None
    variable = variable_of(name, furthest="close")
    found = []
    for one in series(corpus, variable, filters):
        if _has_figure(one):
            found.append(one)
        if len(found) == CHARTED:
            break
    recipes = [(form, recipe) for form, recipe in variable.recipes if form != "*"]
    shown = {"entry": entries().get(name), "name": name, "words": _called(name)}
    return shown | {"series": found, "recipes": recipes}


def _called(name: str) -> Words:
    return variable_words(variable_of(name, follow=False))


def _has_figure(one: Series) -> bool:
    return any(point.figure.value is not None for point in one.points)


def quality(corpus: Corpus) -> dict[str, Any]:
    """Failed checks, tables not read, and the largest jumps of requests between two years."""
    return {name: _listed(corpus, f"totals_{name}") for name in ("failed", "unread", "jumps")}


def _listed(corpus: Corpus, name: str) -> list[Record]:
    """Rows of the whole collection, as the last linking pass chose them."""
    kept = f"SELECT * FROM {name} ORDER BY rowid"
    return list(corpus.records(kept if corpus.has_table(name) else LISTED[name]))
