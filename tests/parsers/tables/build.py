"""Documents for tests: grids from rows written out, and text as copies of tables look."""

from collections.abc import Sequence
from functools import cache

from archive.declarations import data_dir, forms
from parsers.declared import Declarations
from parsers.declared.places import PlaceDeclarations
from parsers.declared.prose import ProseDeclarations
from parsers.records import Block, Document, Grid, Observation, Paragraph
from parsers.tables import TableReading, read_tables
from pipelines.grids import Box, lay_out

# A cell is its text, or (text, rowspan, colspan).
Cells = Sequence[Sequence[str | tuple[str, int, int]]]
Figures = dict[tuple[str, str, str], Observation]


@cache
def declared() -> Declarations:
    """The project's forms; the other parts are not needed to read tables."""
    places = PlaceDeclarations.__new__(PlaceDeclarations)
    return Declarations(forms.load(data_dir()), ProseDeclarations(), places, "")


def grid(rows: Cells, number: int = 1) -> Grid:
    """A grid as a page's table gives it: spans expanded, ragged rows padded."""
    boxes: list[Box] = []
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        col = 0
        for cell in cells:
            text, rowspan, colspan = cell if isinstance(cell, tuple) else (cell, 1, 1)
            while (row, col) in covered:
                col += 1
            rowspan = min(rowspan, len(rows) - row)
            covered |= {
                (r, c) for r in range(row, row + rowspan) for c in range(col, col + colspan)
            }
            boxes.append(Box(text, row, col, rowspan, colspan, source=f"/tr[{row}]/td[{col}]"))
            col += colspan

    def place(row: int, col: int, source: str) -> str:
        return f"html:table[{number}]/r{row + 1}c{col + 1}" + (f"#{source}" if source else "")

    return lay_out(boxes, f"html:table[{number}]", place)


def document(*blocks: Block) -> Document:
    """A page of some blocks."""
    return Document(tuple(blocks), "html")


def text_document(text: str) -> Document:
    """Text as its reader gives it: a paragraph for each line that holds anything, tabs kept."""
    blocks: list[Block] = []
    begin = 0
    for line in text.split("\n"):
        if line.strip(" \u3000"):
            blocks.append(Paragraph(line, f"text:{begin}-{begin + len(line)}"))
        begin += len(line) + 1
    return Document(tuple(blocks), "text")


def read(*blocks: Block) -> TableReading:
    """Reads a page of some blocks."""
    return read_tables(document(*blocks), declared())


def read_text(text: str) -> TableReading:
    """Reads text."""
    return read_tables(text_document(text), declared())


def figures(reading: TableReading) -> Figures:
    """The observations by indicator, applicant and period."""
    return {(item.indicator, item.applicant, item.period): item for item in reading.observations}


def kinds(reading: TableReading) -> list[str]:
    """The kinds of problems."""
    return [problem.kind for problem in reading.problems]
