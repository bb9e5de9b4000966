"""Tells annual reports on open government information from everything else by their titles.

The rule: the phrase that names the report must close the title (but for a bracket or a file's
ending), what stands before it must be a body and a year, and nothing may say that the document is
*about* such reports (a notice, news, a guide) or of a body that the regulation does not cover.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from urllib.parse import unquote

import opencc

from parsers import title_patterns as patterns
from parsers.dates import bare_years_in, first_date, numeral_year, years_in
from parsers.openings import OF_OTHER_BODIES, judge_text
from parsers.title_bodies import cut_agency, named_behind

# Longer texts are no titles; the bound keeps matching cheap.
MAX_TITLE = 300
# Lines at the head of a text in which its title stands.
MAX_LINES = 6
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_TRADITIONAL = re.compile(r"[開報務編製國辦廳關於發佈總結讀觀錄縣區鄉鎮蘇計劃環質門決規學衛業]")
# What the phrase that names a report ends with (告, 报, 结), also as traditional characters.
_NAMED = re.compile("[告报報\U0002f857结結]")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a document is an annual report, why, of which year and of whom as printed."""

    is_report: bool
    reason: str
    year: int | None
    agency: str


@cache
def _to_simplified() -> "opencc.OpenCC":
    return opencc.OpenCC("t2s")


# The first lines of a text are asked for as its title, its opening and its end.
@lru_cache(maxsize=256)
def matching_title(title: str) -> str:
    """The title as a key: no white space, one width, simplified characters."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", title))
    return str(_to_simplified().convert(text)) if _TRADITIONAL.search(text) else text


# What a title says is asked of it several times while it is judged.
@lru_cache(maxsize=256)
def _phrase(key: str) -> re.Match[str] | None:
    """The first phrase naming such a report after which only a permitted tail follows."""
    found = [match for named in patterns.NAMES for match in named.finditer(key)]
    closing = [match for match in found if _closes(key[match.end() :])]
    return min(closing, key=lambda match: match.end(), default=None)


def _closes(tail: str) -> bool:
    """Whether what follows leaves the phrase the title: a permitted tail, the body, the column."""
    behind = patterns.BEHIND.match(tail)
    if behind and (
        patterns.BODY.fullmatch(behind["body"]) or patterns.PHRASE.fullmatch(behind["body"])
    ):
        return True
    return bool(patterns.TAIL.match(tail))


@lru_cache(maxsize=256)
def _title_year(key: str) -> int | None:
    """The year nearest before the phrase, else the first one printed."""
    phrase = _phrase(key)
    if phrase is not None and (near := years_in(key[: phrase.end()])):
        return near[-1]
    key = patterns.DATE.sub("", key)
    printed = [*years_in(key), *bare_years_in(key)]
    if printed:
        return printed[0]
    match = re.search(r"[二2][〇○零0Oo][〇○零0一二三四][〇○零0一二三四五六七八九]", key)
    return numeral_year(match[0]) if match else None


def _year_beside(url: str, column: str, date: str, text: str) -> int | None:
    """The year from what surrounds a title without one; a date means the year before it."""
    if said := judge_text(text).year:
        return said
    if years := years_in(column):
        return years[0]
    match = patterns.URL_YEAR.search(url)
    if match:
        return int(match[1] or match[2] or match[3])
    stated = first_date(date) or date
    if re.match(r"20[0-4]\d", stated):
        return int(stated[:4]) - 1
    match = patterns.URL_DATE.search(url)
    return int(match[1]) - 1 if match else None


def _refusal(key: str, phrase: re.Match[str] | None, front: str) -> str:
    """Why a title names no report, `front` being what stands before it; empty where it does."""
    bare = patterns.IN_NAMES.sub("", patterns.CONTAINED.sub("", key))
    about = patterns.ABOUT.search(bare) or patterns.RETOLD.search(front + bare)
    if about:
        return f"about reports or of another kind: {about[0]}"
    if phrase is None:
        return "no phrase naming an annual report closes the title"
    before = key[: phrase.start()]
    stem = patterns.TOLD_ABOUT.sub("", before)
    news = patterns.NEWS.search(
        re.sub(r"(?:信息|政务|主动)公开", "", patterns.IN_NAMES.sub("", stem))
    )
    if news:
        return f"news or a task: {news[0]}"
    if _title_year(key) is None and key.endswith(("公布", "公示")):
        return "news of reports of no named year"
    body = re.sub(r"(?:关于|的|年度|\([^()]*\))+$", "", patterns.YEAR_IN_TITLE.sub("", before))
    aside = patterns.BRACKET.match(key[phrase.end() :])
    for name in (body, aside[1] if aside else ""):
        other = patterns.OTHER_BODIES.search(name)
        if other and not patterns.STILL_COVERED.search(name):
            return f"a body of another kind: {other[0]}"
    if patterns.SEVERAL_BODIES.search(body):
        return "of several bodies"
    if phrase[0].startswith("信息") and body and not patterns.BODY.fullmatch(body):
        return "of one subject, not of a body's whole work"
    if "年" not in phrase[0] and _title_year(key) is None:
        return "neither a year nor 年度 is named"
    return ""


def _main_part(title: str) -> str:
    """The part of a page's title that names the document: `title_column_site`."""
    keys = (
        _named_itself(patterns.DOC_NUMBER.sub("", matching_title(part)))
        for part in patterns.PARTS.split(title)
    )
    parts = [key for key in keys if key]
    named = [key for key in parts if _phrase(key)]
    return max(named, key=_telling, default="".join(parts))


def _named_itself(key: str) -> str:
    """The key of the report where the title is that of the notice by which a body publishes it."""
    return patterns.CARRIED.sub("", key) if patterns.TOLD_ABOUT.search(key) else key


