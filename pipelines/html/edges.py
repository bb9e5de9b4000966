"""Where a text begins and ends, and what at its head and foot is the page's own."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile

from pipelines.assembly import Draft, Line
from pipelines.html import lines
from pipelines.html.drafts import (
    is_day,
    is_furniture,
    is_labelled,
    is_said_of_page,
    is_text,
    remains,
    text_of,
)
from pipelines.html.furniture import (
    is_furniture_anywhere,
    is_furniture_line,
    is_said_by_portal,
    may_follow_signature,
)

# Within so many blocks of its head and foot a text may hold furniture.
HEAD_LINES = 6
FOOT_LINES = 10
FEWEST_FACTS = 3
# Beyond so many blocks from its ends a text has begun.
MOST_ABOVE = 60
MOST_BELOW = 16
# So many sentences a portal may say of a column above the title.
MOST_ABOUT = 2
LONGEST_SIGNATURE = 40
# Labels may begin alike; a teaser goes on longer.
SHORTEST_TEASER = 8
# A table of facts about a page has no more figures: the visits, perhaps a number.
MOST_FIGURES = 2


class Edges:
    """Where a text begins and ends, and what at its head and foot is not its own.

    `after_title` numbers the first block below the title; it is 0 where there is none.
    """

    def __init__(
        self, drafts: Sequence[Draft], linked: Collection[int], titles: Collection[str]
    ) -> None:
        self._drafts = drafts
        self._texts = [text_of(draft) for draft in drafts]
        self._linked = linked
        self._titles = self._found_titles(titles)
        self.after_title = self._titles[-1] + 1 if self._titles else 0
        self._begin = self.after_title + _head(drafts[self.after_title :])
        self._finish = _finish(drafts)
        self._signed = _signed_at(drafts)

    def _found_titles(self, titles: Collection[str]) -> list[int]:
        """The lines above the text that are its title.

        A sentence about the column and a table of facts may stand above the first of them.
        """
        found: list[int] = []
        sentences = 0
        for number, draft in enumerate(self._drafts[:MOST_ABOVE]):
            text = self._texts[number]
            if not isinstance(draft, Line):
                if found or sum(lines.is_figure(box.text) for box in draft.boxes) > MOST_FIGURES:
                    break
            elif lines.is_title(text, titles):
                found.append(number)
            elif lines.is_section(text) or (sentences and found) or sentences > MOST_ABOUT:
                break
            else:
                sentences += is_text(draft) and not _may_head(draft)
        return found

    def own(self) -> Iterator[int]:
        """The numbers of the drafts that are not the page's own by their words."""
        last = len(self._drafts) - FOOT_LINES
        facts = _labelled(self._drafts[: self._begin])
        for number, draft in enumerate(self._drafts):
            is_outer = not HEAD_LINES <= number < last
            is_above = number < self._begin
            is_outside = is_above or number >= self._finish
            if number in facts or (is_above and is_day(draft)):
                continue
            if is_furniture_anywhere(self._texts[number]) or self._is_in_bar(number):
                continue
            if is_outer and is_furniture(draft):
                continue
            if is_outside and is_said_of_page(draft) and not self._is_among_counts(number):
                continue
            yield number

    def _is_among_counts(self, number: int) -> bool:
        """Whether a line and those above and below it all count: rows of a table in lines."""
        around = self._texts[max(0, number - 1) : number + 2]
        return len(around) > 2 and all(map(lines.has_count, around))

    def _is_in_bar(self, number: int) -> bool:
        """Whether a line is one of several pieces of furniture that stand together."""
        beside = self._texts[max(0, number - 1) : number] + self._texts[number + 1 : number + 2]
        return _is_button(self._texts[number]) and any(map(_is_button, beside))

    def beside_title(self) -> Iterator[int]:
        """Lines above the title and below it that are not the text's by where they stand."""
        if not self._titles:
            return
        title = self._titles[-1]
        yield from (n for n in range(title + 1, self._begin) if lines.is_fact(self._texts[n]))
        for number in range(title):
            if number in self._titles and (number not in self._linked or title in self._linked):
                continue
            is_next = number == title - 1
            if not lines.may_precede_title(self._texts[number], self._texts[title], is_next):
                yield number

    def below_end(self, own: Collection[int]) -> Iterator[int]:
        """Lines below the text's end: like none that follows one, or below the page's own.

        Figures there are those of a table whose cells are lines: such an end is left as it is.
        """
        end = min(self._finish, self._signed)
        if not remains(self._drafts[:end]):
            yield from self._below_short_text(end, own)
            return
        if end < len(self._drafts) and lines.is_heading(self._texts[end - 1]):
            end += 1
        below = range(end, len(self._drafts))
        first = next((n for n in below if n not in own), len(self._drafts))
        has_figures = any(lines.has_figure(text) for text in self._texts[end:first])
        is_over = False
        for number in below:
            text = self._texts[number]
            if number not in own:
                is_over = True
            elif text and (is_said_by_portal(text) or not lines.is_text(text)):
                may_follow = has_figures or _may_follow(text, number > self._signed)
                is_over = is_over or not may_follow
                if is_over and not lines.is_count(text):
                    yield number

    def _below_short_text(self, end: int, own: Collection[int]) -> Iterator[int]:
        """What the portal says below a text of few words, and tags below what is not the text's."""
        is_over = False
        for number in range(end, len(self._drafts)):
            text = self._texts[number]
            is_over = is_over or number not in own
            is_tag = not _may_follow(text, is_signed=False) and not lines.is_text(text)
            if is_said_by_portal(text) or (is_over and text and is_tag):
                yield number

    def said_by_portal(self, own: Sequence[int]) -> Iterator[int]:
        """What the portal says above the text in whole sentences, its beginning among them."""
        for place, number in enumerate(own[:HEAD_LINES]):
            below = (self._texts[n] for n in own[place + 1 : place + 1 + HEAD_LINES])
            if is_said_by_portal(self._texts[number]) or _is_teaser(self._texts[number], below):
                yield number


