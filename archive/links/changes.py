"""What differs between the figures of two captures of a report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.links.figures import Dimensions, Figure
from archive.rows import decimal_text

ABSENT = Figure(None, "absent")


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after: each side has its value or why there is none, and its place."""

    dimensions: Dimensions
    before: Figure
    after: Figure

    @property
    def named(self) -> str:
        """Indicator, applicant, category and period, as far as there are such."""
        return " ".join(filter(None, self.dimensions))

    @property
    def sentence(self) -> str:
        """The change in words, with the place of the figure (the former one where it is gone)."""
        place = (self.after.locator or self.before.locator).partition("#")[0]
        told = f"{self.named}: {printed(self.before)} -> {printed(self.after)}"
        return f"{told} at {place}" if place else told


def changes(
    before: Mapping[Dimensions, Figure], after: Mapping[Dimensions, Figure]
) -> Iterator[Change]:
    """The figures that differ, in order of their names."""
    for key in sorted(before.keys() | after.keys()):
        change = Change(key, before.get(key, ABSENT), after.get(key, ABSENT))
        if change.before != change.after:
            yield change


def edits(found: Iterator[Change], same_tables: bool) -> Iterator[Change]:
    """The changes that a publisher made.

    Where the tables of one capture could be read and those of the other could not, a figure that is
    in one of them only says nothing of the publisher.
    """
    for change in found:
        if same_tables or ABSENT not in (change.before, change.after):
            yield change


def printed(figure: Figure) -> str:
    """The value in plain digits, or why there is none."""
    return figure.lacking or str(decimal_text(figure.value))
