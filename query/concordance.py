"""One concept through several forms: which code answers for it in each, and how closely."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from archive.declarations import data_dir
from archive.declarations.files import read_csv
from archive.errors import UsageError
from query.corpus import Row
from query.dictionary import Entry, entries
from query.words import RELATIONS, Words

FIELDS = ("concept", "form", "code", "applicant", "relation", "note")
# Before this year a report without tables uses the codes of form 2014, afterwards the later ones.
FIRST_YEAR_OF_NEW_FORMS = 2019


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a variable is had in one form: the sum of `terms`, each an indicator and applicant."""

    terms: tuple[tuple[str, str], ...]
    relation: str = "exact"
    note: str = ""

    @property
    def code(self) -> str:
        """The codes, written as a sum."""
        return _sum_of(self.terms)


@cache
def _sum_of(terms: tuple[tuple[str, str], ...]) -> str:
    return " + ".join(dict.fromkeys(code for code, _ in terms))


@dataclass(frozen=True, slots=True)
class Variable:
    """What a series or a column of a panel shows: its recipe in each form."""

    name: str
    recipes: tuple[tuple[str, Recipe], ...]
    period: str = "year"

    def recipe(self, form: str) -> Recipe | None:
        """The recipe for a form; that of form `*` holds for all."""
        named = (recipe for own, recipe in self.recipes if own == form)
        general = (recipe for own, recipe in self.recipes if own == "*")
        return next(named, None) or next(general, None)


@cache
def concepts() -> dict[str, Variable]:
    """All declared concepts."""
    recipes: dict[str, list[tuple[str, Recipe]]] = {}
    path = data_dir() / "indicators" / "concordance.csv"
    for row in read_csv(path, FIELDS):
        terms = _terms(row["code"], row["applicant"], row["form"])
        recipe = Recipe(terms, row["relation"], row["note"])
        recipes.setdefault(row["concept"], []).append((row["form"], recipe))
    return {name: Variable(name, tuple(found)) for name, found in recipes.items()}


@cache
def concept_names() -> dict[str, Words]:
    """What each concept is called."""
    path = data_dir() / "indicators" / "concepts.csv"
    rows = read_csv(path, ("concept", "chinese", "english"))
    return {row["concept"]: Words(row["english"], row["chinese"]) for row in rows}


def concept_of(code: str) -> tuple[str, str]:
    """The concept that a code answers for, and how closely; empty where there is none."""
    for name, variable in concepts().items():
        for _, recipe in variable.recipes:
            if recipe.terms and recipe.terms[0][0] == code and len(recipe.terms) == 1:
                return name, recipe.relation
    return "", ""


def dictionary_rows(chosen: Iterable[Entry]) -> list[Row]:
    """Dictionary entries as rows, under `query.dictionary.COLUMNS`."""
    return [
        (
            entry.code, entry.label, entry.unit, entry.measure, "yes" if entry.applicants else "",
            " ".join(entry.forms) or "prose", *concept_of(entry.code), entry.note,
        )
        for entry in chosen
    ]  # fmt: skip


def variable_of(name: str, applicant: str = "", period: str = "year", follow: bool = True,
                furthest: str = "broader") -> Variable:  # fmt: skip
    """The variable meant by an indicator code or a concept.

    `follow` lets a code follow its concept into other forms, where the relation is no further than
    `furthest` (in the order of `RELATIONS`) and the applicant asked for is the concept's own.
    """
    if name in concepts():
        return Variable(name, _near(concepts()[name], furthest), period)
    entry = entries().get(name)
    chosen = applicant or ("total" if entry and entry.applicants else "")
    own = ("*", Recipe(((name, chosen),)))
    concept, _ = concept_of(name)
    if not (concept and follow and chosen in ("", "total")):
        return Variable(name, (own,), period)
    return Variable(name, (*_near(concepts()[concept], furthest), own), period)


@cache
def candidate_forms(form: str, year: int | None) -> tuple[str, ...]:
    """The forms whose codes a report may use: those of its tables, else those of its time."""
    printed = tuple(part for part in form.split("+") if part and part != "prose")
    if printed:
        return (*printed, "prose")
    return ("prose", "2014" if (year or 0) < FIRST_YEAR_OF_NEW_FORMS else "2021")


def _near(variable: Variable, furthest: str) -> tuple[tuple[str, Recipe], ...]:
    if furthest not in RELATIONS:
        raise UsageError(f"no relation {furthest!r}: one of {', '.join(RELATIONS)}")
    allowed = RELATIONS[: RELATIONS.index(furthest) + 1]
    return tuple(pair for pair in variable.recipes if pair[1].relation in allowed)


def _terms(code: str, applicant: str, form: str) -> tuple[tuple[str, str], ...]:
    terms: list[tuple[str, str]] = []
    for part in (piece.strip() for piece in code.split("+")):
        codes = _below(part, form) if part.endswith(".*") else [part]
        terms += [(one, applicant) for one in codes]
    return tuple(terms)


def _below(pattern: str, form: str) -> list[str]:
    stem = pattern.removesuffix("*")
    return [
        entry.code
        for entry in entries().values()
        if entry.code.startswith(stem) and form in entry.forms
    ]
