"""What the blocks of a page are by their words: text of a report, labels, furniture."""

import re
from collections.abc import Sequence

from pipelines.assembly import Draft, Line, Table
from pipelines.html import lines
from pipelines.html.furniture import (
    is_around,
    is_fact_label,
    is_furniture_line,
    is_said_by_portal,
    printed_facts,
)

# What remains of a text is one still if it has so many sections or characters.
FEWEST_SECTIONS = 3
# A table of facts has so many labels, so large a share of its cells, and no more cells.
FEWEST_LABELS = 2
LABELS = 0.3
MOST_FACTS = 40
SHORTEST_TEXT = 200

_PARAGRAPH = re.compile(r"/(p|span|li|h\d|table|font|b|strong)(\[\d+\])?\Z")


def text_of(draft: Draft) -> str:
    """The text of a line; empty for a table."""
    return draft.text if isinstance(draft, Line) else ""


def holder(draft: Draft) -> str:
    """The path of the element around that of a block."""
    return draft.source.rpartition("/")[0]


def is_paragraph(path: str) -> bool:
    """Whether a path is that of an element which holds one paragraph or table, seldom others."""
    return _PARAGRAPH.search(path) is not None


def is_text(draft: Draft) -> bool:
    """Whether a block is surely of the text: a table, or a line that is by its words."""
    if not isinstance(draft, Line):
        return not is_fact_table(draft)
    text = draft.text
    if is_said_by_portal(text) or (lines.is_attached(text) and is_furniture_line(text)):
        return False
    return lines.is_text(text)


def is_day(draft: Draft) -> bool:
    """Whether a line is a day as portals write it above a text, be it with its weekday."""
    return isinstance(draft, Line) and lines.is_day(draft.text)


def is_labelled(draft: Draft) -> bool:
    """Whether a line is a label with its value."""
    return isinstance(draft, Line) and lines.is_labelled(draft.text)


def _chars(drafts: Sequence[Draft]) -> int:
    return sum(
        len(draft.text) if isinstance(draft, Line) else sum(len(box.text) for box in draft.boxes)
        for draft in drafts
    )


def is_furniture(draft: Draft) -> bool:
    """Whether a line is furniture, or several facts that become meta values."""
    if not isinstance(draft, Line):
        return is_fact_table(draft)
    return is_furniture_line(draft.text) or len(printed_facts(draft.text)) >= 2


def is_fact_table(table: Table) -> bool:
    """Whether a table tells facts about its page: labels of such facts beside their values."""
    if not FEWEST_LABELS <= len(table.boxes) <= MOST_FACTS:
        return False
    found = sum(1 for box in table.boxes if is_fact_label(box.text))
    return found >= max(FEWEST_LABELS, LABELS * len(table.boxes))


def is_said_of_page(draft: Draft) -> bool:
    """Whether a line has words that speak of the page."""
    return isinstance(draft, Line) and is_around(draft.text)


def remains(drafts: Sequence[Draft]) -> bool:
    """Whether what is left of a text after its foot was cut off is one still."""
    sections = sum(1 for d in drafts if isinstance(d, Line) and lines.is_section(d.text))
    return sections >= FEWEST_SECTIONS or _chars(drafts) >= SHORTEST_TEXT
