"""The commands `regions` and `agencies`: look up places and bodies, and their lineage."""

import re

import click

from archive.declarations import data_dir
from archive.declarations import places as place_files
from archive.errors import GongkaiError
from parsers.declared.places import PlaceDeclarations, Region
from parsers.who import agencies_of, find_regions, lineage, lines
from parsers.who.identity import agency_id, full_name
from parsers.who.regions import lies_in
from parsers.who.titles import read_names

_ID = re.compile(r"[0-9]{6}[^/]*/.+")


def add_who_commands(cli: click.Group) -> None:
    """Adds both commands."""
    cli.add_command(regions)
    cli.add_command(agencies)


@click.command()
@click.argument("name")
@click.option("--year", type=int, help="Names as they were in that year.")
@click.option("--within", is_flag=True, help="List the regions below it too.")
def regions(name: str, year: int | None, within: bool) -> None:
    """Looks up a region by name or code: gongkai regions 朝阳区 --year 2016."""
    places = place_files.load(data_dir())
    found = find_regions(name, year, places)
    if not found:
        raise GongkaiError(f"no region named {name}" + (f" in {year}" if year else ""))
    for region in found:
        click.echo(_region_row(region, places))
        for step in (s for s in places.successions if region.identity in {s.before, s.after}):
            click.echo(f"  {step.year}  {step.before} -> {step.after}  {step.event}  {step.source}")
        below = (r for r in places.regions if within and r.identity != region.identity)
        for inner in (r for r in below if lies_in(r, region) and r.valid_in(year)):
            click.echo("  " + _region_row(inner, places))


def _region_row(region: Region, places: PlaceDeclarations) -> str:
    above = places.region(region.parent)
    return "\t".join((region.code, region.name, region.level, above.name if above else ""))


@click.command()
@click.argument("name")
@click.option("--year", type=int, help="Names as they were in that year.")
@click.option(
    "--region", "region_name", help="The place, where the name says none: 教育 --region 晋江市."
)
def agencies(name: str, year: int | None, region_name: str | None) -> None:
    """Looks up a body, its id and lineage: gongkai agencies 晋江市科技局 --year 2016."""
    places = place_files.load(data_dir())
    if _ID.fullmatch(name):
        _print_lineage(name, places)
        return
    if region_name:
        _print_functions(name, region_name, year, places)
        return
    named = read_names(name, places)
    if not named:
        raise GongkaiError(f"{name} is not read as the name of a public body")
    for one in named:
        found = [region for region in one.regions if region.valid_in(year)]
        for region in found or (None,):
            identity = agency_id(one, region) or "未定"
            click.echo(f"{identity}\t{full_name(one, region, places, year) or one.printed}")
            _print_lineage(identity, places)


def _print_functions(
    function: str, region_name: str, year: int | None, places: PlaceDeclarations
) -> None:
    keys = [f.key for f in places.functions.values() if function in {f.key, f.title}]
    keys = keys or [key for word in (places.words.get(function),) if word for key in word.functions]
    found = find_regions(region_name, year, places)
    if not keys or not found:
        unknown = function if not keys else region_name
        raise GongkaiError(f"neither function nor region: {unknown}")
    for region in found:
        for agency in (a for key in keys for a in agencies_of(region, key, places, year)):
            click.echo(f"{agency.agency_id}\t{'; '.join(agency.names)}")


def _print_lineage(identity: str, places: PlaceDeclarations) -> None:
    click.echo("  lines: " + ", ".join(lines(identity, places)))
    for link in lineage(identity, places):
        years = f"{link.first_year}-{link.last_year}"
        basis = "declared" if link.declared else "by rule"
        click.echo(
            f"  {years}  {link.before} -> {link.after or '(no government body)'}"
            f"  {link.event}, {basis}  {link.source}"
        )
