"""A second opinion on which part of a page is its report, asked for only in doubt.

It never changes what was chosen: what the two disagree on is recorded, so that such pages can be
found and looked at.
"""

import re
from collections.abc import Iterable
from importlib import import_module

from parsers.records import Problem
from pipelines.assembly import Draft, Line, problem

LONGEST_PAGE = 2_000_000
SHORTEST_SENTENCE = 8
AGREEMENT = 0.6

_SENTENCES = re.compile(r"[，。；！？、：\s|\t]+")


def disagreement(source: str, drafts: Iterable[Draft]) -> list[Problem]:
    """A problem if trafilatura takes another part of the page for the text."""
    if len(source) > LONGEST_PAGE:
        return []
    own = "".join("".join(_texts(draft)) for draft in drafts)
    told = import_module("trafilatura").extract(source, fast=True, include_tables=True) or ""
    theirs = [one for one in _SENTENCES.split(told) if len(one) >= SHORTEST_SENTENCE]
    own = "".join(own.split())
    total = sum(map(len, theirs))
    shared = sum(len(one) for one in theirs if one in own)
    if not total or shared >= AGREEMENT * total:
        return []
    detail = (
        f"a second extractor finds {total} characters of text, of which {shared} are in the "
        f"{len(own)} that were chosen"
    )
    return [problem("content_disagreement", detail)]


def _texts(draft: Draft) -> Iterable[str]:
    return [draft.text] if isinstance(draft, Line) else (box.text for box in draft.boxes)
