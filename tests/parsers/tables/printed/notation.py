"""Documents written out as they print, each with the figures that a reader takes from it.

A document begins with `= its name`. Its tables are lines of cells parted by `|`, two tables parted
by `--`; `<2x3>` behind a cell is its height and width, `⏎` a line break in it, and a line that
begins with `¶` a paragraph. Then follow the figures, `code@applicant/period value unit standard`:

- `requests.new@total 31`: the figure must be read so, in the printed unit if one is named;
- `... blank`, `... none`: the cell is blank, or says in a word that there is no figure;
- `... ?`: nobody can tell the figure: it gets no standard value, and a problem must tell;
- `... ?31`: a reader tells it, but may refuse: that figure, or none and a problem.

Of an indicator that is not named nothing must be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from parsers.records import Block, Observation, Paragraph
from tests.parsers.tables.build import grid

FOLDER = Path(__file__).parent
_FIGURE = re.compile(
    r"(?P<code>[a-z_.]+)(?:@(?P<applicant>[a-z_]+))?(?:/(?P<period>[a-z]+))?"
    r" (?P<said>\S+)(?: (?P<unit>\S+) (?P<standard>\S+))?"
)
_SPAN = re.compile(r" <(\d+)x(\d+)>$")

Key = tuple[str, str, str]


STATUS = {"blank": "blank", "none": "not_applicable"}


@dataclass(frozen=True)
class Expected:
    """What a reader takes from a document for one indicator."""

    said: str
    unit: str = ""
    standard: str = ""

    @property
    def is_told(self) -> bool:
        """Whether a reader can tell the figure, and the print leaves no excuse."""
        return not self.said.startswith("?")

    def is_right(self, item: Observation | None, *, told: bool) -> bool:
        """Whether a figure was read as a reader takes it, or rightly left and `told`."""
        if self.said == "?":
            return (item is None or item.value_std is None) and told
        if item is None or item.status == "unreadable":
            return not self.is_told and told
        said = self.said.removeprefix("?")
        if said in STATUS:
            return item.status == STATUS[said]
        if self.unit and (item.unit, item.value_std) != (self.unit, Decimal(self.standard)):
            return False
        return item.value == Decimal(said)


@dataclass(frozen=True)
class Printed:
    """A document and its figures by indicator, applicant and period."""

    name: str
    blocks: tuple[Block, ...]
    figures: dict[Key, Expected]


def documents() -> Iterator[Printed]:
    """All documents written out in this folder."""
    for path in sorted(FOLDER.glob("*.txt")):
        for text in path.read_text(encoding="utf-8").strip().split("\n\n"):
            yield _document(path.stem, text)


def _document(form: str, text: str) -> Printed:
    name, *lines = text.split("\n")
    figures = {}
    while lines and (found := _FIGURE.fullmatch(lines[-1])):
        key = (found["code"], found["applicant"] or "", found["period"] or "year")
        figures[key] = Expected(found["said"], found["unit"] or "", found["standard"] or "")
        lines.pop()
    return Printed(f"{form}: {name.removeprefix('= ')}", tuple(_blocks(lines)), figures)


def _blocks(lines: list[str]) -> Iterator[Block]:
    rows: list[list[str | tuple[str, int, int]]] = []
    for number, line in enumerate([*lines, "--"], 1):
        if line == "--" or line.startswith("¶"):
            if rows:
                yield grid(rows, number)
            rows = []
            if line != "--":
                yield Paragraph(line.removeprefix("¶").strip(), f"html:p[{number}]")
        else:
            rows.append([_cell(text.strip().replace("⏎", "\n")) for text in line.split("|")])


def _cell(text: str) -> str | tuple[str, int, int]:
    found = _SPAN.search(text)
    return (text[: found.start()], int(found[1]), int(found[2])) if found else text
