"""Which declared row each line of a run is: exact labels first, then broken and near ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from parsers.figures import FigureWords
from parsers.tables.columns import Column
from parsers.tables.heads import is_figure
from parsers.tables.keys import holds_second, label_key
from parsers.tables.labels import Entry, LabelBook, Neighbours
from parsers.tables.placing import is_pair, may_be_value
from parsers.tables.sheets import Box, Line

# The section when it cannot be told; no form has one of that name.
LOST = "?"
# No form has so many rows; comparing the labels of more would only cost time.
MAX_NEAR = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its label. `label` is the index of the label's box, -1 where it has none.

    `entry` is missing where the label is unknown; `how` tells how it was found (`exact`,
    `joined`, `near`). `text` is the label as printed. `doubt` says why the row cannot be taken for
    what its label says.
    """

    line: Line
    label: int
    values: tuple[Box, ...]
    text: str
    entry: Entry | None = None
    how: str = ""
    doubt: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether no value is printed."""
        return all(box.blank for box in self.values)


def resolve(
    lines: Sequence[Line],
    columns: Sequence[Column],
    book: LabelBook,
    words: FigureWords,
    section: str,
) -> tuple[list[Row], str]:
    """The rows of a run and the section that is open after it.

    `section` is the one that was open before. Lines without anything printed are left out.
    """
    limit = min((column.head.col for column in columns), default=0)
    printed = [line for line in lines if line.printed()]
    rows = [_split(line, limit, book, words) for line in printed]
    rows, section = _exact(list(_joined(rows, book)), book, section)
    rows = [_beside_its_section(row, book) for row in _followed(rows, words)]
    rows = [row for row in rows if row.entry or not row.line.loose]
    return _doubted(_near(_in_place(rows), book), words), section


def _split(line: Line, limit: int, book: LabelBook, words: FigureWords) -> Row:
    """The label is the last text left of the figures, with the texts before it if need be.

    A known label further right shows that the row slipped. What else is printed there is no label.
    """
    texts = [index for index in _leading_texts(line, words) if line.boxes[index].starts]
    inside = [index for index in texts if line.layout != "grid" or line.boxes[index].col < limit]
    slipped = [index for index in texts if book.knows(line.boxes[index].text)]
    if not inside or (slipped and slipped[-1] > inside[-1]):
        inside = slipped
    if not inside:
        return Row(line, -1, tuple(box for box in line.boxes if not box.blank), "")
    last = inside[-1]
    return Row(line, last, line.boxes[last + 1 :], _label_text(line, inside, book))


def _label_text(line: Line, texts: Sequence[int], book: LabelBook) -> str:
    """The last text, or as many texts before it as together are a label."""
    for first in reversed(range(len(texts))):
        text = "".join(line.boxes[index].text for index in texts[first:])
        if book.knows(text):
            return text
    return line.boxes[texts[-1]].text


def _leading_texts(line: Line, words: FigureWords) -> Iterator[int]:
    """The indexes of texts before the first figure; a figure before any text numbers the row."""
    seen = False
    for index, box in enumerate(line.boxes):
        if box.blank:
            continue
        if may_be_value(box, words):
            if seen:
                return
            continue
        seen = True
        yield index


def _joined(rows: list[Row], book: LabelBook) -> Iterator[Row]:
    """Rows with labels that were broken over two lines put together again."""
    index = 0
    while index < len(rows):
        row = rows[index]
        after = rows[index + 1] if index + 1 < len(rows) else None
        if after is not None and (whole := _whole(row, after, book)):
            yield whole
            index += 2
        else:
            yield row
            index += 1


def _whole(row: Row, after: Row, book: LabelBook) -> Row | None:
    """Two lines as one row, if only together they are a label and only one has values."""
    if row.label < 0 or after.label < 0 or book.knows(after.text):
        return None
    text = row.text + after.text
    if not book.knows(text) or not (row.is_empty or after.is_empty):
        return None
    return replace(after if row.is_empty else row, text=text, how="joined")


def _exact(rows: list[Row], book: LabelBook, section: str) -> tuple[list[Row], str]:
    """Rows with known labels. One that several sections have must come in the form's order."""
    found: list[Row] = []
    last = -1
    for row in rows:
        entry = book.exact(row.text, section) if row.text else None
        if entry is not None and book.is_shared(row.text) and _goes_back(row, entry, last, found):
            # The section's own head was lost: whose rows these are cannot be told from here on.
            entry, section = None, LOST
        if entry is None and _may_open_section(row, book):
            section = LOST
        if entry is not None:
            section, last = entry.opens or entry.section, entry.index
            row = replace(row, entry=entry, how=row.how or "exact")
        found.append(row)
    return found, section


