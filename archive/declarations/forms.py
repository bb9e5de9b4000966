"""Loads what table reading is told: the files of `data/indicators/`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar, cast

from archive.declarations.files import Row, read_csv
from parsers.figures import FigureWords, Unit
from parsers.records import Qualifier, Status
from parsers.tables.declared import FormDeclarations
from parsers.text import canon

T = TypeVar("T")

_MEANINGS = {
    "value": ("blank", "not_applicable"),
    "before": ("approx", "more_than", "less_than"),
    "after": ("approx", "more_than", "less_than"),
}


def load(directory: Path) -> FormDeclarations:
    """The forms declared under `directory`/indicators.

    Raises:
        DeclarationError: something there is not understood; the message names file and line.
    """
    folder = directory / "indicators"
    return FormDeclarations(
        indicators={},
        labels=(),
        heads=(),
        words=_words(folder),
        opposites=(),
        identities=(),
        concordance=(),
    )


def unique(
    rows: tuple[Row, ...], key: Callable[[Row], str], make: Callable[[Row], T]
) -> dict[str, T]:
    """What `make` makes of each row, by its key, which must not come twice."""
    made: dict[str, T] = {}
    for row in rows:
        name = key(row)
        if name in made:
            row.fail(f"{name!r} is declared twice")
        made[name] = make(row)
    return made


def _words(folder: Path) -> FigureWords:
    rows = read_csv(folder / "words.csv", ("word", "role", "meaning"))
    return FigureWords(
        units=_units(folder),
        values=cast(Mapping[str, Status], _role(rows, "value")),
        before=cast(Mapping[str, Qualifier], _role(rows, "before")),
        after=cast(Mapping[str, Qualifier], _role(rows, "after")),
    )


def _role(rows: tuple[Row, ...], role: str) -> dict[str, str]:
    chosen = tuple(row for row in rows if row.choice("role", _MEANINGS) == role)
    return unique(
        chosen,
        lambda row: canon(row.required("word")),
        lambda row: row.choice("meaning", _MEANINGS[role]),
    )


def _units(folder: Path) -> dict[str, Unit]:
    def make(row: Row) -> Unit:
        dimension = row.choice("dimension", ("count", "persons", "money", "ratio"))
        return Unit(row["unit"], dimension, row.decimal("factor"))

    rows = read_csv(folder / "units.csv", ("unit", "dimension", "factor"))
    return unique(rows, lambda row: canon(row.required("unit")), make)
