"""What table reading is told: indicators, printed labels, heads, words, identities.

Everything here is declared in `data/indicators/` and loaded by `archive/declarations/forms.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from parsers.figures import FigureWords

Measure: TypeAlias = Literal["flow", "stock", "change", "money", "ratio"]
HeadRole: TypeAlias = Literal["label", "unit", "measure", "applicant", "period", "group", "remark"]
LabelKind: TypeAlias = Literal["row", "section", "ignored"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a code means. `unit` is the unit of standard values, empty where there is none."""

    code: str
    label: str
    unit: str
    measure: Measure
    applicants: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed row label of a form.

    `section` is the path of the section it stands in and `number` its own printed number, both as
    in `三/(三)`; `head` is the key of the column head that decides the indicator, empty where any
    figure column of the table belongs to it. `keys` are the matching keys of the label and its
    synonyms. `unit` is the unit that the form itself gives, for counts only. `opens` is the path
    of the section that the row opens, empty where it opens none. `indicator` is empty for section
    heads that never carry a figure and for lines that are no rows.
    """

    form: str
    table: str
    section: str
    number: str
    label: str
    kind: LabelKind
    head: str
    indicator: str
    unit: str
    opens: str
    keys: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """A printed column head of a table. `key` is what it stands for in its role."""

    table: str
    role: HeadRole
    key: str
    printed: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One code in a sum, with its weight."""

    indicator: str
    weight: int = 1


# A summand: alternatives of which the first that was printed counts.
Summand: TypeAlias = tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """An arithmetic identity of a form: `left` equals (or is at most) `right`."""

    name: str
    form: str
    relation: Literal["eq", "le"]
    left: tuple[Summand, ...]
    right: tuple[Summand, ...]
    severity: Literal["error", "warning", "note"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Concordance:
    """How a concept that runs through several forms is called in one of them."""

    concept: str
    form: str
    code: str
    applicant: str
    relation: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormDeclarations:
    """All that is declared of the forms."""

    indicators: Mapping[str, Indicator]
    labels: tuple[Label, ...]
    heads: tuple[Head, ...]
    words: FigureWords
    opposites: tuple[tuple[str, ...], ...]
    identities: tuple[Identity, ...]
    concordance: tuple[Concordance, ...]
