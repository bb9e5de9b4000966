"""Takes the page's own lines off the head and foot of a text."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from parsers.records import Problem
from parsers.script import is_traditional, simplified_line
from pipelines.assembly import Draft, Line, problem
from pipelines.html.furniture import (
    is_around,
    is_furniture_line,
    is_heading_of_others,
    is_said_by_portal,
    is_site_foot,
    may_follow_signature,
    printed_facts,
)

# Within so many blocks of its head and foot a text may hold furniture.
HEAD_LINES = 6
FOOT_LINES = 10
# A foot is only cut off a text that remains one.
SHORTEST_TEXT = 200
FEWEST_SECTIONS = 3
FEWEST_LINKS = 3
FEWEST_FACTS = 3
# Beyond so many blocks from its ends a text has begun.
MOST_AROUND = 16
SHORTEST_SENTENCE = 8
LONGEST_SIGNATURE = 40

_SECTION = re.compile(r"\s*[(（]?[一二三四五六七八九十]{1,3}\s*[)）、.．]")
_DAY = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(\s*[星期周][期一二三四五六日天]{1,2})?")
_LABELLED = re.compile(r"[(（]?[^\s:：。，、()（）]{2,8}\s*[:：][^。；]{0,60}")
_DATE = re.compile(r"[\[(（【]?\s*(\d{4}[-年./])?\d{1,2}[-月./]\d{1,2}日?\s*[\])）】]?")
_SIGNED = re.compile(r"[年月].{1,3}日[)）]?\s*\Z")
_ATTACHED = re.compile(r"\s*[(（]?(附件|附表|附[:：]|注[:：]|备注|说明[:：]|此件)")


def trimmed(drafts: Sequence[Draft], linked: Collection[int]) -> tuple[list[Draft], list[Problem]]:
    """The drafts without furniture at the head and foot; in the midst a like line is the text's.

    `linked` numbers the drafts that are nothing but links to other pages. A problem names what
    stands below the signature and was left out although no word of it tells that it is furniture,
    and what the portal says above the text in whole sentences.
    """
    read = _in_one_script(drafts)
    end = min(_other_pages_from(read, linked), _others_from(read))
    kept = read[:end] if _remains(read[:end]) else read
    own = list(_own(kept))
    signed = _signed_at(kept)
    left = [n for n in own[:HEAD_LINES] if _is_said_by_portal(kept[n])]
    left += [n for n in own if n > signed and _is_none_of_the_text(kept[n])]
    return [drafts[n] for n in own if n not in left], _left_out([drafts[n] for n in left])


def _own(drafts: Sequence[Draft]) -> Iterator[int]:
    """The numbers of the drafts that are not the page's own by their words."""
    last = len(drafts) - FOOT_LINES
    begin, finish = _head(drafts), len(drafts) - _around(drafts[::-1])
    facts = _labelled(drafts[:begin])
    for number, draft in enumerate(drafts):
        is_outer = not HEAD_LINES <= number < last
        is_outside = not begin <= number < finish
        if number in facts or (number < begin and _is_day(draft)):
            continue
        if not ((is_outer and _is_furniture(draft)) or (is_outside and _is_said_of_page(draft))):
            yield number


def _is_none_of_the_text(draft: Draft) -> bool:
    """Whether a block below the signature is a line like none that follows one."""
    return isinstance(draft, Line) and not may_follow_signature(draft.text)


def _is_said_by_portal(draft: Draft) -> bool:
    return isinstance(draft, Line) and is_said_by_portal(draft.text)


def _left_out(drafts: Sequence[Draft]) -> list[Problem]:
    lines = [draft for draft in drafts if isinstance(draft, Line)]
    if not lines:
        return []
    detail = f"{len(lines)} lines around the text were left out: {lines[0].text[:60]}"
    return [problem("content_beside", detail, f"html:#{lines[0].source}")]


def _signed_at(drafts: Sequence[Draft]) -> int:
    """The number of the signature's date at the text's foot, which only short lines may follow."""
    found = len(drafts)
    for number in range(len(drafts) - 1, max(-1, len(drafts) - MOST_AROUND - 1), -1):
        draft = drafts[number]
        if not isinstance(draft, Line) or len(draft.text) > LONGEST_SIGNATURE:
            break
        if _SIGNED.search(draft.text):
            found = number
        elif _is_text(draft):
            break
    return found


def _in_one_script(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """The drafts in simplified script, if they are in the traditional one."""
    lines = [draft for draft in drafts if isinstance(draft, Line)]
    if not any(is_traditional(line.text) for line in lines):
        return drafts
    return [
        replace(draft, text=simplified_line(draft.text)) if isinstance(draft, Line) else draft
        for draft in drafts
    ]


def _head(drafts: Sequence[Draft]) -> int:
    """How many drafts come before the text; the date of a label is no signature there."""
    before = takewhile(
        lambda d: not _is_text(d) or _is_labelled(d) or _is_said_by_portal(d), drafts[:MOST_AROUND]
    )
    return sum(1 for _ in before)


def _labelled(head: Sequence[Draft]) -> set[int]:
    """The lines above a text that are labels with their values, where there are several."""
    found = {number for number, draft in enumerate(head) if _is_labelled(draft)}
    return found if len(found) >= FEWEST_FACTS else set()


def _is_day(draft: Draft) -> bool:
    """Whether a line is a day as portals write it above a text, be it with its weekday."""
    return isinstance(draft, Line) and _DAY.fullmatch(draft.text) is not None


def _is_labelled(draft: Draft) -> bool:
    return isinstance(draft, Line) and _LABELLED.fullmatch(draft.text) is not None


def _around(drafts: Sequence[Draft]) -> int:
    """How many drafts come before the first that is surely the text's own."""
    return sum(1 for _ in takewhile(lambda draft: not _is_text(draft), drafts[:MOST_AROUND]))


def _is_text(draft: Draft) -> bool:
    """Whether a block is surely of the text: a table, a sentence, a section, a signature's date."""
    if not isinstance(draft, Line):
        return True
    text = draft.text
    if _SECTION.match(text) or _SIGNED.search(text) or _ATTACHED.match(text):
        return True
    return len(text) >= SHORTEST_SENTENCE and text.rstrip("”）)").endswith(("。", "；", ";"))


def _remains(drafts: Sequence[Draft]) -> bool:
    """Whether what is left of a text after its foot was cut off is one still."""
    sections = sum(1 for d in drafts if isinstance(d, Line) and _SECTION.match(d.text))
    return sections >= FEWEST_SECTIONS or _chars(drafts) >= SHORTEST_TEXT


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


def _is_beside_links(draft: Draft) -> bool:
    """Whether a line may stand among the links of a list: its date, or furniture."""
    return isinstance(draft, Line) and bool(_DATE.fullmatch(draft.text) or _is_furniture(draft))


def _may_follow_links(draft: Draft) -> bool:
    """Whether a line is none of the text's, so that it may stand below a list of other pages."""
    return isinstance(draft, Line) and not _is_text(draft) and _is_none_of_the_text(draft)


def _others_from(drafts: Sequence[Draft]) -> int:
    """Where other pages, readers' comments or the site's foot begin.

    No table and no section follows them.
    """
    end = len(drafts)
    for number in reversed(range(len(drafts))):
        draft = drafts[number]
        if not isinstance(draft, Line) or _SECTION.match(draft.text):
            break
        if is_heading_of_others(draft.text) or is_site_foot(draft.text):
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


def _is_said_of_page(draft: Draft) -> bool:
    return isinstance(draft, Line) and is_around(draft.text)
