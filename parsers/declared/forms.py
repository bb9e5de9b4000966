"""What table reading is told: indicators, printed labels, heads, words, identities.

Everything here is declared in `data/indicators/` and loaded by `archive/declarations/forms.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal, TypeAlias

from parsers.figures import FigureWords
from parsers.records import Severity

Measure: TypeAlias = Literal["flow", "stock", "change", "money", "ratio"]
HeadRole: TypeAlias = Literal["label", "unit", "measure", "applicant", "period", "group", "remark"]
LabelKind: TypeAlias = Literal["row", "section"]
Relation: TypeAlias = Literal["eq", "le"]
Layout: TypeAlias = Literal["rows", "columns"]


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
class Table:
    """A kind of table. Its figures stand in labelled rows, or in columns under heads alone.

    `heads_each_section` is whether every section brings column heads of its own.
    """

    name: str
    layout: Layout
    heads_each_section: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A printed row label of some forms.

    `section` is the name of the section it stands in and `opens` that of the section the row itself
    opens (empty: none); `number` is its own printed number, bare (`三`, `1`). `head` is the key of
    the column head that decides the indicator, empty where any figure column belongs to it. `keys`
    are the matching keys of the label and its synonyms. `unit` is the unit that the form itself
    gives, for counts only. `indicator` is empty for section heads that never carry a figure. `name`
    tells the row in words: `requests 三/三 1 属于国家秘密`.
    """

    forms: tuple[str, ...]
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
    name: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Puts the name together once."""
        parts = (self.table, self.section, self.number, self.label)
        object.__setattr__(self, "name", " ".join(filter(None, parts)))


@dataclass(frozen=True, slots=True)
class Head:
    """A printed column head of a table. `key` is what it stands for in its role."""

    table: str
    role: HeadRole
    key: str
    printed: str
    keys: tuple[str, ...]

    @property
    def is_figure(self) -> bool:
        """Whether figures stand under it, of which each form has others."""
        return self.role in ("measure", "applicant")


@dataclass(frozen=True, slots=True)
class Term:
    """One figure in a sum: of an indicator, or of a dimension for every indicator that has it.

    `optional` parts are zero where the form printed has no such row.
    """

    indicator: str
    weight: int = 1
    dimension: str = ""
    optional: bool = False


# A summand: alternatives, each a sum, of which the first that was printed counts.
Summand: TypeAlias = tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """An arithmetic identity of some forms: `left` equals (or is at most) `right`.

    `indicators` and `dimensions` are those that its terms name.
    """

    name: str
    forms: tuple[str, ...]
    relation: Relation
    left: tuple[Summand, ...]
    right: tuple[Summand, ...]
    severity: Severity
    note: str = ""
    indicators: frozenset[str] = field(init=False, repr=False)
    dimensions: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Gathers once what the terms name."""
        sums = (option for summand in (*self.left, *self.right) for option in summand)
        terms = tuple(chain.from_iterable(sums))
        object.__setattr__(self, "indicators", frozenset(term.indicator for term in terms))
        dimensions = frozenset(term.dimension for term in terms)
        object.__setattr__(self, "dimensions", dimensions - {""})


@dataclass(frozen=True, slots=True)
class Concordance:
    """How a concept that runs through several forms is called in one of them."""

    concept: str
    form: str
    code: str
    applicant: str
    relation: str
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class FormDeclarations:
    """All that is declared of the forms.

    `opposites` are groups of words that near matching must never exchange; `footers` the words
    with which lines begin that stand in tables but are no rows of them (注, 填表人).
    """

    indicators: Mapping[str, Indicator]
    tables: Mapping[str, Table]
    labels: tuple[Label, ...]
    heads: tuple[Head, ...]
    words: FigureWords
    opposites: tuple[tuple[str, ...], ...]
    footers: tuple[str, ...]
    identities: tuple[Identity, ...]
    concordance: tuple[Concordance, ...]
