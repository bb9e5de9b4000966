"""What stands around a row tells whether the figures beside its label are its own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from parsers.tables.columns import Column
from parsers.tables.labels import Entry, LabelBook
from parsers.tables.rows import Row
from parsers.tables.shapes import Shape


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A row known as `entry`, the rows below it, and the columns and shape of its run."""

    row: Row
    entry: Entry
    below: Sequence[Row]
    columns: tuple[Column, ...]
    shape: Shape
    book: LabelBook
    heads_each_section: bool = False

    def may_be_a_part(self, sections_met: Collection[str]) -> bool:
        """Whether figures beside a section's head may be those of a row in it that lost its label.

        So they may if the head stretches over rows, or stands in a line of another size, or if the
        section's first row is missing below. Where a cell is blank beside the head, the head is a
        row only if no row of the section is printed and the next one follows the whole section.
        """
        row, entry = self.row, self.entry
        slipped = row.line.size != self.shape.usual_size and row.line.layout != "linear"
        unknown_below = any(not other.entry for other in self.below[:1])
        if slipped or row.line.boxes[row.label].height > 1 or unknown_below:
            return True
        following = next((item.entry for item in self.below if item.entry), None)
        real = sum(not box.missing for box in row.values)
        if real > len(self.columns) and row.values[0].blank:
            parts = entry.opens in sections_met
            return parts or following is None or not self._passes(following)
        inside = following is not None and following.section == entry.opens != ""
        return inside and following is not None and following.index != entry.index + 1

    def may_hold_another(self) -> bool:
        """Whether cells of single lines may be of two rows, the second one without its label.

        Where blank cells left no line, two short rows together look like a full one: only the
        form's next row below proves that none stood between.
        """
        if len(self.columns) < 2 or any(not column.is_figure for column in self.columns):
            return False  # a unit between the figures would show the second row
        if not self.below:
            rest = self.book.entries[self.entry.index + 1 :]
            if self.heads_each_section:  # the next section's rows stand below heads of their own
                rest = tuple(item for item in rest if item.section == self.entry.section)
            return bool(rest)
        after = self.below[0].entry
        return after is None or not self._follows(after)

    def _follows(self, other: Entry) -> bool:
        """Whether a row is the form's next, or the next after the whole of the section."""
        passed = self.entry.opens != "" and self._passes(other)
        return other.index == self.entry.index + 1 or passed

    def _passes(self, following: Entry) -> bool:
        """Whether the form has only the section's own rows between its head and a row."""
        between = self.book.entries[self.entry.index + 1 : following.index]
        outside = following.index > self.entry.index and following.section != self.entry.opens
        return outside and all(item.section == self.entry.opens for item in between)
