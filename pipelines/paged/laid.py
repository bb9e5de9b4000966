"""Tables without ruled lines laid out: the parts of one table become one piece with cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipelines.paged.aligned import FARTHEST, Part, parts_of
from pipelines.paged.columns import Column
from pipelines.paged.glyphs import TextLine, joined_text
from pipelines.paged.labels import LabelledRow
from pipelines.paged.runs import SAME, Run, Stack
from pipelines.paged.tables import Piece, PieceCell, box_place

Texts = Sequence[Stack | Run]


@dataclass(slots=True)
class OpenTable:
    """The last columns of a table at the foot of a page, with their edges."""

    columns: list[Column]
    labels: list[float]
    figures: list[float]


@dataclass(slots=True)
class _Sheet:
    """The piece that parts are put on, with the page's locator and the outer edges."""

    prefix: str
    left: float
    right: float
    cells: list[PieceCell]
    height: int = 0

    def add(
        self,
        texts: Texts,
        across: tuple[float, float],
        rows: tuple[int, int],
        y: tuple[float, float],
    ) -> None:
        """Puts a cell on it; `rows` count from the sheet's `height`, the last one left out."""
        x0, x1 = across
        runs = [run for text in texts for run in (text.runs if isinstance(text, Stack) else [text])]
        room = 0.0
        if runs:
            last = runs[-1]
            room = max(x1 - x0 - (last.x1 - last.x0), 0.0) / last.size
        place = box_place(self.prefix, (x0, y[0], x1, y[1]))
        text = joined_text([run.text for run in runs])
        top, bottom = self.height + rows[0], self.height + rows[1]
        self.cells.append(PieceCell(text, top, bottom, x0, x1, place, room=room))


def with_aligned_tables(
    lines: Sequence[TextLine], prefix: str, above: OpenTable | None
) -> tuple[list[TextLine | Piece], OpenTable | None]:
    """The lines of a page, those of tables without rules made into tables.

    `above` is the table at the foot of the page before, if there is one; the table at the foot of
    this page comes back beside the items.
    """
    parts = parts_of(lines, above.columns if above else [])
    items: list[TextLine | Piece] = []
    position = 0
    open_table: OpenTable | None = None
    for group in _together(parts, lines):
        items += lines[position : group[0].start]
        goes_on = above if not group[0].start and not group[0].head_rows else None
        piece, open_table = _piece(group, prefix, goes_on)
        items.append(piece)
        position = group[-1].end
    items += lines[position:]
    return items, open_table if position == len(lines) else None


def _together(parts: Sequence[Part], lines: Sequence[TextLine]) -> Iterator[list[Part]]:
    """Parts that follow each other as those of one table."""
    group: list[Part] = []
    for part in parts:
        if group:
            near = (
                lines[part.start].y0 - lines[part.start - 1].y1 < FARTHEST * lines[part.start].size
            )
            if part.start != group[-1].end or not near:
                yield group
                group = []
        group.append(part)
    if group:
        yield group


def _piece(parts: Sequence[Part], prefix: str, above: OpenTable | None) -> tuple[Piece, OpenTable]:
    left = above.labels[0] if above else min(part.edges[0] for part in parts)
    right = above.figures[-1] if above else max(part.columns[-1].x1 for part in parts)
    sheet = _Sheet(prefix, left, right, [])
    open_table = _edges(parts[0], sheet, above)
    for part in parts:
        open_table = _edges(part, sheet, None if part.head_rows else open_table)
        _add_part(sheet, part, open_table.labels, open_table.figures)
    top = min(part.box[0] for part in parts)
    bottom = max(part.box[1] for part in parts)
    place = box_place(prefix, (left, top, right, bottom))
    return Piece(sheet.cells, sheet.height, place), open_table


def _edges(part: Part, sheet: _Sheet, above: OpenTable | None) -> OpenTable:
    """The edges of a part's columns: those of the table that it goes on with, if there is one."""
    if above is not None:
        parents = [parent for row in part.rows for parent in row.parents]
        inside = len(above.labels) >= len(part.edges) and not any(
            parent.x0 < edge < parent.x1 for parent in parents for edge in above.labels
        )
        labels = above.labels if inside else [above.labels[0], *part.edges[1:-1], above.labels[-1]]
        return OpenTable(part.columns, labels, above.figures)
    middles = [(one.x1 + other.x0) / 2 for one, other in pairwise(part.columns)]
    labels = [sheet.left, *part.edges[1:]]
    return OpenTable(part.columns, labels, [labels[-1], *middles, sheet.right])


