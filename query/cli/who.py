"""`gongkai regions` and `gongkai agencies`: places and bodies, their lineage and their reports."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from archive.console import default_archive
from archive.errors import GongkaiError, UsageError
from parsers.declared.places import PlaceDeclarations
from parsers.who import agencies_of, find_regions
from parsers.who.identity import agency_id, full_name
from parsers.who.titles import read_names
from query import directory
from query.corpus import DATABASE_NAME, Corpus, opened
from query.filters import Where
from query.lineage import declared_places
from query.output import Answer, deliver, format_option

UNDECIDED = "未定"
_ID = re.compile(r"[0-9]{6}[^/]*/.+")


def _optional_archive(
    _context: click.Context, _parameter: click.Parameter, value: Path | None
) -> Path | None:
    """The archive named; else the usual one, if it is there."""
    if value is not None:
        return value
    try:
        usual = default_archive()
    except UsageError:
        return None
    return usual if (usual / DATABASE_NAME).is_file() else None


archive_option = click.option(
    "--archive",
    "archive_dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    callback=_optional_archive,
    help="List reports of this archive too. Default: GONGKAI_ARCHIVE, else data/archive of the "
    "checkout; without either only what is declared is told.",
)
reports_option = click.option(
    "--reports", "only_reports", is_flag=True, help="List the reports found, one by one."
)


@contextmanager
def _corpus(archive_dir: Path | None) -> Iterator[Corpus | None]:
    if archive_dir is None:
        yield None
        return
    with opened(archive_dir) as corpus:
        yield corpus


@click.command("regions", short_help="Look up places: codes, changes, reports found there.")
@click.argument("name")
@archive_option
@format_option()
@click.option("--year", type=int, help="Names as they were in that year.")
@click.option("--within", is_flag=True, help="The regions below it too.")
@reports_option
def regions(
    name: str,
    archive_dir: Path | None,
    format_name: str | None,
    output: Path | None,
    year: int | None,
    within: bool,
    only_reports: bool,
) -> None:
    """Looks up a region by name or code: what it became, and the reports found of its bodies.

    \b
    gongkai regions 朝阳区 --year 2016
    gongkai regions 350500 --within --reports
    """
    places = declared_places()
    found = find_regions(name, year, places)
    if not found:
        raise GongkaiError(f"no region named {name}" + (f" in {year}" if year else ""))
    with _corpus(archive_dir) as corpus:
        if only_reports:
            chosen = directory.in_regions(found, within)
            _deliver_reports(corpus, chosen, format_name, output)
            return
        entries = [
            entry
            for region in found
            for entry in directory.region_entries(region, places, year, within)
        ]
        if corpus is not None:
            entries += directory.found_in_regions(corpus, found, within)
    _deliver_entries(entries, format_name, output)


@click.command("agencies", short_help="Look up bodies: ids, lineage, reports found.")
@click.argument("name")
@archive_option
@format_option()
@click.option("--year", type=int, help="Names as they were in that year.")
@click.option(
    "--region", "region_name", help="The place, where the name says none: 教育 --region 晋江市."
)
@reports_option
def agencies(
    name: str,
    archive_dir: Path | None,
    format_name: str | None,
    output: Path | None,
    year: int | None,
    region_name: str | None,
    only_reports: bool,
) -> None:
    """Looks up a body by name or id: its lines, what it was and became, and the reports found.

    Reports are those of all bodies on its lines, before and after renames and reforms.

    \b
    gongkai agencies 晋江市科技局 --year 2016
    gongkai agencies 教育 --region 晋江市 --format csv
    gongkai agencies 350582/science --reports
    """
    places = declared_places()
    bodies = _bodies(name, year, region_name, places)
    known = [identity for identity, _ in bodies if identity != UNDECIDED]
    with _corpus(archive_dir) as corpus:
        if only_reports:
            chosen = directory.of_bodies(corpus, known) if corpus and known else Where(["0"])
            _deliver_reports(corpus, chosen, format_name, output)
            return
        entries = [
            entry
            for identity, printed in bodies
            for entry in directory.body_entries(identity, printed, places)
        ]
        if corpus is not None and known:
            entries += directory.found_of_bodies(corpus, known)
    _deliver_entries(entries, format_name, output)


def _bodies(
    name: str, year: int | None, region_name: str | None, places: PlaceDeclarations
) -> list[tuple[str, str]]:
    """The ids and names of the bodies asked for."""
    if _ID.fullmatch(name):
        return [(name, "")]
    if region_name:
        return _with_function(name, region_name, year, places)
    named = read_names(name, places)
    if not named:
        raise GongkaiError(f"{name} is not read as the name of a public body")
    return [
        (
            agency_id(one, region) or UNDECIDED,
            full_name(one, region, places, year) or one.printed,
        )
        for one in named
        for region in [r for r in one.regions if r.valid_in(year)] or (None,)
    ]


def _with_function(
    function: str, region_name: str, year: int | None, places: PlaceDeclarations
) -> list[tuple[str, str]]:
    keys = [f.key for f in places.functions.values() if function in {f.key, f.title}]
    keys = keys or [key for word in (places.words.get(function),) if word for key in word.functions]
    found = find_regions(region_name, year, places)
    if not keys or not found:
        unknown = function if not keys else region_name
        raise GongkaiError(f"neither function nor region: {unknown}")
    return [
        (agency.agency_id, "; ".join(agency.names))
        for region in found
        for key in keys
        for agency in agencies_of(region, key, places, year)
    ]


def _deliver_entries(
    entries: Iterable[directory.Entry], format_name: str | None, output: Path | None
) -> None:
    rows = [entry.row() for entry in dict.fromkeys(entries)]  # some share a step
    columns = directory.COLUMNS
    if format_name in (None, "table") and output is None:  # people need no empty columns
        used = [n for n, _ in enumerate(columns) if any(row[n] is not None for row in rows)]
        columns = tuple(columns[n] for n in used)
        rows = [tuple(row[n] for n in used) for row in rows]
    deliver(Answer(columns, rows), format_name, output)


def _deliver_reports(
    corpus: Corpus | None, chosen: Where, format_name: str | None, output: Path | None
) -> None:
    if corpus is None:
        raise UsageError("no archive to list reports of: give --archive DIR")
    rows = directory.reports(corpus, chosen)
    deliver(Answer(directory.REPORT_COLUMNS, rows), format_name, output)
