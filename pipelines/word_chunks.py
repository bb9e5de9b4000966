"""Documents of other kinds that a Word document takes in whole (ECMA-376 part 1, 17.17.2.1).

Programs that make Word documents of web pages write nothing else.
"""

from collections.abc import Iterable, Mapping

from lxml import etree

from parsers.records import Block, Grid, Problem
from pipelines.assembly import Draft, Line, Table
from pipelines.documents import read_document
from pipelines.grids import Box
from pipelines.limits import Package
from pipelines.sniff import media_type

MOST = 20
MOST_BYTES = 4_000_000
# None of these takes in others.
KINDS = frozenset({"html", "mhtml", "text", "rtf"})


class Chunks:
    """The parts of a package that are such documents; `problems` are theirs, so far as read."""

    def __init__(self, package: Package, targets: Mapping[str, str]) -> None:
        self._package = package
        self._targets = targets
        self._left = MOST
        self._bytes_left = MOST_BYTES
        self.problems: list[Problem] = []

    def read(self, element: etree._Element) -> list[Draft] | None:
        """What stands in place of an element; nothing where that is not read."""
        named = map(str, element.attrib.values())
        part = next((self._targets[name] for name in named if name in self._targets), "")
        self._left -= 1
        if part not in self._package or self._left < 0:
            return None
        payload = self._package.read(part)
        self._bytes_left -= len(payload)
        if self._bytes_left < 0 or media_type(payload) not in KINDS:
            return None
        document = read_document(payload)
        self.problems += document.problems
        return list(_drafts(document.blocks))


def _drafts(blocks: Iterable[Block]) -> Iterable[Draft]:
    for block in blocks:
        yield _table(block) if isinstance(block, Grid) else Line(block.text, level=block.level)


def _table(grid: Grid) -> Table:
    cells = [
        c for y, row in enumerate(grid.rows) for x, c in enumerate(row) if (c.row, c.col) == (y, x)
    ]
    return Table(
        [
            Box(c.text, c.row, c.col, c.rowspan, c.colspan, c.header, made_up=c.made_up)
            for c in cells
        ]
    )
