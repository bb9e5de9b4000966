"""What stands below a signed text in other elements than the text does: the page's own.

A report ends with its date. Disclaimers, readers' words and addresses that follow it in an
element beside the text's are told by that alone, however much they look like sentences.
"""

from collections import Counter
from collections.abc import Sequence

from pipelines.assembly import Draft, Line
from pipelines.html import lines
from pipelines.html.drafts import text_of
from pipelines.html.furniture import is_of_signature

# So many lines before the date stand in its element where that is the text's.
FEWEST_BESIDE = 3
LONGEST_SIGNATURE = 40


def beyond_text(drafts: Sequence[Draft]) -> range:
    """The numbers of the lines below a signed text's element; none where that is not sure.

    Tables, sections, attachments and figures below it may be the report's, so that nothing is told
    there, and a date with less above it than below is the title's; what may follow a signature is
    the report's until another line stands between.
    """
    homes = [draft.source.rpartition("/")[0] for draft in drafts]
    above = Counter(homes)
    for number in reversed(range(len(drafts))):
        draft = drafts[number]
        if not isinstance(draft, Line) or _may_be_of_report(draft.text):
            break
        above[homes[number]] -= 1
        if len(draft.text) > LONGEST_SIGNATURE or not lines.is_signed(draft.text):
            continue
        beside = above[homes[number]]
        if beside >= FEWEST_BESIDE and 2 * beside > number:
            below = range(number + 1, len(drafts))
            first = next((n for n in below if not is_of_signature(text_of(drafts[n]))), None)
            is_end = first is not None and homes[number] not in homes[number + 1 :]
            is_end = is_end and _size(drafts[:number]) > _size(drafts[number + 1 :])
            return range(first or 0, len(drafts)) if is_end else range(0)
    return range(0)


def _size(drafts: Sequence[Draft]) -> int:
    return sum(len(text_of(draft)) for draft in drafts)


def _may_be_of_report(text: str) -> bool:
    return lines.is_section(text) or lines.is_attached(text) or lines.has_figure(text)