def _add_part(sheet: _Sheet, part: Part, labels: Sequence[float], figures: Sequence[float]) -> None:
    if part.title is not None:
        sheet.add([part.title], (sheet.left, sheet.right), (0, 1), (part.title.y0, part.title.y1))
        sheet.height += 1
    if part.head_rows:
        _add_heads(sheet, part, labels, figures)
        sheet.height += part.head_rows
    plain = _plain_columns(part)
    _add_parents(sheet, part, labels)
    for number, row in enumerate(part.rows):
        _add_labels(sheet, row, number, labels, plain)
        for column, across in zip(part.columns, pairwise(figures), strict=True):
            held = [run for run in row.figures if column.x0 <= run.middle <= column.x1]
            sheet.add(held, across, (number, number + 1), row.box)
    sheet.height += len(part.rows)


def _add_heads(
    sheet: _Sheet, part: Part, labels: Sequence[float], figures: Sequence[float]
) -> None:
    y = (
        min(cell.stack.top for cell in part.cells),
        max(cell.stack.bottom for cell in part.cells),
    )
    corner = sorted(part.corner, key=lambda stack: (_column_at(labels, stack.x0), stack.top))
    starts = {
        place: list(stacks)
        for place, stacks in groupby(corner, lambda stack: _column_at(labels, stack.x0))
    }
    ends = [*sorted(starts)[1:], len(labels) - 1]
    if 0 not in starts and len(labels) > 1:
        sheet.add([], (labels[0], labels[min(starts, default=-1)]), (0, part.head_rows), y)
    for place, end in zip(sorted(starts), ends, strict=True) if starts else ():
        sheet.add(starts[place], (labels[place], labels[end]), (0, part.head_rows), y)
    covered = {
        (r, c)
        for one in part.cells
        for r in range(one.top, one.bottom)
        for c in range(one.left, one.right)
    }
    for cell in part.cells:
        box = cell.stack.box
        across = (figures[cell.left], figures[cell.right])
        sheet.add([cell.stack], across, (cell.top, cell.bottom), (box[1], box[3]))
    for row in range(part.head_rows):
        for col in range(len(part.columns)):
            if (row, col) not in covered:
                sheet.add([], (figures[col], figures[col + 1]), (row, row + 1), y)


def _column_at(edges: Sequence[float], x: float) -> int:
    """The column of labels that begins at or left of a position."""
    return max((n for n, edge in enumerate(edges[:-1]) if edge <= x + SAME), default=0)


def _plain_columns(part: Part) -> set[int]:
    """The columns of labels with a text of their own in every row that has one right of it."""
    plain = set()
    for number, edge in enumerate(part.edges[1:-1]):
        beside = [row for row in part.rows if row.label and row.label.x0 >= edge - SAME]
        own = {
            id(p)
            for row in beside
            for p in row.parents
            if _column_at(part.edges, p.middle) == number
        }
        if len(own) == len(beside):
            plain.add(number)
    return plain


def _add_parents(sheet: _Sheet, part: Part, labels: Sequence[float]) -> None:
    """The labels that stand beside several rows, each once."""
    held: dict[int, tuple[Stack, list[int]]] = {}
    for number, row in enumerate(part.rows):
        for parent in row.parents:
            held.setdefault(id(parent), (parent, []))[1].append(number)
    for parent, rows in held.values():
        column = _column_at(labels, parent.middle)
        across = (labels[column], labels[column + 1])
        sheet.add([parent], across, (rows[0], rows[-1] + 1), (parent.top, parent.bottom))


def _add_labels(
    sheet: _Sheet, row: LabelledRow, number: int, labels: Sequence[float], plain: set[int]
) -> None:
    """The row's own label and the blanks beside it."""
    if len(labels) < 2:
        return
    rows = (number, number + 1)
    taken = {_column_at(labels, parent.middle) for parent in row.parents}
    start = _column_at(labels, row.label.x0) if row.label else 0
    start = max([start, *(place + 1 for place in taken)])
    end = len(labels) - 1
    if row.label and start in plain and row.label.x1 <= labels[start + 1]:
        end = start + 1
    sheet.add([row.label] if row.label else [], (labels[start], labels[end]), rows, row.box)
    for place in (*range(start), *range(end, len(labels) - 1)):
        if place not in taken:
            sheet.add([], (labels[place], labels[place + 1]), rows, row.box)