def _goes_back(row: Row, entry: Entry, last: int, above: Sequence[Row]) -> bool:
    """Whether a row stands behind one that follows it in the form, or is the last one anew.

    The last row printed again with the same cells only repeats it.
    """
    if entry.index != last:
        return entry.index < last
    return not above[-1].entry or _printed_values(above[-1]) != _printed_values(row)


def _printed_values(row: Row) -> list[str]:
    return [box.text.strip() for box in row.values if not box.blank]


def _may_open_section(row: Row, book: LabelBook) -> bool:
    """Whether an unknown row may be the damaged head of a section: without a label, or like one."""
    return not row.is_empty if not row.text else book.like_section(row.text)


def _beside_its_section(row: Row, book: LabelBook) -> Row:
    """Doubts a row right of what heads another section, is another row, or holds two labels."""
    if row.entry is None or row.label < 1:
        return row
    for box in row.line.boxes[: row.label]:
        if box.starts and not box.blank and _is_of_another(box.text, row.entry, row.text, book):
            return replace(row, doubt=f"beside the label of another row, {box.text.strip()[:20]}")
    return row


def _is_of_another(left: str, entry: Entry, text: str, book: LabelBook) -> bool:
    """Whether what stands left of a row's label belongs to another row."""
    if holds_second(left):
        return True
    if book.exact(left, entry.section) is entry or book.knows(left + text):
        return False  # the parts of a cell that was divided, or of a label
    within = any(f"{entry.section}/".startswith(f"{path}/") for path in book.opens(left))
    return book.knows(left) and not within


def _followed(rows: list[Row], words: FigureWords) -> list[Row]:
    """Doubts rows of single cells before a line that may be one of their figures, damaged."""
    return [
        replace(row, doubt=f"cut short by {after.text.strip()[:20]}")
        if row.line.layout == "linear"
        and after.entry is None
        and (_has_digits(after.text) or not any(is_figure(box, words) for box in row.values))
        else row
        for row, after in pairwise(rows)
    ] + rows[-1:]


def _has_digits(text: str) -> bool:
    """Whether digits stand in a text beside the number it begins with."""
    return any(map(str.isdigit, label_key(text).bare or text))


def _in_place(rows: list[Row]) -> list[Row]:
    """Doubts labels without the number that the form gives them unless they stand in its order.

    One lost 不 makes a label another's; its number, or the rows around it, then tell.
    """
    numbers = [label_key(row.text).number if row.entry else "" for row in rows]
    sure = [
        row.entry.index if row.entry and row.entry.number in ("", number) else None
        for row, number in zip(rows, numbers, strict=True)
    ]
    above = list(accumulate(sure, _latest))
    below = list(accumulate(reversed(sure), _latest))[::-1]
    found = list(rows)
    for at, row in enumerate(rows):
        if row.entry is not None and sure[at] is None:
            low, high = above[at], below[at]
            if not (low is None or low < row.entry.index) or not (
                high is None or row.entry.index < high
            ):
                doubt = f"number {numbers[at] or 'missing'}, and out of the form's order"
                found[at] = replace(row, doubt=doubt)
    return found


def _latest(before: int | None, now: int | None) -> int | None:
    return before if now is None else now


def _doubted(rows: list[Row], words: FigureWords) -> list[Row]:
    """Doubts rows without figures beside figures that may be theirs."""
    stray = [_may_be_of_others(row, words) for row in rows]
    return [
        replace(row, doubt="figures without a sure label stand beside it")
        if row.entry and row.is_empty and any(stray[max(0, at - 1) : at + 2])
        else row
        if row.entry
        else replace(row, doubt="")
        for at, row in enumerate(rows)
    ]


def _may_be_of_others(row: Row, words: FigureWords) -> bool:
    """Whether a row has figures, but no sure label, or those of two rows in a cell."""
    if row.is_empty or row.line.layout == "labelled":
        return False
    return row.entry is None or row.doubt != "" or any(is_pair(box, words) for box in row.values)


def _near(rows: list[Row], book: LabelBook) -> list[Row]:
    tries = 0
    taken = {row.entry.index for row in rows if row.entry}
    found = list(rows)
    for index, row in enumerate(rows):
        if row.entry is None and row.text and not row.is_empty and tries < MAX_NEAR:
            tries += 1
            around = Neighbours(_entry(found, index - 1), _entry(found, index + 1))
            if entry := book.near(row.text, around, taken):
                taken.add(entry.index)
                found[index] = replace(row, entry=entry, how="near")
    return found


def _entry(rows: Sequence[Row], index: int) -> Entry | None:
    return rows[index].entry if 0 <= index < len(rows) else None
