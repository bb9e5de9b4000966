"""Blocks in reading order get their numbers, and so their places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from parsers.records import Block, Grid, Paragraph, Problem, TitleCandidate
from pipelines.grids import Box, lay_out


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph without its number. `source` is an element path or a whole locator."""

    text: str
    source: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table without its number."""

    boxes: Sequence[Box]
    source: str = ""
    form_feeds: tuple[int, ...] = field(default=())


Draft: TypeAlias = Line | Table

TITLE_ENDINGS = ("报告", "年报", "報告", "年報")
TITLE_LINES = 8
LONGEST_TITLE = 80


def assemble(kind: str, drafts: Iterable[Draft]) -> tuple[Block, ...]:
    """Numbers paragraphs and tables from 1; `kind` begins their locators."""
    blocks: list[Block] = []
    paragraphs = tables = 0
    for draft in drafts:
        if isinstance(draft, Line):
            paragraphs += 1
            place = locator(kind, f"p[{paragraphs}]", draft.source)
            blocks.append(Paragraph(draft.text, place, draft.level))
        else:
            grid = _grid(kind, tables + 1, draft)
            tables += bool(grid.rows)
            blocks.extend([grid] if grid.rows else [])
    return tuple(blocks)


def _grid(kind: str, number: int, table: Table) -> Grid:
    label = f"table[{number}]"

    def cell_place(row: int, col: int, source: str) -> str:
        return locator(kind, f"{label}/r{row + 1}c{col + 1}", source)

    return lay_out(table.boxes, locator(kind, label, table.source), cell_place, table.form_feeds)


def locator(kind: str, label: str, source: str) -> str:
    """A source that is a whole locator stays as it is; an element path follows the label."""
    if source.startswith(f"{kind}:"):
        return source
    return f"{kind}:{label}#{source}" if source else f"{kind}:{label}"


def first_line_titles(blocks: Sequence[Block]) -> tuple[TitleCandidate, ...]:
    """Titles among the first lines: each short line, and two or three that make one title."""
    lines = [b.text.strip() for b in blocks[: 3 * TITLE_LINES] if isinstance(b, Paragraph)]
    lines = [line for line in lines if line][:TITLE_LINES]
    joined = [first + second for first, second in pairwise(lines)]
    joined += ["".join(three) for three in zip(lines, lines[1:], lines[2:], strict=False)]
    found = [text for text in [*lines, *joined] if ends_like_title(text)]
    texts = dict.fromkeys([*found, *lines[:1]])
    return tuple(TitleCandidate(text, "first_line") for text in texts if len(text) <= LONGEST_TITLE)


def ends_like_title(text: str) -> bool:
    """Whether a line ends as the titles of reports do."""
    bare = text.rstrip(" 　）)")
    return bare.endswith(TITLE_ENDINGS) and "。" not in text


def problem(kind: str, detail: str, locator: str = "") -> Problem:
    """A problem of the document stage."""
    return Problem("document", kind, detail, locator)
