"""Reads a document into its reports: the one door of the parsers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from parsers.checks import evaluate
from parsers.contacts import without_contacts_told
from parsers.dates import PeriodFound
from parsers.declared import Declarations
from parsers.facts import (
    Title,
    Year,
    body_period,
    find_scope,
    find_title,
    find_year,
)
from parsers.imprint import (
    doc_number,
    filled_in_by,
    signed_date,
    stated_date,
    table_titles,
    top_paragraphs,
)
from parsers.openings import judge_text
from parsers.prose import read_prose
from parsers.records import (
    Block,
    Context,
    Document,
    Grid,
    Observation,
    Paragraph,
    Problem,
    Report,
    Section,
    Tables,
)
from parsers.sections import find_heading, outline
from parsers.tables import TableReading, read_tables
from parsers.text import canon
from parsers.titles import judge
from parsers.who import resolve

# Sections whose text is their table in the forms of 2019 and 2021.
_TABLE_SECTIONS = frozenset({"proactive", "requests", "review_litigation", "annex"})
# What the name of a report ends with, also in traditional characters; white space may part it.
_NAMED = re.compile(r"[告报報结結]")
# A page that names this many reports, and holds no body of one, lists them.
MIN_LISTED = 3
# Reports that share one document are at least this many blocks long.
MIN_BLOCKS = 5
# No report is longer; what stands behind would only cost time.
MAX_BLOCKS = 20_000
MAX_CHARS = 5_000_000


def read_reports(
    document: Document, context: Context, declared: Declarations
) -> tuple[Report, ...]:
    """Reads every annual report in a document.

    Args:
        document: the document, whatever its media type.
        context: what discovery knew of it.
        declared: the declarations.

    Returns:
        The reports in order of place, usually one; empty where the document is no annual report
        (news, a notice, a guide, a blank form, accounts).
    """
    document, beyond = _within_bounds(document)
    if _is_listing(document):
        return ()
    apart = replace(context, link_text="", page_title="", year=None)
    found = [
        _read(part, apart if number else context, declared)
        for number, part in enumerate(_parts(document))
    ]
    reports = [report for report in found if report is not None]
    return tuple(
        replace(report, ordinal=ordinal, problems=(*report.problems, *beyond))
        for ordinal, report in enumerate(reports)
    )


def _within_bounds(document: Document) -> tuple[Document, tuple[Problem, ...]]:
    """The document without what is longer than any report, and the problem that tells so."""
    kept = tuple(islice(_first_chars(document.blocks), MAX_BLOCKS))
    left_out = document.blocks[len(kept) :]
    if not left_out:
        return document, ()
    detail = f"the last {len(left_out)} of {len(document.blocks)} paragraphs and tables are unread"
    problem = Problem("report", "too_long", detail, left_out[0].place)
    return replace(document, blocks=kept), (problem,)


def _first_chars(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks before the first paragraph that goes beyond the bound of characters."""
    left = MAX_CHARS
    for block in blocks:
        left -= len(block.text) if isinstance(block, Paragraph) else 0
        if left < 0:
            return
        yield block


def _is_listing(document: Document) -> bool:
    """Whether the document names several reports and holds none, as a column page does."""
    named = {key for block in document.blocks if (key := _title_line(block))}
    return len(named) >= MIN_LISTED and not _has_body(document.blocks)


def _parts(document: Document) -> list[Document]:
    """The document cut where a further report begins, with a title and a body of its own."""
    starts, titles = [0], [_own_title(document)]
    for index, block in enumerate(document.blocks):
        key = _title_line(block)
        if not key or key in titles or index - starts[-1] < MIN_BLOCKS:
            continue
        if _has_body(document.blocks[starts[-1] : index]) and _has_body(document.blocks[index:]):
            starts.append(index)
            titles.append(key)
    if len(starts) == 1:
        return [document]
    ends = [*starts[1:], len(document.blocks)]
    bounds = zip(starts, ends, strict=True)
    return [_slice(document, *bound, first=bound[0] == 0) for bound in bounds]


def _has_body(blocks: Sequence[Block]) -> bool:
    """Whether the blocks hold what a report consists of: sections, or tables under its title."""
    if any(isinstance(block, Grid) and len(block.rows) >= MIN_BLOCKS for block in blocks):
        return True
    headings = (find_heading(block) for block in blocks if isinstance(block, Paragraph))
    firsts = (heading for heading in headings if heading is not None and heading.level == 1)
    return len(list(islice(firsts, 2))) == 2


def _own_title(document: Document) -> str:
    for item in top_paragraphs(document):
        if key := _title_line(item):
            return key
    return ""


def _title_line(block: object) -> str:
    """What a line that is a report's full title says (whom and when); empty for other blocks."""
    if not isinstance(block, Paragraph) or not 8 <= len(block.text.strip()) <= 60:
        return ""
    if not _NAMED.search(block.text) or "信息" not in canon(block.text):
        return ""
    judged = judge(block.text)
    if not judged.is_report or not judged.agency or judged.year is None:
        return ""
    return f"{judged.agency}/{judged.year}"


