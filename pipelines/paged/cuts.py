"""Tables that a page break cuts: their pieces joined, cut rows and labels mended.

Where a break falls within a row, each page prints a part of it as a row of its own. That is told
from a new row by what was printed: the lines above the break are full, and what stands below it
opens with no number.
"""

import re
from dataclasses import replace

from pipelines.paged.tables import EDGE_TOLERANCE, Piece, PieceCell

# Cells keep this much of their width free on both sides together, in heights of a character.
PADDING = 1.2
# A line is full if the next character would not have gone into it; signs may take the one before
# them along to the next line.
NARROW, WIDE = 0.6, 1.1
# So many labels, one above the other, number the rows of a table.
FEWEST_NUMBERED = 3

_FIGURE = re.compile(r"[-+－＋]?[\d０-９][\d０-９,，.．]*%?|[—－\-/／无]+")
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、)）.．]|[（(]\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|其中|[①-⑳]|第.{1,3}条"
)
_SIGNS = "，。、；：,.;:）)》”"


def continues(above: Piece, below: Piece) -> bool:
    """Whether a table at the head of a page goes on with the last one of the page before."""
    return (
        abs(above.left - below.left) <= EDGE_TOLERANCE
        and abs(above.right - below.right) <= EDGE_TOLERANCE
    )


def join(above: Piece, below: Piece) -> Piece:
    """One table of two pieces: repeated heads left out, cut rows and labels mended."""
    repeated = _repeated_head(above, below)
    cut = above.height
    row = below.row(repeated)
    pairs = [(part, _ending(above, part)) for part in row]
    completes = _completes(above, row)
    rest = completes or _is_rest_of_row(above, pairs)
    offset = cut - repeated - rest
    if completes:
        _fill(above, below, row)
        pairs = []
    for part, upper in pairs:
        if upper is not None and (rest or _is_rest_of_label(row, part, upper)):
            upper.text += part.text
            upper.bottom = part.bottom + offset
            upper.certainty = min(upper.certainty, part.certainty)
            below.cells.remove(part)
    moved = [
        replace(cell, top=cell.top + offset, bottom=cell.bottom + offset)
        for cell in below.cells
        if cell.top >= repeated
    ]
    feeds = [*above.form_feeds, cut, *(feed + offset for feed in below.form_feeds)]
    return Piece([*above.cells, *moved], below.height + offset, above.place, feeds)


def _repeated_head(above: Piece, below: Piece) -> int:
    """How many rows at the head of the second piece only repeat the head of the first."""
    count = 0
    while count < min(above.height, below.height - 1):
        one, other = above.row(count), below.row(count)
        texts = [cell.text for cell in other]
        if [cell.text for cell in one] != texts or not any(texts):
            break
        if any(_FIGURE.fullmatch(text) for text in texts):
            break
        count += 1
    return count


def _ending(above: Piece, part: PieceCell) -> PieceCell | None:
    """The cell that ends at the cut with the same left and right edge."""
    for cell in above.cells:
        same = abs(cell.x0 - part.x0) <= EDGE_TOLERANCE and abs(cell.x1 - part.x1) <= EDGE_TOLERANCE
        if same and cell.bottom == above.height:
            return cell
    return None


def _is_rest_of_row(above: Piece, pairs: list[tuple[PieceCell, PieceCell | None]]) -> bool:
    """Whether the first row below a cut is the end of the last row above it."""
    cut = [(upper, part) for part, upper in pairs if upper is not None and part.text and upper.text]
    orphans = [part for part, upper in pairs if upper is None]
    goes_on = (_goes_on(upper, part) or _lacks_number(above, upper, part) for upper, part in cut)
    return bool(cut) and not orphans and all(goes_on)


def _lacks_number(above: Piece, upper: PieceCell, part: PieceCell) -> bool:
    """Whether what stands below a cut alone has no number, where the labels above all have one."""
    column = sorted((cell for cell in above.cells if _is_above(cell, upper)), key=_bottom)
    labels = [cell.text for cell in column if cell.text][-FEWEST_NUMBERED:]
    is_numbered = len(labels) == FEWEST_NUMBERED and all(map(_NUMBERED.match, labels))
    return is_numbered and not (_NUMBERED.match(part.text) or _FIGURE.fullmatch(part.text))


def _is_above(cell: PieceCell, upper: PieceCell) -> bool:
    same = abs(cell.x0 - upper.x0) <= EDGE_TOLERANCE and abs(cell.x1 - upper.x1) <= EDGE_TOLERANCE
    return same and cell.bottom <= upper.bottom


def _bottom(cell: PieceCell) -> int:
    return cell.bottom


def _last_row(above: Piece) -> list[PieceCell]:
    return [cell for cell in above.cells if cell.top == above.height - 1]


def _completes(above: Piece, row: list[PieceCell]) -> bool:
    """Whether a row's figures stand above a cut and all of its labels below it."""
    figures = [cell for cell in _last_row(above) if cell.text]
    labels = [cell for cell in row if cell.text]
    if not figures or not labels:
        return False
    apart = max(cell.x1 for cell in labels) <= min(cell.x0 for cell in figures) + EDGE_TOLERANCE
    return (
        apart
        and all(_FIGURE.fullmatch(cell.text) for cell in figures)
        and not any(_FIGURE.fullmatch(cell.text) for cell in labels)
    )


def _fill(above: Piece, below: Piece, row: list[PieceCell]) -> None:
    """Puts the labels below a cut in place of the blanks above it."""
    edge = min(cell.x0 for cell in _last_row(above) if cell.text)
    for cell in _last_row(above):
        if cell.x0 < edge - EDGE_TOLERANCE:
            above.cells.remove(cell)
    for cell in row:
        if cell.x0 >= edge - EDGE_TOLERANCE:
            below.cells.remove(cell)


def _is_rest_of_label(row: list[PieceCell], part: PieceCell, upper: PieceCell) -> bool:
    """Whether a label beside other labels spans rows on both sides of a cut."""
    labels = [cell for cell in row if cell.text and not _FIGURE.fullmatch(cell.text)]
    if not upper.text or not any(cell.x0 >= part.x1 - EDGE_TOLERANCE for cell in labels):
        return False
    if not part.text:
        return True
    spans_rows = part.bottom - part.top > 1 or upper.bottom - upper.top > 1
    return spans_rows and _goes_on(upper, part)


def _goes_on(upper: PieceCell, part: PieceCell) -> bool:
    """Whether a text goes on below the cut: its last line is full, no number opens the rest."""
    if _NUMBERED.match(part.text):
        return False
    first, last = part.text[0], upper.text[-1]
    needed = NARROW if first.isascii() else WIDE
    needed += WIDE if first in _SIGNS or last in _SIGNS else 0.0
    return upper.room < needed + PADDING
