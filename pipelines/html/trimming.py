"""Takes the page's own lines off the head and foot of a text."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from parsers.records import Problem
from parsers.script import is_traditional, simplified_line
from pipelines.assembly import Draft, Line, problem
from pipelines.html import lines
from pipelines.html.companions import companions
from pipelines.html.drafts import is_furniture, is_text, remains, text_of
from pipelines.html.edges import LONGEST_SIGNATURE, Edges
from pipelines.html.furniture import (
    is_furniture_line,
    is_heading_of_others,
    is_heading_of_terms,
    is_site_foot,
    may_follow_signature,
)
from pipelines.html.home import foreign

FEWEST_LINKS = 3


def trimmed(
    drafts: Sequence[Draft], linked: Collection[int], titles: Collection[str] = ()
) -> tuple[list[Draft], list[Problem]]:
    """The drafts without furniture at the head and foot; in the midst a like line is the text's.

    `linked` numbers the drafts that are nothing but links to other pages; `titles` are what the
    page may call its report. A problem names what was left out although no word of it tells that
    it is furniture: around the title, below the text's end, what the portal says itself, and
    sections that it cuts off.
    """
    read = _in_one_script(drafts)
    end = min(_other_pages_from(read, linked), _others_from(read), _terms_from(read))
    # A short text remains if it has sentences and nothing that was cut off has.
    is_whole = remains(read[:end]) or _has_text(read[:end]) > _has_text(read[end:])
    text = read[:end] if is_whole else read
    edges = Edges(text, linked, titles)
    own = list(edges.own())
    left = {*edges.beside_title(), *edges.below_end(own), *edges.said_by_portal(own)}
    left |= foreign(text, linked, edges.after_title)
    left.update(companions(text, {*range(len(text))}.difference(own) | left))
    cut = drafts[len(text) :]
    told = [drafts[n] for n in own if n in left] + ([*cut] if _has_section(cut) else [])
    return [drafts[n] for n in own if n not in left], _left_out(told)


def _has_section(drafts: Sequence[Draft]) -> bool:
    return any(lines.is_section(text_of(draft)) for draft in drafts)


def _has_text(drafts: Sequence[Draft]) -> bool:
    return any(map(is_text, drafts))


def _left_out(drafts: Sequence[Draft]) -> list[Problem]:
    if not drafts:
        return []
    first = drafts[0]
    text = first.text if isinstance(first, Line) else " ".join(box.text for box in first.boxes)
    detail = f"{len(drafts)} blocks around the text were left out: {text[:60]}"
    return [problem("content_beside", detail, f"html:#{first.source}")]


def _in_one_script(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """The drafts in simplified script, if they are in the traditional one."""
    if not any(is_traditional(text_of(draft)) for draft in drafts):
        return drafts
    return [
        replace(draft, text=simplified_line(draft.text)) if isinstance(draft, Line) else draft
        for draft in drafts
    ]


def _other_pages_from(drafts: Sequence[Draft], linked: Collection[int]) -> int:
    """Where a list of other pages begins that nothing of the text follows."""
    end, links = len(drafts), 0
    for number in reversed(range(len(drafts))):
        draft = drafts[number]
        if number in linked:
            end, links = number, links + 1
        elif not (_is_beside_links(draft) or (not links and _may_follow_links(draft))):
            break
    return end if links >= FEWEST_LINKS else len(drafts)


def _terms_from(drafts: Sequence[Draft]) -> int:
    """Where the terms of the site begin, which may have sections but no table."""
    below = takewhile(lambda n: isinstance(drafts[n], Line), reversed(range(len(drafts))))
    return min((n for n in below if is_heading_of_terms(text_of(drafts[n]))), default=len(drafts))


def _is_beside_links(draft: Draft) -> bool:
    """Whether a line may stand among the links of a list: its date, or furniture."""
    return isinstance(draft, Line) and bool(lines.is_listed_date(draft.text) or is_furniture(draft))


def _may_follow_links(draft: Draft) -> bool:
    """Whether a line is none of the text's, so that it may stand below a list of other pages."""
    return isinstance(draft, Line) and not is_text(draft) and not may_follow_signature(draft.text)


def _others_from(drafts: Sequence[Draft]) -> int:
    """Where other pages, comments, the site's foot or furniture below a signature begin.

    No table and no section follows them, and no attachment the last.
    """
    end, is_attached = len(drafts), False
    for number in reversed(range(len(drafts))):
        draft = drafts[number]
        if not isinstance(draft, Line) or lines.is_section(draft.text):
            break
        is_attached = is_attached or lines.is_attached(draft.text)
        if is_heading_of_others(draft.text) or is_site_foot(draft.text):
            end = number
        elif number and not is_attached and is_furniture_line(draft.text):
            above = text_of(drafts[number - 1])
            if len(above) <= LONGEST_SIGNATURE and lines.is_signed(above):
                end = number
    return end
