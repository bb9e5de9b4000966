"""The facts of a report beside its figures: title, year, period, number, dates, scope."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from parsers.dates import PeriodFound, find_period, years_in
from parsers.imprint import TOP, stated_date, table_titles, table_years, top_paragraphs
from parsers.openings import announced_year, judge_text
from parsers.records import (
    AgencyMention,
    Context,
    Document,
    Paragraph,
    Problem,
    Scope,
    TitleCandidate,
)
from parsers.text import canon
from parsers.titles import Judgement, goes_on, judge, may_be_of_page, names_report

# Paragraphs that one title may be broken over.
MAX_TITLE_LINES = 4
MAX_TITLE = 90
# Characters of a paragraph in which its period may stand.
MAX_OPENING = 4_000
# What stands in a paragraph that states a period: a word for it, or nothing but the period.
_MAY_BE_PERIOD = re.compile(r"期限|时限|统计|至|^[\s\d年月日./（(]{8,20}[-—–~～到]")
_SPLIT_TITLE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]{1,2}\s+|(?<=报告)[-–—]{1,2}|(?<=年报)[-–—]{1,2}")
_SOURCES = ("meta", "heading", "first_line", "title", "link", "page", "core")
_JURISDICTION = re.compile(
    r"(?:人民政府|管理委员会|管委会|政府)$|(?:省|市|县|区|旗|自治州|州|镇|乡|苏木)$"
)
_OFFICE = re.compile(
    r"(?:办公厅|办公室|政府办|街道办事处|办事处|局|委|厅|部|办|院|所|中心|队|处|街道|(?<!管理)委员会|署|台|站|馆)$"
)
_WITH_SUBORDINATES = re.compile(
    r"(?:报告|年报|数据|统计)[^。]{0,40}(?<!不)(?<!不包)(?:汇总|包括|包含|涵盖|含)[^。]{0,20}"
    r"(?:所属|下属|直属|局属|各分局|系统内|全系统|派出机构)[^。]{0,20}"
)


@dataclass(frozen=True, slots=True)
class Title:
    """The title chosen, where it stood and what it says."""

    text: str
    source: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Year:
    """The year of a report, what decided it, and the conflicts on the way."""

    value: int | None
    evidence: str
    problems: tuple[Problem, ...] = ()


def _joined_lines(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Every run of up to four short paragraphs that together may be a title."""
    for begin in range(len(paragraphs)):
        yield from _run(paragraphs[begin:])


