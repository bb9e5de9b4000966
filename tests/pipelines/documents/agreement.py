"""How much of a page's text is the report of `sample`, and how much is the page's own."""

from collections import Counter
from itertools import pairwise

from parsers.records import Document
from pipelines.markdown import clean_text
from tests.pipelines.documents import sample


def f1(found: str, wanted: str) -> float:
    """Agreement of two texts by the pairs of their characters."""
    one, other = (Counter(pairwise("".join(text.split()))) for text in (found, wanted))
    shared = sum((one & other).values())
    return 2 * shared / (sum(one.values()) + sum(other.values()))


def wanted_text() -> str:
    pieces = []
    for block in sample.sample().blocks[1:]:
        if isinstance(block, str):
            pieces.append(block)
        else:
            pieces.extend(text for row in block for text, _, _ in row)
    return "\n".join(pieces)


def without_title(document: Document) -> str:
    return clean_text(document).replace(sample.TITLE, "", 1)
