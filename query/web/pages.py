"""The pages: each takes a request's arguments and gives a template with what it shows."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from pathlib import Path
from typing import Any

from archive.errors import UsageError
from archive.rows import capture_from
from archive.store import Archive
from archive.warc.conversions import Shelf
from archive.warc.reader import read_part
from pipelines.conversions import ReadOnly, kept_in
from pipelines.render import render
from query.citations import STYLES, cite, of_report
from query.compliance import COLUMNS as COMPLIANCE_COLUMNS
from query.compliance import VERDICTS, Finding, findings
from query.corpus import NOT_WITHDRAWN, Corpus
from query.coverage import STATES, coverage
from query.dictionary import entries
from query.exports import EXPORTS
from query.layout import parts
from query.limits import time_limit
from query.reports import find_observation, find_report, load_report
from query.search.find import count, search
from query.web import data
from query.web.downloads import filters_of

SECONDS_A_PAGE = 5.0
HITS_A_PAGE = 20
MATRIX_LINES = 300
MARKS = ("\ue000", "\ue001")  # private characters, which the template turns into <mark>

Arguments = Mapping[str, str]


class NotFoundError(Exception):
    """There is nothing at this address."""


@dataclass(frozen=True, slots=True)
class Page:
    """A template and what it is filled with."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    status: int = 200


def front(corpus: Corpus, _arguments: Arguments) -> Page:
    """What is in the corpus."""
    return Page("front.html", data.front(corpus))


def search_page(corpus: Corpus, arguments: Arguments) -> Page:
    """Hits, with their words marked."""
    words = arguments.get("q", "")
    values: dict[str, Any] = {"q": words, "given": dict(arguments), "hits": None, "marks": MARKS}
    if not words.strip():
        return Page("search.html", values)
    offset = _offset(arguments)
    filters = filters_of(arguments)
    section, relevance = arguments.get("section", ""), arguments.get("order") == "relevance"
    try:
        values["hits"] = search(
            corpus, words, filters, section=section, relevance=relevance, limit=HITS_A_PAGE,
            offset=offset, marks=MARKS,
        )  # fmt: skip
        values["total"] = count(corpus, words, filters)
    except UsageError as error:
        return Page("search.html", values | {"error": str(error)}, 400)
    values["next"] = offset + HITS_A_PAGE if len(values["hits"]) == HITS_A_PAGE else None
    return Page("search.html", values)


def report_page(corpus: Corpus, arguments: Arguments) -> Page:
    """A report, with the clicked figure's place in its snapshot."""
    found = find_report(corpus, arguments.get("id", ""))
    if found is None:
        raise NotFoundError
    view = load_report(corpus, *found)
    clicked = next(
        (one for one in view.figures if one["observation_id"] == arguments.get("figure")), None
    )
    return Page("report.html", _report_values(view, clicked))


def figure_page(corpus: Corpus, arguments: Arguments) -> Page:
    """The permanent address of a figure: its report with the figure clicked."""
    figure = find_observation(corpus, arguments.get("id", ""))
    if figure is None:
        raise NotFoundError
    view = load_report(corpus, str(figure["report_id"]), str(figure["snapshot"]))
    clicked = next(one for one in view.figures if one["n"] == figure["n"])
    return Page("report.html", _report_values(view, clicked))


def _report_values(view: Any, clicked: Any) -> dict[str, Any]:
    cited = of_report(view.facts, clicked)
    return {
        "view": view,
        "facts": view.facts,
        "parts": list(parts(view.figures, str(view.facts["form"]))),
        "failed": [one for one in view.checks if one["verdict"] == "fails"],
        "held": sum(one["verdict"] == "holds" for one in view.checks),
        "clicked": clicked,
        "citations": {style: cite(cited, style) for style in STYLES},
    }


def agencies_page(corpus: Corpus, arguments: Arguments) -> Page:
    """The agencies."""
    region = arguments.get("region", "")
    return Page("agencies.html", {"agencies": data.agencies(corpus, region), "region": region})


def agency_page(corpus: Corpus, arguments: Arguments) -> Page:
    """One agency."""
    values = data.agency(corpus, arguments.get("id", ""))
    if values is None:
        raise NotFoundError
    return Page("agency.html", values)


def indicators_page(_corpus: Corpus, _arguments: Arguments) -> Page:
    """The dictionary."""
    return Page("indicators.html", {"entries": list(entries().values())})


def indicator_page(corpus: Corpus, arguments: Arguments) -> Page:
    """One indicator."""
    values = data.indicator(corpus, arguments.get("id", ""), filters_of(arguments))
    if values is None:
        raise NotFoundError
    return Page("indicator.html", values | {"given": dict(arguments)})


def coverage_page(corpus: Corpus, arguments: Arguments) -> Page:
    """The matrix of agencies and years."""
    lines = coverage(corpus, filters_of(arguments))
    values = {"lines": lines[:MATRIX_LINES], "cut": len(lines) > MATRIX_LINES, "states": STATES}
    return Page("coverage.html", values | {"given": dict(arguments)})


def compliance_page(corpus: Corpus, arguments: Arguments) -> Page:
    """Dates beside the legal deadlines, the newest years first."""
    found = list(findings(corpus, filters_of(arguments)))
    counts = Counter(one.verdict for one in found)
    newest = nsmallest(MATRIX_LINES, found, key=lambda one: -one.entry.year)
    shown = [_told(one) for one in newest]
    values = {"rows": shown, "cut": len(found) > MATRIX_LINES, "verdicts": VERDICTS}
    return Page("compliance.html", values | {"counts": counts, "given": dict(arguments)})


def _told(finding: Finding) -> dict[str, Any]:
    """A row by its columns, but with what is told in both languages."""
    names = [one.name for one in COMPLIANCE_COLUMNS]
    return {**dict(zip(names, finding.row(), strict=True)), "detail": finding.detail}


def quality_page(corpus: Corpus, _arguments: Arguments) -> Page:
    """What is doubtful."""
    return Page("quality.html", data.quality(corpus))


def downloads_page(_corpus: Corpus, _arguments: Arguments) -> Page:
    """Every table, in every format."""
    return Page("downloads.html", {"exports": list(EXPORTS.values())})


def snapshot(corpus: Corpus, arguments: Arguments) -> str:
    """An archived document as a safe page with a place highlighted."""
    sql = f"SELECT * FROM captures WHERE record_id = ? AND {NOT_WITHDRAWN}"
    row = corpus.first(sql, (arguments.get("id", ""),))
    if row is None:
        raise NotFoundError
    capture = capture_from(row)
    archive = Archive(Path(corpus.directory))
    part = read_part(archive, capture)
    locator = arguments.get("at", "")
    with kept_in(ReadOnly(Shelf(archive))):
        return render(part.payload, locator, headers=part.headers, url=capture.url)


def _offset(arguments: Arguments) -> int:
    text = arguments.get("offset", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def limited(make: Callable[[Corpus, Arguments], Any], corpus: Corpus, arguments: Arguments) -> Any:
    """A page within the time allowed."""
    with time_limit(corpus, SECONDS_A_PAGE):
        return make(corpus, arguments)
