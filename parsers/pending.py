"""Holds the place of table reading and checks."""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.declared import Declarations
from parsers.records import Check, Document, Observation, Problem, Tables


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the tables of a document gave."""

    observations: tuple[Observation, ...] = ()
    problems: tuple[Problem, ...] = ()
    forms: tuple[str, ...] = ()
    tables: Tables = "none"
    used: frozenset[int] = frozenset()


def read_tables(document: Document, declared: Declarations) -> TableReading:
    """No tables yet: their blocks are set aside."""
    return TableReading()


def evaluate(
    observations: Sequence[Observation], declared: Declarations, forms: Sequence[str]
) -> tuple[tuple[Check, ...], tuple[Observation, ...]]:
    """No checks yet."""
    return (), tuple(observations)
