"""Indicators down, agencies and years across."""

from collections.abc import Sequence
from itertools import islice

from query.cells import Figure, Subject, figures
from query.columns import Column
from query.concordance import Variable, concept_names
from query.corpus import Corpus, Row, Value
from query.dictionary import label
from query.filters import Filters
from query.words import Words, sign

MOST_COLUMNS = 60


def compare(
    corpus: Corpus, variables: Sequence[Variable], choices: Sequence[Filters]
) -> tuple[tuple[Column, ...], list[Row]]:
    """A table of the variables for every agency, year and scope that any of the choices meets.

    A cell that holds no figure says why.
    """
    found: dict[tuple[str, str], tuple[Subject, dict[str, Figure]]] = {}
    for filters in choices:
        for subject, by_name in islice(figures(corpus, variables, filters), MOST_COLUMNS):
            found.setdefault((subject.report_id, subject.snapshot), (subject, by_name))
    order = sorted(found.values(), key=lambda one: (one[0].agency_id, one[0].year or 0))
    heads = _unique([_head(subject) for subject, _ in order[:MOST_COLUMNS]])
    columns = (
        Column("indicator", "text", "Indicator or concept"),
        Column("label", "text", "Label"),
        *(Column(head, "number", head) for head in heads),
    )
    rows: list[Row] = [
        (
            one.name,
            variable_label(one),
            *(_cell(by_name[one.name]) for _, by_name in order[:MOST_COLUMNS]),
        )
        for one in variables
    ]
    return columns, rows


def _head(subject: Subject) -> str:
    scope = "" if subject.scope in ("own", "unknown") else f" {subject.scope}"
    return f"{subject.agency or '?'} {subject.year or '?'}{scope}"


def _unique(heads: list[str]) -> list[str]:
    return [
        head if heads.index(head) == at else f"{head} ({heads[:at].count(head) + 1})"
        for at, head in enumerate(heads)
    ]


def _cell(figure: Figure) -> Value:
    return figure.value if figure.value is not None else sign(figure.status)


def variable_words(variable: Variable) -> Words:
    """What a variable is called: a concept by its name, an indicator as its form prints it."""
    if found := concept_names().get(variable.name):
        return found
    printed = label(variable.name)
    return Words(printed, printed)


def variable_label(variable: Variable) -> str:
    """The same in one text."""
    words = variable_words(variable)
    return str(words) if words.english != words.chinese else words.english