def _slice(document: Document, begin: int, end: int, *, first: bool) -> Document:
    part = replace(document, blocks=document.blocks[begin:end])
    return part if first else replace(part, titles=(), meta=(), problems=())


def _is_report(title: Title | None, tables: TableReading, document: Document, text: str) -> bool:
    """A title that names a report, filled official tables, or an opening that announces one."""
    if title is not None and title.judgement.is_report:
        if not title.judgement.agency and not judge(title.text, text=text).is_report:
            return False
        return bool(text.strip()) or any(document.grids()) or bool(document.links)
    if title is not None and _says_otherwise(title):
        return False
    if any(item.status == "reported" for item in tables.observations):
        return True
    return judge_text(text).is_report


def _says_otherwise(title: Title) -> bool:
    """Whether a title, and no sentence of the text, names something else."""
    is_sentence = re.search(r"[。，；]", title.text) is not None
    return not is_sentence and title.judgement.reason.startswith(("about", "news", "a body"))


def _text(document: Document) -> str:
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            lines += ["\t".join(cell.text.strip() for cell in row) for row in block.rows]
        else:
            lines.append(block.text.strip())
    return "\n".join(line for line in lines if line)


def _tables_state(
    tables: TableReading, document: Document, sections: Sequence[Section], text: str
) -> Tables:
    """What became of the tables; where none was read, whether pictures stand in their place."""
    if tables.tables != "none" or not any(link.kind == "image" for link in document.links):
        return tables.tables
    bare = any(item.kind in _TABLE_SECTIONS and not item.text for item in sections)
    return "picture" if bare or "统计表" in text or "附表" in text else "none"


def _naming(title: Title | None, document: Document) -> str:
    """The text that names the body: the title of a report, else the form that it filled in."""
    if title is not None and title.judgement.is_report:
        return title.text
    if body := filled_in_by(document):
        return f"{body}政府信息公开情况统计表"
    texts = [item.text for item in table_titles(document)]
    return next(iter(texts), title.text if title else "")


def _form(forms: Sequence[str]) -> str:
    return "+".join(dict.fromkeys(forms)) or "prose"


def _read(document: Document, context: Context, declared: Declarations) -> Report | None:
    title, text = find_title(document, context), _text(document)
    period = body_period(document)
    year = find_year(document, context, title, period)
    own = title.judgement.agency if title is not None else ""
    tables = read_tables(document, declared, year.value, own or "")
    if not _is_report(title, tables, document, text):
        return None
    agencies = resolve(_naming(title, document), document, context, declared)
    scope, scope_evidence = find_scope(document, title, context, agencies)
    sections = outline(document.blocks, tables.used - tables.in_text, declared.prose.sections)
    report = Report(
        ordinal=0,
        title=title.text if title is not None and title.judgement.is_report else "",
        form=_form(tables.forms),
        year=year.value,
        year_evidence=year.evidence,
        agencies=agencies,
        period_start=period.start if period else "",
        period_end=period.end if period else "",
        doc_number=doc_number(document),
        stated_date=stated_date(document, context),
        signed_date=signed_date(document),
        tables=_tables_state(tables, document, sections, text),
        scope=scope,
        scope_evidence=scope_evidence,
        text=text,
        sections=sections,
        problems=(*_of_period(period), *_of_tables(tables, year)),
    )
    return _with_figures(report, document, tables, declared)


def _with_figures(
    report: Report, document: Document, tables: TableReading, declared: Declarations
) -> Report:
    """The report with the figures of its tables and sentences, and what their identities show."""
    names = tuple(item.name or item.printed for item in report.agencies)
    sentences, unread = read_prose(
        document, tables.used, report.form, report.year, report.scope, declared, names
    )
    stamped = _stamped((*tables.observations, *sentences), report.form)
    checks, observations = evaluate(stamped, declared, tables.forms)
    problems = (*report.problems, *unread)
    return without_contacts_told(
        replace(report, observations=observations, checks=checks, problems=problems)
    )


def _stamped(observations: Sequence[Observation], form: str) -> tuple[Observation, ...]:
    """The observations, each with a form: its own table's, else the report's."""
    return tuple(item if item.form else replace(item, form=form) for item in observations)


def _of_tables(tables: TableReading, year: Year) -> Iterator[Problem]:
    """What is wrong with the year, with the tables, and between them."""
    yield from year.problems
    yield from tables.problems
    for named in tables.years:
        if year.value is not None and named.year != year.value:
            detail = f"a table names the year {named.year}, and the report is of {year.value}"
            yield Problem("table", "column_year", detail, named.place)


def _of_period(period: PeriodFound | None) -> tuple[Problem, ...]:
    if period is None or not period.damaged:
        return ()
    detail = f"the period lost characters in the source: {period.printed}"
    return (Problem("report", "damaged_period", detail, period.place),)
