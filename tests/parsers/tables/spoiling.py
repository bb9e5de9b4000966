"""All oddities together, in an order that a reader can still see through."""

import random

from tests.parsers.tables import additions as added
from tests.parsers.tables import oddities as done
from tests.parsers.tables.generator import Sample
from tests.parsers.tables.oddities import Oddity

# Where cells were lost first, filling up the rectangle would hide it from any reader.
FIRST: list[Oddity] = [
    done.swap_columns, added.strange_column, added.serial_column, done.remerge, done.flatten,
    done.move_rows, added.heads_again, done.cut_head, added.two_rows_in_one, added.note_line,
    added.numbered_heads, added.opposite, done.repeat_row, done.lose_row,
]  # fmt: skip
ODDITIES: list[Oddity] = [
    done.flatten, done.lose_cell, done.add_cell, done.lose_row, done.repeat_row, done.move_rows,
    done.spaced, done.mistyped, done.unnumbered, done.wiped, done.dressed, done.damaged,
    done.signed, done.provincial_row, done.swap_columns, done.lose_head, done.cut_head,
    done.remerge, done.foreign, done.second_report,
]  # fmt: skip
ADDITIONS: list[Oddity] = [
    added.strange_column, added.serial_column, added.numbered_heads, added.heads_again,
    added.note_line, added.mistyped_head, added.two_rows_in_one, added.opposite,
]  # fmt: skip
HARMLESS: list[Oddity] = [done.flatten, done.spaced, done.dressed, done.swap_columns]


def spoil(sample: Sample, oddities: list[Oddity], rng: random.Random) -> None:
    """Does all oddities to a table."""
    for oddity in sorted(oddities, key=lambda one: FIRST.index(one) if one in FIRST else 99):
        oddity(sample, rng)
