"""What the loaders of several files ask of their rows."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from archive.declarations.files import Row
from parsers.figures import FigureWords
from parsers.text import canon

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)


def unique(
    rows: Iterable[Row], key: Callable[[Row], str], make: Callable[[Row], T]
) -> dict[str, T]:
    """What `make` makes of each row, by its key, which must not come twice."""
    made: dict[str, T] = {}
    for row in rows:
        name = key(row)
        if name in made:
            row.fail(f"{name!r} is declared twice")
        made[name] = make(row)
    return made


def unit_of(row: Row, words: FigureWords) -> str:
    """The unit in a row, which must be declared or empty."""
    if row["unit"] and canon(row["unit"]) not in words.units:
        row.fail(f"unit {row['unit']!r} is not declared in units.csv")
    return row["unit"]


def forms_of(row: Row) -> tuple[str, ...]:
    """The forms that a row names."""
    return tuple(row.required("form").split())


def own_keys(
    row: Row, keys: Iterable[str], place: Callable[[str], H], seen: set[H]
) -> tuple[str, ...]:
    """The keys without repetition; none may stand at a place already taken by another row."""
    own = tuple(dict.fromkeys(keys))
    for key in own:
        if not key:
            row.fail("a printed form has no words in it")
        if place(key) in seen:
            row.fail(f"{key!r} is declared twice at the same place")
    seen.update(place(key) for key in own)
    return own
