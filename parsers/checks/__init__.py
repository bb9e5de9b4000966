"""Arithmetic identities of the forms, and tables against prose: what a publisher got wrong.

Nothing is repaired here. A blank cell is at least zero, which is often enough to tell that an
identity fails, or that it holds with the blank as zero: then the blank is marked `implied_zero`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from parsers.checks.against import TABLE_AGAINST_PROSE, tables_against_prose
from parsers.checks.sums import Figures, instances
from parsers.checks.verdicts import check
from parsers.declared import Declarations
from parsers.records import Check, Observation

__all__ = ["TABLE_AGAINST_PROSE", "evaluate", "traced"]


def evaluate(
    observations: Iterable[Observation], declared: Declarations, forms: Sequence[str]
) -> tuple[tuple[Check, ...], tuple[Observation, ...]]:
    """Evaluates every declared identity of `forms` for which anything was printed.

    Args:
        observations: those of one report, from tables and prose.
        declared: the declarations, with the identities.
        forms: the forms the report's tables have.

    Returns:
        The checks, and the observations with implied zeros marked. An identity is
        `not_evaluable` where a blank, an approximate or an unreadable figure leaves it open.
    """
    items = tuple(observations)
    checks: list[Check] = []
    implied: set[int] = set()
    for verdict, used in traced(items, declared, forms):
        checks.append(verdict)
        implied.update(_implied(used, verdict))
    marked = (replace(item, implied_zero=True) if id(item) in implied else item for item in items)
    return tuple(checks), tuple(marked)


def traced(
    observations: Iterable[Observation], declared: Declarations, forms: Sequence[str]
) -> Iterator[tuple[Check, tuple[Observation, ...]]]:
    """The checks of `evaluate`, each with the observations in it, the left side's first."""
    items = tuple(observations)
    for form in dict.fromkeys(forms):
        figures = Figures(items, form)
        for identity in declared.forms.identities:
            if form in identity.forms:
                for instance in instances(identity, figures, declared.forms):
                    if verdict := check(identity, instance):
                        yield verdict, instance.printed
    yield from tables_against_prose(items, declared.forms)


def _implied(used: Iterable[Observation], verdict: Check) -> Iterator[int]:
    """The blanks that must be zero, since the identity holds without them."""
    if verdict.verdict == "holds" and verdict.difference == 0:
        yield from (id(item) for item in used if item.status == "blank")
