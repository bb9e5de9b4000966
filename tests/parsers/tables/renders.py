"""A table in every way that documents hold one: as a grid, over pages, as text."""

import random
import unicodedata
from collections.abc import Callable
from typing import Any

from parsers.records import Paragraph
from parsers.tables import TableReading
from tests.parsers.tables.build import grid, read, read_text
from tests.parsers.tables.generator import Rows, Sample, is_label, text_of, with_text
from tests.parsers.tables.oddities import flatten


def as_grid(sample: Sample, rng: random.Random) -> TableReading:
    tables = [*sample.between, sample.rows, *sample.after]
    return read(*(grid(rows, number) for number, rows in enumerate(tables, 1)))


def as_pages(sample: Sample, rng: random.Random) -> TableReading:
    """Cut by a page break, the heads printed again or not, a page number between."""
    flatten(sample, rng)
    cut = rng.randrange(sample.first, len(sample.rows) + 1)
    heads = sample.rows[: sample.first] if rng.random() < 0.5 else []
    tables = [sample.rows[:cut], *sample.between, [*heads, *sample.rows[cut:]], *sample.after]
    blocks: list[Any] = [grid(rows, number) for number, rows in enumerate(tables, 1)]
    if rng.random() < 0.5:
        blocks.insert(1, Paragraph("— 5 —", "html:p[1]"))
    return read(*blocks)


def as_split_row(sample: Sample, rng: random.Random) -> TableReading:
    """A page break in the middle of a row: the rest of its label opens the next page."""
    flatten(sample, rng)
    cut = rng.randrange(sample.first, len(sample.rows) + 1)
    if cut < len(sample.rows):
        row = list(sample.rows[cut])
        place = next((n for n, cell in enumerate(row) if is_label(cell)), None)
        if place is not None:
            text = text_of(row[place])
            sample.rows[cut] = [
                *row[:place],
                with_text(row[place], text[: len(text) // 2]),
                *([""] * (len(row) - place - 1)),
            ]
            row[place] = with_text(row[place], text[len(text) // 2 :])
            sample.rows.insert(cut + 1, row)
            cut += 1
    return read(grid(sample.rows[:cut]), grid(sample.rows[cut:], 2))


def as_tabs(sample: Sample, rng: random.Random) -> TableReading:
    flatten(sample, rng)
    tables = [*sample.between, sample.rows, *sample.after]
    return read_text("\n\n以上。\n".join(tabbed(rows) for rows in tables))


def tabbed(rows: Rows) -> str:
    return "\n".join("\t".join(in_line(c) for c in row) for row in rows)


def in_line(cell: Any) -> str:
    """A cell's text in one line; two lines of digits stay apart."""
    text = text_of(cell)
    return text.replace("\n", " " if text[:1].isdigit() else "")


def five_digits(text: str) -> str:
    """The digits of a true figure, however it is dressed."""
    return "".join(filter(str.isdigit, unicodedata.normalize("NFKC", text)))[:5]


def as_lines(sample: Sample, rng: random.Random) -> TableReading:
    """One cell in each line, as copies of pages have it; blank cells stay as blank lines or go.

    Then a lost cell is like a blank one.
    """
    lost = {five_digits(text) for text in sample.lost} - {""}
    sample.truth |= {
        key: "" for key, text in sample.truth.items() if text and five_digits(text) in lost
    }
    blank = rng.choice(["\t", "\u3000\t", ""])
    lines = [in_line(cell) or blank for row in sample.rows for cell in row]
    return read_text("\n".join(f"\t{line}" if line.strip() else line for line in lines))


RENDERS: list[Callable[[Sample, random.Random], TableReading]] = [
    as_grid, as_pages, as_split_row, as_tabs, as_lines,
]  # fmt: skip
