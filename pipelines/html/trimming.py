"""Takes the page's own lines off the head and foot of a text."""

import re
from collections.abc import Collection, Sequence

from pipelines.assembly import Draft, Line
from pipelines.html.furniture import is_furniture_line, is_heading_of_others, printed_facts

# Within so many blocks of its head and foot a text may hold furniture.
HEAD_LINES = 6
FOOT_LINES = 10
# A foot is only cut off a text that remains one.
SHORTEST_TEXT = 200
FEWEST_LINKS = 3

_SECTION = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]")
_DATE = re.compile(r"[\[(（【]?\s*(\d{4}[-年./])?\d{1,2}[-月./]\d{1,2}日?\s*[\])）】]?")


def trimmed(drafts: Sequence[Draft], linked: Collection[int]) -> list[Draft]:
    """The drafts without furniture at the head and foot; in the midst a like line is the text's.

    `linked` numbers the drafts that are nothing but links to other pages.
    """
    end = min(_other_pages_from(drafts, linked), _others_from(drafts))
    kept = drafts[:end] if _chars(drafts[:end]) >= SHORTEST_TEXT else drafts
    last = len(kept) - FOOT_LINES
    return [
        draft
        for number, draft in enumerate(kept)
        if HEAD_LINES <= number < last or not _is_furniture(draft)
    ]


def _other_pages_from(drafts: Sequence[Draft], linked: Collection[int]) -> int:
    """Where a list of other pages begins that runs to the end."""
    end, links = len(drafts), 0
    for number in reversed(range(len(drafts))):
        if number in linked:
            end, links = number, links + 1
        elif not _is_beside_links(drafts[number]):
            break
    return end if links >= FEWEST_LINKS else len(drafts)


def _is_beside_links(draft: Draft) -> bool:
    """Whether a line may stand among the links of a list: its date, or furniture."""
    return isinstance(draft, Line) and bool(_DATE.fullmatch(draft.text) or _is_furniture(draft))


def _others_from(drafts: Sequence[Draft]) -> int:
    """Where related pages or readers' comments begin: no table and no section follows them."""
    end = len(drafts)
    for number in reversed(range(len(drafts))):
        draft = drafts[number]
        if not isinstance(draft, Line) or _SECTION.match(draft.text):
            break
        if is_heading_of_others(draft.text):
            end = number
    return end


def _chars(drafts: Sequence[Draft]) -> int:
    return sum(
        len(draft.text) if isinstance(draft, Line) else sum(len(box.text) for box in draft.boxes)
        for draft in drafts
    )


def _is_furniture(draft: Draft) -> bool:
    if not isinstance(draft, Line):
        return False
    return is_furniture_line(draft.text) or len(printed_facts(draft.text)) >= 2
