"""Titles that a listing cuts short (`某市2025年政府信息公…`): what they may have been."""

import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.titles import Judgement, judge

_CUT = re.compile(r"\s*(?:…|\.{2,}>?|⋯)+\s*$")
# The phrases that close the titles of annual reports, as `parsers.titles` knows them.
_CLOSINGS = (
    "政府信息公开工作年度报告",
    "政府信息公开年度报告",
    "政府信息公开年报",
    "信息公开工作年度报告",
    "信息公开年度报告",
    "政务公开工作年度报告",
)
_LEAST = 3


def cut_stem(title: str) -> str:
    """What is left of a cut title, without spaces; empty if it is not cut."""
    return "".join(_CUT.sub("", title).split()) if _CUT.search(title) else ""


def whole_titles(title: str) -> Iterator[str]:
    """The titles that a cut one may have been, if it ends within the name of a yearly report."""
    stem = cut_stem(title)
    for closing in _CLOSINGS:
        begun = range(len(closing) - 1, _LEAST - 1, -1)
        if length := next((n for n in begun if stem.endswith(closing[:n])), 0):
            yield stem + closing[length:]


def judge_row(
    title: str, *, url: str = "", column: str = "", date: str = "", text: str = ""
) -> Judgement:
    """Judges a row of a listing as `parsers.titles.judge`; a cut title by what it may have been."""
    told = judge(title, url=url, column=column, date=date, text=text)
    if not told.is_report:
        for whole in whole_titles(title):
            if (cut := judge(whole, url=url, column=column, date=date)).is_report:
                return replace(cut, reason="the title is cut and may be that of a report")
    return told
