"""Pages of reports made up around one fact, read from their HTML as the crawl would read them."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from html import escape

from archive.declarations import load
from parsers.declared import Declarations
from parsers.records import Context, Observation, Report
from parsers.report import read_reports
from pipelines.documents import read_document

YEAR = 2022
TITLE = "青阳县水利局2022年政府信息公开工作年度报告"
PERIOD = "本报告所列数据的统计期限自2022年1月1日至2022年12月31日。"
Rows = Sequence[Sequence[str]]


@cache
def declared() -> Declarations:
    return load()


def table(rows: Rows) -> str:
    """A table; a cell that begins with `<` is written as it is."""
    cells = (
        "".join(cell if cell.startswith("<") else f"<td>{escape(cell)}</td>" for cell in row)
        for row in rows
    )
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def page(*parts: str, title: str = TITLE, head: str = "") -> bytes:
    """A page with a title; parts that are no markup become paragraphs."""
    lines = (part if part.startswith("<") else f"<p>{escape(part)}</p>" for part in parts)
    heading = f"<h1>{escape(title)}</h1>" if title else ""
    return (
        f"<html><head><meta charset='utf-8'>{head}</head><body><div class='article'>"
        f"{heading}{''.join(lines)}</div></body></html>"
    ).encode()


def reports(payload: bytes, context: Context | None = None) -> tuple[Report, ...]:
    """All reports of a page."""
    return read_reports(read_document(payload), context or Context(), declared())


def report(
    *parts: str, title: str = TITLE, head: str = "", context: Context | None = None
) -> Report:
    """The one report of a page."""
    (found,) = reports(page(*parts, title=title, head=head), context)
    return found


def figures(read: Report, method: str = "table") -> dict[tuple[str, str], Observation]:
    """The observations of a method by indicator and applicant."""
    return {
        (item.indicator, item.applicant): item
        for item in read.observations
        if item.method == method
    }


def stated(read: Report) -> dict[str, Decimal | None]:
    """What sentences state."""
    return {item.indicator: item.value for item in read.observations if item.method == "prose"}


def verdicts(read: Report) -> dict[tuple[str, str], str]:
    """The verdicts by identity and applicant."""
    return {(item.identity, item.applicant): item.verdict for item in read.checks}


def kinds(read: Report) -> list[str]:
    """The kinds of problems."""
    return [problem.kind for problem in read.problems]
