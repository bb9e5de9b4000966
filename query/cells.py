"""The one place where a report's figure for a variable is chosen: series, compare and panel use it.

A table figure beats a sentence; a sentence counts only where no table figure was reported; a sum
only where every part is reported. Where there is no figure, the status says which kind of none.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from query.concordance import Recipe, Variable, candidate_forms
from query.corpus import Corpus, Value
from query.dictionary import entries
from query.filters import Filters, Where, where
from query.words import status_of

MOST_SOUGHT = 20
NO_TABLE = {"picture": "picture", "uncaptured_attachment": "attachment", "none": "not_stated"}
NO_TABLE |= {"read": "row_absent", "partial": "unreadable"}


class Subject(NamedTuple):
    """Whose figure of which year: a preferred report, with what a table shows of it."""

    report_id: str
    snapshot: str
    agency_id: str
    agency: str
    region_code: str
    region: str
    level: str
    year: int | None
    scope: str
    form: str
    tables: str
    title: str
    source_url: str

    @property
    def key(self) -> tuple[str, str]:
        """Whose series it belongs to."""
        return (self.agency_id or f"?{self.agency}{self.region_code}", self.scope)


class Figure(NamedTuple):
    """A variable's figure in one report. `value` is None unless `status` is `reported`.

    `value` is in the indicator's unit. `method` is `table`, `prose` or `derived` (a sum).
    """

    status: str
    value: int | float | None = None
    unit: str = ""
    method: str = ""
    indicator: str = ""
    relation: str = ""
    observation_id: str = ""
    raw: str = ""
    qualifier: str = "exact"
    note: str = ""


class Found(NamedTuple):
    """An observation, as far as choosing among several needs it."""

    observation_id: str
    indicator: str
    applicant: str
    period: str
    value_std: int | float | None
    unit_std: str
    status: str
    raw: str
    method: str
    qualifier: str


Observed = dict[tuple[str, str, str], list[Found]]

_SUBJECT = ", ".join(f"r.{name}" for name in Subject._fields)
_FOUND = "o.observation_id, o.indicator, o.applicant, o.period, o.value_std, o.unit_std, o.status,"
_FOUND += " o.raw, o.method, o.qualifier, o.implied_zero"


def figures(
    corpus: Corpus,
    variables: Iterable[Variable],
    filters: Filters,
    lines: Mapping[str, str] | None = None,
) -> Iterator[tuple[Subject, dict[str, Figure]]]:
    """For each report chosen, in order of agency, year and scope, the figure of each variable.

    With `lines`, agency id -> line, in order of line, scope, year and agency.
    """
    wanted = tuple(variables)
    observed_as = _observations_of(wanted)
    chosen = where(filters)
    sql = (
        f"SELECT {_SUBJECT}, {_FOUND} FROM reports r LEFT JOIN observations o ON"
        f" o.report_id = r.report_id AND o.snapshot = r.snapshot AND {observed_as.sql}"
        f" WHERE {chosen.sql} ORDER BY {_order(corpus, lines)}, r.report_id, r.snapshot, o.n"
    )
    width = len(Subject._fields)
    rows = corpus.rows(sql, [*observed_as.parameters, *chosen.parameters])
    for facts, group in groupby(rows, key=lambda row: row[:width]):
        subject = Subject._make(facts)
        observed = _observed(row[width:] for row in group)
        yield subject, {one.name: choose(one, subject, observed) for one in wanted}


def _observations_of(variables: Iterable[Variable]) -> Where:
    """The condition on `observations o` that a variable may use them.

    A few are sought by the index of indicators; many are read past with their report.
    """
    terms = {term for one in variables for _, recipe in one.recipes for term in recipe.terms}
    codes, applicants = ({term[at] for term in terms} for at in (0, 1))
    made = Where()
    made.add(f"o.indicator IN ({', '.join('?' * len(codes))})", *sorted(codes))
    if len(codes) * len(applicants) <= MOST_SOUGHT:
        made.add(f"o.applicant IN ({', '.join('?' * len(applicants))})", *sorted(applicants))
        periods = sorted({one.period for one in variables})
        made.add(f"o.period IN ({', '.join('?' * len(periods))})", *periods)
    return made


def _order(corpus: Corpus, lines: Mapping[str, str] | None) -> str:
    if lines is None:
        return "r.agency_id, r.agency, r.year, r.scope"
    corpus.connection.create_function("line_of", 1, lambda one: lines.get(one, one))
    return "line_of(r.agency_id), r.scope, r.year, r.agency_id"


def choose(variable: Variable, subject: Subject, observed: Observed) -> Figure:
    """The figure of a variable in one report: by the first of its forms that reports it."""
    best = Figure("not_in_form")
    for form in candidate_forms(subject.form, subject.year):
        recipe = variable.recipe(form)
        if recipe is None:
            continue
        figure = _by_recipe(recipe, variable.period, form, subject, observed)
        if figure.status == "reported":
            return figure
        best = figure if best.status == "not_in_form" else best
    return best


def _observed(rows: Iterable[tuple[Value, ...]]) -> Observed:
    observed: Observed = {}
    for row in rows:
        if row[0] is None:
            continue
        *facts, implied_zero = row
        found = Found._make(facts)
        if implied_zero:
            found = found._replace(status=status_of(found.status, implied_zero))
        key = (found.indicator, found.applicant, found.period)
        observed.setdefault(key, []).append(found)
    return observed


def _by_recipe(
    recipe: Recipe, period: str, form: str, subject: Subject, observed: Observed
) -> Figure:
    parts = [
        _of_one(observed.get((code, applicant, period), []), code, form, subject)
        for code, applicant in recipe.terms
    ]
    if len(parts) == 1:
        return _as(recipe, parts[0])
    return _as(recipe, _sum(parts)) if parts else Figure("not_in_form")


def _as(recipe: Recipe, figure: Figure) -> Figure:
    return figure._replace(indicator=recipe.code, relation=recipe.relation, note=recipe.note)


def _of_one(found: list[Found], code: str, form: str, subject: Subject) -> Figure:
    """A table figure, else a sentence's, else why there is none."""
    for method in ("table", "prose"):
        reported = [one for one in found if one.method == method and one.status == "reported"]
        if reported:
            return _reported(reported)
    if found:
        first = min(found, key=lambda one: one.method != "table")
        return Figure(first.status, method=first.method, raw=first.raw,
                      observation_id=first.observation_id)  # fmt: skip
    entry = entries().get(code)
    if entry and entry.forms and not _prints(entry.forms, form, subject):
        return Figure("not_in_form")
    return Figure(NO_TABLE.get(subject.tables, "row_absent"))


def _prints(forms: tuple[str, ...], form: str, subject: Subject) -> bool:
    printed = set(subject.form.split("+")) | {form}
    return bool(printed & set(forms))


def _reported(found: list[Found]) -> Figure:
    first = found[0]
    figure = Figure(
        "reported", first.value_std, first.unit_std, first.method, raw=first.raw,
        observation_id=first.observation_id, qualifier=first.qualifier,
    )  # fmt: skip
    if first.value_std is None:
        return figure._replace(status="unit_unknown")
    if any(one.value_std != first.value_std for one in found):
        return figure._replace(status="conflicting", value=None)
    return figure


def _sum(parts: list[Figure]) -> Figure:
    if all(part.status == "reported" for part in parts):
        total = sum(part.value for part in parts if part.value is not None)
        return Figure("reported", total, parts[0].unit, "derived")
    statuses = {part.status for part in parts}
    return Figure(statuses.pop() if len(statuses) == 1 else "part_missing")