def _run(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """The first paragraph, joined with up to three more; no beginning of a title that goes on."""
    text = ""
    for item, after in zip_longest(paragraphs[:MAX_TITLE_LINES], paragraphs[1:MAX_TITLE_LINES]):
        text += item.text.strip()
        if len(text) > MAX_TITLE:
            return
        if after is None or not goes_on(after.text):
            yield text


def title_candidates(document: Document, context: Context) -> Iterator[TitleCandidate]:
    """Every text that may be the title: the document's own, its first lines, the listing's."""
    for candidate in document.titles:
        yield TitleCandidate(candidate.text.strip(), candidate.source)
        if candidate.source == "title":
            for part in _SPLIT_TITLE.split(candidate.text):
                yield TitleCandidate(part.strip(), "title")
    if declared := document.meta_value("ArticleTitle"):
        yield TitleCandidate(declared.strip(), "meta")
    for text in _joined_lines(top_paragraphs(document)):
        yield TitleCandidate(text, "first_line")
    for text in (context.link_text, context.page_title):
        yield TitleCandidate(text.strip(), "link" if text == context.link_text else "page")


def _closed_up(text: str) -> str:
    """The title without the white space that typesetting put between its characters."""
    return re.sub(r"(?<=[一-鿿\d])\s+(?=[一-鿿\d])", "", text)


def _worth(title: Title) -> tuple[int, int, int, int]:
    judged = title.judgement
    named = bool(judged.agency) + (judged.year is not None and str(judged.year) in title.text)
    rank = _SOURCES.index(title.source) if title.source in _SOURCES else len(_SOURCES)
    return (int(judged.is_report), named, -rank, -len(title.text))


def find_title(document: Document, context: Context) -> Title | None:
    """The best candidate: one that names a report before others, then by what it names and where.

    The declared title, or else the first line, decides where it says that the document is about
    reports (a notice that carries the form); None where no candidate prints anything.
    """
    other = _says_otherwise(document)
    if other is not None:
        return other
    candidates = dict.fromkeys(title_candidates(document, context))
    titles = [
        Title(_closed_up(item.text), item.source, judge(item.text))
        for item in candidates
        if item.text and len(item.text) <= 2 * MAX_TITLE
    ]
    return max(titles, key=_worth, default=None)


def _says_otherwise(document: Document) -> Title | None:
    """The document's own title where it names a notice, news or a guide."""
    declared = document.meta_value("ArticleTitle").strip()
    top = top_paragraphs(document)
    lines = [declared] if declared else [*_run(top), *_run(top[1:2])]
    titles = [Title(line, "meta" if declared else "first_line", judge(line)) for line in lines]
    if any(title.judgement.is_report for title in titles):
        return None
    about = next((title for title in titles if _is_about(title)), None)
    if about is None or declared or not may_be_of_page(about.text, about.judgement):
        return about
    return None if _names_report(document) else about


def _names_report(document: Document) -> bool:
    """Whether the first lines name a report in full, behind what may be lines of the page."""
    judged = map(judge, _joined_lines(top_paragraphs(document)))
    return any(item.is_report and item.agency and item.year is not None for item in judged)


def _is_about(title: Title) -> bool:
    """Whether a line is a title, and that of something about reports or of another kind."""
    plain = not re.search(r"[。；;，,]", title.text) and len(title.text) <= MAX_TITLE
    return plain and title.judgement.reason.startswith(("about", "news"))


def body_period(document: Document) -> PeriodFound | None:
    """The reporting period stated in the first part of the text."""
    for index, item in enumerate(document.paragraphs()):
        if index > 3 * TOP:
            break
        text = item.text[:MAX_OPENING]
        found = find_period(text) if _MAY_BE_PERIOD.search(text) else None
        if found:
            return replace(found, place=item.place)
    return None


def _year_claims(
    document: Document, context: Context, title: Title | None, period: PeriodFound | None
) -> Iterator[tuple[str, int]]:
    """What speaks for a year, the strongest first."""
    if context.year is not None:
        yield "declared", context.year
    # A line that names no report (a signature with its date) says nothing of the year reported on.
    if title is not None and title.judgement.is_report and title.judgement.year is not None:
        yield f"title ({title.source})", title.judgement.year
    for text in (context.link_text, context.page_title):
        yield from (("link text", year) for year in years_in(text)[:1])
    if period is not None and period.year is not None:
        yield "period in the text", period.year
    yield from (("text", year) for year in _text_years(document))
    if (announced := announced_year(_below_title(document))) is not None:
        yield "text", announced
    if title is None or not title.judgement.is_report:
        opening = judge_text("\n".join(item.text for item in top_paragraphs(document)))
        if opening.year is not None:
            yield "opening", opening.year
    for item in table_titles(document):
        yield from (("title of a table", year) for year in years_in(item.text)[-1:])
    yield from (("line over a table", year) for year in table_years(document))
    yield from (("column", year) for year in years_in(context.column)[:1])
    stated = stated_date(document, context)
    if stated:
        yield "year before the date", int(stated[:4]) - 1


def _below_title(document: Document) -> str:
    """The first paragraphs without those that are titles."""
    texts = (item.text for item in top_paragraphs(document))
    return "\n".join(text for text in texts if not names_report(text))


def _text_years(document: Document) -> list[int]:
    """The year that the opening names together with the report."""
    for item in top_paragraphs(document):
        for match in re.finditer(r"信息公开[^。]{0,12}(?:报告|年报|情况)", item.text):
            years = years_in(item.text[max(0, match.start() - 40) : match.end()])
            if years:
                return years[-1:]
    return []


def find_year(
    document: Document, context: Context, title: Title | None, period: PeriodFound | None
) -> Year:
    """The year by the strongest claim; title and text that disagree with it are a problem."""
    claims = list(_year_claims(document, context, title, period))
    if not claims:
        return Year(None, "", (Problem("report", "year_unknown", "no year is stated anywhere"),))
    evidence, value = claims[0]
    firm = [claim for claim in claims if claim[0] not in {"year before the date", "column"}]
    against = [f"{name} says {year}" for name, year in firm if year != value]
    if not against:
        return Year(value, evidence)
    detail = f"{evidence} says {value}, but {'; '.join(dict.fromkeys(against))}"
    return Year(value, evidence, (Problem("report", "year_conflict", detail),))


def _named_body(title: Title | None, context: Context, agencies: Iterable[AgencyMention]) -> str:
    printed = title.judgement.agency if title is not None else ""
    issuers = [item.name or item.printed for item in agencies if item.role == "issuer"]
    return printed or next(iter(issuers), "") or context.agency


def find_scope(
    document: Document,
    title: Title | None,
    context: Context,
    agencies: Iterable[AgencyMention],
) -> tuple[Scope, str]:
    """Whose figures the report counts, and the words that say so.

    A government's report counts its bureaus; the report of its office or of a bureau does not,
    unless it says that it includes the bodies under it.
    """
    body = canon(_named_body(title, context, agencies))
    if not body:
        return "unknown", ""
    if not _OFFICE.search(body) and _JURISDICTION.search(body):
        return "jurisdiction", f"the report is of {body}"
    for item in top_paragraphs(document):
        match = _WITH_SUBORDINATES.search(item.text)
        if match:
            return "with_subordinates", match[0]
    return ("own", f"the report is of {body}") if _OFFICE.search(body) else ("unknown", body)
