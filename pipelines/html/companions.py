"""Lines that stand in one element with the page's own: most of a bar or box tells all of it."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, islice

from pipelines.assembly import Draft, Line
from pipelines.html import lines
from pipelines.html.drafts import holder, is_paragraph, is_text, text_of
from pipelines.html.furniture import is_fact_label, is_heading_of_summary, is_plain_fact

# Of so many lines that stand together, this share must be known for the page's.
FEWEST_LINES = 3
KNOWN = 0.6
MOST_SUMMARIES = 3


def companions(drafts: Sequence[Draft], foreign: Collection[int]) -> Iterator[int]:
    """The numbers of short lines most of whose companions in an element are foreign to the text.

    A sentence, a table, a section, a count and the name of a file are no such lines.
    """
    for _, group in groupby(range(len(drafts)), key=lambda n: holder(drafts[n])):
        together = [*group]
        rest = [n for n in together if n not in foreign and not _is_fact(drafts, n, together[0])]
        others = {*together}.difference(rest)
        known = sum(1 for n in others if lines.is_tag(text_of(drafts[n])))
        if len(together) < FEWEST_LINES or known < KNOWN * len(together):
            continue
        if all(_is_tag(drafts[n]) for n in rest):
            yield from (n for n in together if n not in foreign)


def _is_fact(drafts: Sequence[Draft], number: int, first: int) -> bool:
    """Whether a line is the label of a fact about the page, or follows one as its value."""
    text, above = text_of(drafts[number]), text_of(drafts[max(number - 1, first)])
    return is_plain_fact(text) or (is_fact_label(above) and _is_tag(drafts[number]))


def summaries(drafts: Sequence[Draft]) -> Iterator[int]:
    """The numbers of the headings of summaries, and of what stands in their elements with them.

    An element with sections or tables is the text's.
    """
    headings = (n for n, draft in enumerate(drafts) if is_heading_of_summary(text_of(draft)))
    for number in islice(headings, MOST_SUMMARIES):
        draft = drafts[number]
        element = f"{holder(draft) if is_paragraph(draft.source) else draft.source}/"
        within = [n for n, d in enumerate(drafts) if f"{d.source}/".startswith(element)]
        if not any(_is_mark(drafts[n]) for n in within):
            yield from (number, *within)


def _is_mark(draft: Draft) -> bool:
    return not isinstance(draft, Line) or lines.is_section(draft.text)


def _is_tag(draft: Draft) -> bool:
    text = text_of(draft)
    if not isinstance(draft, Line) or not lines.is_tag(text) or lines.is_count(text):
        return False
    return not is_text(draft) or (lines.is_attached(text) and not lines.names_file(text))
