"""`gongkai show` and `gongkai explain`: one report, or one figure with its place."""

from pathlib import Path

import click

from archive.console import archive_option
from archive.errors import UsageError
from query.citations import STYLES, of_report
from query.citations import cite as cite_as
from query.cli.printing import facts_table, heading, print_json, print_rows
from query.columns import column
from query.completion import one_of
from query.corpus import Corpus, Value, opened
from query.dictionary import label
from query.formats.numbers import printed
from query.layout import parts
from query.output import Answer, deliver, format_option
from query.places import in_words
from query.reports import (
    Record,
    ReportView,
    file_name,
    find_observation,
    find_report,
    held_by,
    load_report,
    suggestions,
)
from query.words import STATUSES, status_of

SHOWN_FACTS = (
    "title agency agency_printed agency_id region region_code level year year_evidence"
    " period_start period_end form tables scope scope_evidence doc_number stated_date signed_date"
    " first_seen source_url page_url media_type charset captured_at snapshot report_id version"
    " preferred_reason"
)
FIGURE_COLUMNS = tuple(
    column(name)
    for name in (
        *("observation_id", "report_id", "indicator", "indicator_label", "applicant", "category"),
        *("period", "value", "unit", "value_std", "unit_std", "qualifier", "status"),
        *("implied_zero", "raw", "method", "evidence", "locator", "rule", "snapshot"),
        *("corrected", "correction_reason"),
    )
)


@click.command("show", short_help="One report with its figures and checks, or one figure.")
@click.argument("reference", metavar="REPORT_OR_ID")
@archive_option
@format_option()
@click.option("--text", is_flag=True, help="Print the report's text as well.")
def show(
    reference: str, archive_dir: Path, format_name: str | None, output: Path | None, text: bool
) -> None:
    """Shows a report: facts, figures as printed, checks, problems, source and snapshot.

    REPORT_OR_ID is a report id or its first letters, a WARC record id, the address of the page, or
    an observation id, which shows that figure with its place. With csv and the like, the figures.

    \b
    gongkai show 3fa1c2d4e5b60718
    gongkai show http://kjj.example.gov.cn/art/2022/1/26/art_1_2.html --format json
    gongkai show 3fa1 --format csv > figures.csv
    """
    with opened(archive_dir) as corpus:
        found = find_report(corpus, reference)
        if found is None:
            _show_figure(corpus, reference, format_name, output)
            return
        if text:
            corpus.require_texts()
        view = load_report(corpus, *found)
    if format_name in (None, "table") and output is None:
        _print_report(view, text)
    elif format_name == "json" and output is None:
        print_json(as_json(view, text))
    else:
        rows = [_figure_row(figure) for figure in view.figures]
        deliver(Answer(FIGURE_COLUMNS, rows), format_name, output)


@click.command("explain", short_help="Where a figure stands and how it was read.")
@click.argument("observation_id", metavar="OBSERVATION_ID")
@archive_option
@format_option()
def explain(
    observation_id: str, archive_dir: Path, format_name: str | None, output: Path | None
) -> None:
    """Explains one figure: its document, row, column and place, and the rule that read it.

    \b
    gongkai explain 9c0d1e2f3a4b5c6d
    """
    with opened(archive_dir) as corpus:
        _show_figure(corpus, observation_id, format_name, output)


def as_json(view: ReportView, text: bool = False) -> dict[str, object]:
    """A report as one object."""
    made: dict[str, object] = dict(view.facts)
    for name in ("agencies", "figures", "sections", "checks", "problems", "corrections"):
        made[name] = getattr(view, name)
    made["versions"] = view.versions
    return made | {"text": view.text} if text else made


def _figure_row(figure: Record) -> tuple[Value, ...]:
    known = figure | {"indicator_label": label(str(figure["indicator"]))}
    known["snapshot"] = held_by(figure)
    return tuple(known[column.name] for column in FIGURE_COLUMNS)


def _show_figure(
    corpus: Corpus, observation_id: str, format_name: str | None, output: Path | None
) -> None:
    figure = find_observation(corpus, observation_id)
    if figure is None:
        raise UsageError(_not_found(corpus, observation_id))
    view = load_report(corpus, str(figure["report_id"]), str(figure["snapshot"]))
    figure = next(one for one in view.figures if one["n"] == figure["n"])
    told = explained(figure, view) | {"file_name": file_name(corpus, figure)}
    if format_name == "json" and output is None:
        print_json(told)
    elif format_name in (None, "table") and output is None:
        facts_table(told)
    else:
        deliver(Answer(FIGURE_COLUMNS, [_figure_row(figure)]), format_name, output)


