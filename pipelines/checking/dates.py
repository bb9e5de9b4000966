"""Whether title, period and signature agree on the year, and the deadline."""

import re
from collections.abc import Iterator

from parsers.dates import dates_in, find_period
from parsers.records import Problem
from parsers.text import canon
from pipelines.checking.findings import Case, Finding
from pipelines.checking.places import shown

# The claims that `parsers.facts.find_year` weighs.
_CLAIM = re.compile(
    r"(?P<who>declared|title|link text|period in the text|text)(?: \([^)]*\))? says (?P<year>\d+)"
)
_CLAIMS = {
    "declared": "指定的年度",
    "title": "标题",
    "link text": "链接文字",
    "period in the text": "统计期限",
    "text": "正文开头",
}


def date_findings(case: Case) -> Iterator[Finding]:
    """Everything about years, the period and the date of signature."""
    yield from _period(case)
    yield from _signature(case)


def year_conflict(case: Case, problem: Problem) -> Finding:
    """The finding for a conflict of years met in reading."""
    claims = (f"{_CLAIMS[m['who']]} {m['year']}年" for m in _CLAIM.finditer(problem.detail))
    printed = "；".join(dict.fromkeys(claims))
    return case.finding("year_conflict", _stating(case), printed=printed)


def _stating(case: Case) -> tuple[str, ...]:
    """Where the title and the period stand."""
    found = []
    for item in case.document.paragraphs():
        is_title = case.report.title and canon(item.text) == canon(case.report.title)
        if is_title or find_period(item.text[:400]):
            found.append(item.place)
    return tuple(found[:3])


def _period(case: Case) -> Iterator[Finding]:
    start, end = case.report.period_start, case.report.period_end
    if not start or not end or (start[5:], end[5:], start[:4]) == ("01-01", "12-31", end[:4]):
        return
    for item in case.document.paragraphs():
        if (found := find_period(item.text)) and (found.start, found.end) == (start, end):
            printed = shown(found.printed)
            yield case.finding("period_partial", (item.place,), printed=printed, year=end[:4])
            return


def _signature(case: Case) -> Iterator[Finding]:
    signed, year = case.report.signed_date, case.report.year
    if not signed or year is None:
        return
    lines = [item for item in case.document.paragraphs() if signed in dates_in(item.text)]
    place = tuple(item.place for item in lines[-1:])
    if signed <= f"{year}-12-31":
        yield case.finding(
            "signed_early", place, printed=signed, expected=f"{year + 1}年1月1日以后"
        )
        return
    deadline = case.rules.deadline(year, case.report.scope)
    if deadline and signed > f"{year + 1}-{deadline.month_day}":
        month, day = (int(number) for number in deadline.month_day.split("-"))
        expected = f"{year + 1}年{month}月{day}日以前"
        yield case.finding("late", place, printed=signed, expected=expected, basis=deadline.basis)