def _telling(key: str) -> bool:
    """Whether a part says whose report it is, or of which year, as a column's name does not."""
    phrase = _phrase(key)
    return phrase is not None and bool(_title_year(key) or cut_agency(key[: phrase.start()]))


def _only_the_kind(key: str, phrase: re.Match[str] | None, date: str, text: str) -> bool:
    """Whether a title names neither body nor year, as that of a column does, and nothing helps."""
    if phrase is None or _title_year(key) is not None or cut_agency(key[: phrase.start()]):
        return False
    return not date and not judge_text(text).is_report


def _of_whom(phrase: re.Match[str], text: str) -> str:
    """Why a title without a body is none of a government's: 信息公开 alone may be a school's."""
    said = judge_text(text).reason if text and phrase[0].startswith("信息") else ""
    return said if said == OF_OTHER_BODIES else ""


def _without_title(url: str, column: str, text: str) -> tuple[bool, str]:
    if text:
        said = judge_text(text)
        return said.is_report, said.reason
    if patterns.URL_REPORT.search(unquote(url)):
        return True, "no title; the address is one of annual reports"
    if _is_of_reports(column):
        return True, "no title; the column is one of annual reports"
    return False, "no title"


def _is_of_reports(column: str) -> bool:
    """Whether a column is by its name one of annual reports on open government information."""
    key = matching_title(column)
    named = _phrase(key) is not None or key.endswith("公开年报")
    return named and not patterns.ABOUT.search(key)


def _first_lines(text: str) -> list[str]:
    """The first lines of a text up to a sentence or numbered heading, without paths of the site."""
    head = patterns.HEADING_WITHIN.sub("\n", text[:MAX_TITLE])
    lines = [line.strip() for line in head.splitlines() if line.strip()][:MAX_LINES]
    named = [line for line in lines if not patterns.SITE_PATH.search(line)]
    ends = (
        index for index, line in enumerate(named) if patterns.NO_TITLE.search(matching_title(line))
    )
    return named[: next(ends, len(named))]


def _titled(text: str) -> Judgement | None:
    """What the first line of a text says, or the first lines that together name body and year."""
    lines = _first_lines(text)
    first = judge(lines[0]) if lines else None
    if first is not None and first.is_report:
        return _continued(first, lines[:2])
    if first is not None and _speaks(first) and not may_be_of_page(lines[0], first):
        return first
    for begin in range(len(lines)):
        for end in range(begin + 1, len(lines) + 1):
            judged = judge("".join(lines[begin:end]))
            if judged.is_report and judged.agency and judged.year:
                return _continued(judged, lines[begin : end + 1])
    return first if first is not None and _speaks(first) else None


def may_be_of_page(line: str, judged: Judgement) -> bool:
    """Whether a line about reports may be the page's (通知公告, 公开指南), not the document's."""
    return judged.year is None and "关于" not in line


def _continued(judged: Judgement, lines: list[str]) -> Judgement:
    """What a title says, or with the next line: 关于…年度报告 / 编制工作的通知."""
    longer = judge("".join(lines))
    return longer if longer.reason.startswith(("about", "news")) else judged


def goes_on(line: str) -> bool:
    """Whether a line ends a title that the lines before it begin, as one of a notice."""
    return len(line) <= MAX_TITLE and bool(patterns.GOES_ON.fullmatch(matching_title(line)))


def _speaks(judged: Judgement) -> bool:
    return judged.is_report or judged.reason.startswith(("about", "news", "a body"))


def judge(
    title: str, *, url: str = "", column: str = "", date: str = "", text: str = ""
) -> Judgement:
    """Judges a listing row or page: is it an annual report, of whom, of which year?

    Args:
        title: the title as printed; may be empty.
        url: its address; speaks only where title and text are silent.
        column: the column it is listed in.
        date: the date beside it, ISO or as printed.
        text: the beginning of the text, where known.

    Returns:
        The judgement; `agency` is as printed, simplified, without year or joints.
    """
    title = title[:MAX_TITLE]
    if url or column or date or text:
        return _judged(title, url, column, date, text)
    return _judged_alone(title)


def names_report(line: str) -> bool:
    """Whether `judge` takes a line for the title of a report; soon told of most lines of a text."""
    if not _NAMED.search(line) or _phrase(_main_part(line[:MAX_TITLE])) is None:
        return False
    return judge(line).is_report


# The lines of a page are asked for one by one, joined, and again as its titles.
@lru_cache(maxsize=1024)
def _judged_alone(title: str) -> Judgement:
    return _judged(title, "", "", "", "")


def _judged(title: str, url: str, column: str, date: str, text: str) -> Judgement:
    key = _main_part(title)
    year = _title_year(key) or _year_beside(url, column, date, text)
    if not key:
        if (judged := _titled(text)) is not None:
            return judged if judged.year else replace(judged, year=year)
        is_report, reason = _without_title(url, column, text)
        return Judgement(is_report, reason, year, "")
    phrase = _phrase(key)
    if phrase is None and patterns.ONLY_YEARLY.fullmatch(key) and _is_of_reports(column):
        return Judgement(True, "a yearly report in a column of annual reports", year, "")
    refusal = _refusal(key, phrase, matching_title(title).partition(key)[0])
    if not refusal and _only_the_kind(key, phrase, date, text):
        refusal = "the title names a column"
    agency = cut_agency(key[: phrase.start()] if phrase else key)
    if not agency and phrase:
        agency = named_behind(key, phrase)
        refusal = refusal or _of_whom(phrase, text)
    return Judgement(not refusal, refusal or "the title names a report", year, agency)