def explained(figure: Record, view: ReportView) -> dict[str, Value]:
    """A figure with its place in words and the report it stands in."""
    status = status_of(str(figure["status"]), figure["implied_zero"])
    word = STATUSES.get(status)
    mine = ("observation_id", "indicator", "applicant", "category", "period", "value", "unit")
    read = ("unit_from", "value_std", "unit_std", "qualifier", "raw", "method", "evidence")
    told: dict[str, Value] = {name: figure[name] for name in mine}
    told["label"] = label(str(figure["indicator"]))
    told["status"] = f"{word.english} {word.chinese}" if word else status
    told |= {name: figure[name] for name in (*read, "corrected", "correction_reason")}
    told["place"] = in_words(str(figure["locator"]))
    told |= {name: figure[name] for name in ("locator", "rule", "report_id")}
    told["snapshot"] = held_by(figure)
    of = ("title", "agency", "year", "media_type", "source_url", "captured_at")
    return told | {name: view.facts[name] for name in of}


def _not_found(corpus: Corpus, reference: str) -> str:
    near = suggestions(corpus, reference) if reference else []
    hint = f"; titles with these words: {'; '.join(near)}" if near else ""
    return f"no report or figure {reference[:200]!r} in this archive{hint}"


def _print_report(view: ReportView, text: bool) -> None:
    facts_table({name: view.facts.get(name) for name in SHOWN_FACTS.split()})
    for part in parts(view.figures, str(view.facts["form"])):
        heading(part.heading)
        print_rows(part.heads, [[cell.text for cell in row] for row in part.rows])
    _print_checks(view.checks)
    placed = [problem | {"place": in_words(str(problem["locator"]))} for problem in view.problems]
    _print_list("Problems 未能读取", placed, ("stage", "kind", "detail", "place"))
    corrected = ("indicator", "applicant", "raw", "value", "reason", "author", "state")
    _print_list("Corrections 人工更正", view.corrections, corrected)
    if len(view.versions) > 1:
        shown = ("report_id", "version", "preferred", "captured_at", "source_url", "snapshot")
        _print_list("Versions 版本", view.versions, shown)
    if text:
        heading("Text 正文")
        click.echo(view.text)


def _print_checks(checks: list[Record]) -> None:
    failed = [check for check in checks if check["verdict"] == "fails"]
    open_ones = [check for check in checks if check["verdict"] == "not_evaluable"]
    held = len(checks) - len(failed) - len(open_ones)
    heading("Checks 勾稽关系")
    click.echo(f"{held} hold, {len(failed)} fail, {len(open_ones)} not evaluable")
    if failed:
        columns = ("identity", "applicant", "left", "right", "difference", "severity", "clause")
        _print_rows_of(failed, columns)


def _print_list(title: str, records: list[Record], columns: tuple[str, ...]) -> None:
    if records:
        heading(title)
        _print_rows_of(records, columns)


def _print_rows_of(records: list[Record], columns: tuple[str, ...]) -> None:
    print_rows(columns, [tuple(printed(record[name]) for name in columns) for record in records])


@click.command("cite", short_help="Cite a report or a figure.")
@click.argument("reference", metavar="REPORT_OR_ID")
@archive_option
@click.option("--style", default="gbt7714", metavar="STYLE", shell_complete=one_of(STYLES),
              help=f"One of {', '.join(STYLES)}.")  # fmt: skip
def cite(reference: str, archive_dir: Path, style: str) -> None:
    """Cites a report or a figure, with its archived record and version.

    \b
    gongkai cite 3fa1c2d4e5b60718
    gongkai cite 9c0d1e2f3a4b5c6d --style bibtex
    """
    with opened(archive_dir) as corpus:
        figure = None
        found = find_report(corpus, reference)
        if found is None:
            figure = find_observation(corpus, reference)
            if figure is None:
                raise UsageError(_not_found(corpus, reference))
            found = str(figure["report_id"]), str(figure["snapshot"])
        view = load_report(corpus, *found)
    click.echo(cite_as(of_report(view.facts, figure), style))