def _is_button(text: str) -> bool:
    """Whether a line is furniture that counts nothing."""
    is_known = is_furniture_line(text) or is_furniture_anywhere(text)
    return is_known and not any(map(str.isdigit, text))


def _is_teaser(text: str, below: Iterable[str]) -> bool:
    """Whether a line is the beginning of a text, broken off, that stands below in whole."""
    cut = text.rstrip("….")
    if len(cut) < SHORTEST_TEASER or (cut == text and "，" not in text):
        return False
    begin = cut if cut == text else cut[:SHORTEST_TEASER]
    return any(len(other) > len(cut) and other.startswith(begin) for other in below)


def _may_follow(text: str, is_signed: bool) -> bool:
    """Whether a line below the last sure words of a text may be the text's own."""
    if is_said_by_portal(text):
        return False
    return may_follow_signature(text) or (not is_signed and lines.may_be_text(text))


def _signed_at(drafts: Sequence[Draft]) -> int:
    """The number of the signature's date at the text's foot, which only short lines may follow."""
    found = len(drafts)
    for number in range(len(drafts) - 1, max(-1, len(drafts) - MOST_BELOW - 1), -1):
        draft = drafts[number]
        if isinstance(draft, Line) and is_said_by_portal(draft.text):
            continue
        if not isinstance(draft, Line):
            break
        if len(draft.text) > LONGEST_SIGNATURE:
            if lines.may_be_text(draft.text) and not is_said_of_page(draft):
                break
        elif lines.is_signed(draft.text):
            found = number
        elif is_text(draft):
            break
    return found


def _head(drafts: Sequence[Draft]) -> int:
    """How many drafts come before the text; a date or the date of a label is no signature there."""
    return sum(1 for _ in takewhile(_may_head, drafts[:MOST_ABOVE]))


def _may_head(draft: Draft) -> bool:
    return not is_text(draft) or is_labelled(draft) or lines.is_date(text_of(draft))


def _finish(drafts: Sequence[Draft]) -> int:
    """How many drafts there are to the last that is surely the text's own."""
    below = takewhile(lambda draft: not is_text(draft), drafts[: -MOST_BELOW - 1 : -1])
    return len(drafts) - sum(1 for _ in below)


def _labelled(head: Sequence[Draft]) -> set[int]:
    """The lines above a text that tell facts of the page by labels, where there are several."""
    labelled = (number for number, draft in enumerate(head) if is_labelled(draft))
    found = {number for number in labelled if lines.is_fact(text_of(head[number]))}
    return found if len(found) >= FEWEST_FACTS else set()
