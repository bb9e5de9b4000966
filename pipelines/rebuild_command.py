"""`gongkai rebuild`."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from archive.console import archive_option, note, progress
from archive.errors import GongkaiError, UsageError
from archive.store import Archive
from pipelines.differences import KINDS, Difference, as_json, grouped
from pipelines.distributed.build import far_rebuild, write_all_tables
from pipelines.ocr.showing import pages_shown
from pipelines.outcomes import Outcome, Shown
from pipelines.rebuild import Built, compare, rebuild, reread, verify
from pipelines.workers import default_jobs

# Of each rule and form, so many figures are shown to a person; JSON has them all.
SHOWN_FIGURES = 20
# Where there is no terminal, lines are not folded at its width.
PLAIN_WIDTH = 200

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=default_jobs,
    show_default="one a core",
    help="How many processes read documents.",
)


@click.command("rebuild")
@click.option("--verify", "verifying", is_flag=True, help="Build twice aside and compare instead.")
@click.option("--diff", "comparing", is_flag=True, help="List the figures that would change.")
@click.option("--only", default="", metavar="GLOB|RECORD|AGENCY", help="Read only these again.")
@click.option(
    "--format", "format_name", type=click.Choice(["table", "json"]), help="How --diff is shown."
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Have documents read by the dask workers at tcp://HOST:PORT, or by --jobs of them here: "
    "local.",
)
@click.option("--parts", default="", metavar="URL", help="Where those workers leave their rows.")
@click.option("--parquet", default="", metavar="URL", help="Write all tables there as Parquet too.")
@jobs_option
@archive_option
def rebuild_command(
    verifying: bool,
    comparing: bool,
    only: str,
    format_name: str | None,
    scheduler: str,
    parts: str,
    parquet: str,
    jobs: int,
    archive_dir: Path,
) -> None:
    """Make the database anew from the WARC files alone.

    It never touches the network. The new database is switched in only when it is complete. With
    --diff nothing is switched in: figures that changed, appeared or vanished are listed by rule and
    form. --only reads the pages of some addresses (* and ? stand for anything), of one WARC record
    or of one agency (name or id) again and leaves all others as they are.

    \b
    Examples:
      gongkai rebuild
      gongkai rebuild --verify    proves that the present database is what the WARC files say
      gongkai rebuild --diff --only "*/kjj/*"    what the parser at hand reads otherwise
    """
    _refuse_contradictions(verifying, comparing, only, format_name)
    if bool(scheduler) != bool(parts):
        raise UsageError("--scheduler and --parts go together")
    if (scheduler or parquet) and (verifying or comparing or only):
        raise UsageError("--scheduler and --parquet go with a whole rebuild")
    archive = Archive(archive_dir)
    if verifying:
        _verify(archive, jobs)
    elif comparing:
        _report(_compare(archive, only, jobs, format_name))
    elif only:
        built = reread(archive, only, jobs, shown("reading"))
        note("all other pages are as they were read before: `gongkai rebuild` reads all alike")
        _report(built)
    else:
        _report(_whole(archive, scheduler, parts, parquet, jobs))


def _whole(archive: Archive, scheduler: str, parts: str, parquet: str, jobs: int) -> Built:
    if scheduler:
        built = far_rebuild(archive, scheduler, parts, jobs)
    else:
        built = rebuild(archive, jobs, shown("rebuilding"))
    if parquet:
        write_all_tables(archive, parquet)
    return built


def _refuse_contradictions(
    verifying: bool, comparing: bool, only: str, format_name: str | None
) -> None:
    if verifying and (comparing or only):
        raise UsageError("--verify stands alone: it compares the whole database")
    if format_name and not comparing:
        raise UsageError("--format says how --diff is shown")


def _verify(archive: Archive, jobs: int) -> None:
    result = verify(archive, jobs, shown("rebuilding"))
    if not result.comparable:
        raise GongkaiError(f"not comparable: made under other versions ({result.why})")
    note(f"two rebuilds give the same bytes: {'yes' if result.same_bytes else 'NO'}")
    note(f"the present database has the same rows: {'yes' if result.same_rows else 'NO'}")
    if not (result.same_bytes and result.same_rows):
        raise GongkaiError("the database is not what the WARC files say: run `gongkai rebuild`")


def _compare(archive: Archive, only: str, jobs: int, format_name: str | None) -> Built:
    built, found = compare(archive, only, jobs, shown("rebuilding aside"))
    if format_name == "json":
        click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        _print(found)
    return built


def _print(found: list[Difference]) -> None:
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    if not found:
        console.print("no figure differs")
        return
    summary = Table("rule", "form", *KINDS, title="Figures by rule and form", title_justify="left")
    for group in grouped(found):
        numbers = (group.changed, group.appeared, group.vanished)
        summary.add_row(group.rule, group.form, *map(str, numbers))
    console.print(summary)
    for (rule, form), figures in groupby(found, key=lambda one: (one.rule, one.form)):
        console.print(_listed(f"{rule} ({form})", list(figures)))


def _listed(title: str, figures: list[Difference]) -> Table:
    table = Table("", "agency", "year", "figure", "before", "after", "place", "report")
    table.title, table.title_justify = title, "left"
    for one in figures[:SHOWN_FIGURES]:
        figure = (one.indicator, one.applicant, one.category, one.period, one.method)
        what = " ".join(filter(None, figure))
        year = str(one.year or "")
        place = one.locator.partition("#")[0]
        report = one.report_id
        table.add_row(one.kind, one.agency, year, what, one.before, one.after, place, report)
    if len(figures) > SHOWN_FIGURES:
        table.caption = f"and {len(figures) - SHOWN_FIGURES} more: --format json lists all"
    return table


def _report(built: Built) -> None:
    """What was read and what was not; the latter makes the exit status."""
    for failure in built.failed:
        note(f"could not be read: {failure}")
    for damage in built.damage:
        note(f"damaged: {damage.warc} at byte {damage.offset}: {damage.reason}")
    note(f"{built.bundles} pages read: {built.reports} reports, {built.observations} observations")
    if built.failed or built.damage:
        sys.exit(1)


def shown(label: str) -> Shown:
    """A progress bar with that label, and one for pages of scans as they are recognised."""

    def show(outcomes: Iterator[Outcome], total: int) -> Iterable[Outcome]:
        with pages_shown():
            yield from progress(outcomes, total, label)

    return show
