"""The years of which each body's reports were found, and those between that have none."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from crawler.account import RunAccount

_LEAST_YEARS = 3
_SHOWN_BODIES = 5


class Spans:
    """The years of the reports of each portal, by the column and the body that its titles name."""

    def __init__(self) -> None:
        self._years: defaultdict[str, defaultdict[str, defaultdict[str, set[int]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(set))
        )

    def add(self, portal: str, column: str, body: str, year: int | None) -> None:
        """Notes a report; `column` is the address of the column that has it."""
        if year is not None:
            self._years[portal][column][body].add(year)

    def tell(self, account: RunAccount) -> None:
        """Notes with each portal which years are missing."""
        for portal in self._years:
            for text in self._notes(portal):
                account[portal].note(text)

    def _notes(self, portal: str) -> Iterator[str]:
        """The years without a report between those with one, in words for a person.

        A publisher may have left a year out, or a listing may hide it: that is for a person to see.
        """
        found: list[str] = []
        for bodies in self._years[portal].values():
            for body, years in _series(bodies).items():
                if missing := _between(years):
                    of = f" of {body}" if body else ""
                    span = f"those{of} from {min(years)} to {max(years)}"
                    found.append(f"no report of {', '.join(missing)} among {span}")
        yield from found[:_SHOWN_BODIES]
        if len(found) > _SHOWN_BODIES:
            yield f"{len(found) - _SHOWN_BODIES} more series of reports lack years between"


def _series(bodies: Mapping[str, set[int]]) -> Mapping[str, set[int]]:
    """The years by body; one series where no year has two bodies: the body was renamed."""
    together = set().union(*bodies.values())
    if len(together) == sum(len(years) for years in bodies.values()):
        return {next(iter(bodies)) if len(bodies) == 1 else "": together}
    return bodies


def _between(years: set[int]) -> list[str]:
    """The years missing inside the span of those known, as spans; none where these are too few."""
    if len(years) < _LEAST_YEARS:
        return []
    holes = [(a + 1, b - 1) for a, b in pairwise(sorted(years)) if b - a > 1]
    return [str(first) if first == last else f"{first}-{last}" for first, last in holes]
