"""Tables told by their ruled lines, however these are drawn."""

from itertools import product

import pytest

from pipelines.paged.ruled import Rule, find_tables

EDGES_ACROSS, EDGES_DOWN = (50.0, 150.0, 200.0), (100.0, 120.0, 140.0, 160.0)


def rules(offsets: tuple[float, ...], dash: float = 0.0) -> list[Rule]:
    """The lines of a table, each stroke of them at an offset; cut into dashes where told."""
    drawn = []
    for offset, horizontal in product(offsets, (True, False)):
        levels, ends = (EDGES_DOWN, EDGES_ACROSS) if horizontal else (EDGES_ACROSS, EDGES_DOWN)
        for at in levels:
            drawn += _stroke(horizontal, at + offset, ends[0], ends[-1], dash)
    return drawn


def _stroke(horizontal: bool, at: float, start: float, end: float, dash: float) -> list[Rule]:
    if not dash:
        return [Rule(horizontal, at, start, end)]
    count = int((end - start) // (dash + 1))
    begins = [start + number * (dash + 1) for number in range(count)]
    return [Rule(horizontal, at, begin, begin + dash) for begin in begins]


@pytest.mark.parametrize(
    ("offsets", "dash"),
    [((0.0,), 0.0), ((-1.5, 1.5), 0.0), ((-1.5, 0.0, 1.5), 0.0), ((0.0,), 3.0), ((0.0,), 0.6)],
    ids=["single", "double", "triple", "dashed", "dotted"],
)
def test_lines_of_several_strokes_are_one(offsets: tuple[float, ...], dash: float) -> None:
    (table,) = find_tables(rules(offsets, dash), tolerance=2.5)
    assert table.xs == pytest.approx(EDGES_ACROSS, abs=1.6)
    assert table.ys == pytest.approx(EDGES_DOWN, abs=1.6)
    assert len(table.spans) == 6


def test_dots_that_make_no_line_are_none() -> None:
    dots = [
        Rule(horizontal, 100.0 + 7 * down, 50.0 + 7 * across, 51.0 + 7 * across)
        for horizontal, across, down in product((True, False), range(20), range(20))
    ]
    assert find_tables(dots, tolerance=2.5) == []
