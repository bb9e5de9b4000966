"""Loads regions and agencies: `regions/*.csv` and `agencies/*.csv`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from archive.declarations.files import Row, read_csv
from parsers.declared.places import (
    OPEN_END,
    OPEN_START,
    Function,
    LineageEvent,
    NationalBody,
    PlaceDeclarations,
    Reform,
    Region,
    Succession,
    Word,
)
from parsers.who import regions as names

# The sources of `divisions.csv` are lists as of a month. After 2019-04 only two months are known,
# so a change between them is dated no closer: the earliest start and the latest end count.
_EARLIEST_START = {200712: OPEN_START, 201810: OPEN_START, 202306: 201904, 202609: 202306}
_LATEST_END = {201810: 201904, 201904: 202306, 202306: 202609, 202609: OPEN_END}
_GAPS = {201904, 202306, 202609}
_ZONE_COLUMNS = ("code", "name", "other_names", "parent", "level", "last_year")
_STATISTICAL_ZONES = range(71, 80)


def load(directory: Path) -> PlaceDeclarations:
    """The regions and agencies under `directory`.

    Raises:
        DeclarationError: a row that is not understood, with file and line.
    """
    regions = directory / "regions"
    agencies = directory / "agencies"
    successions = tuple(_successions(regions / "succession.csv"))
    zones = dict(_zones(regions / "zones.csv"))
    divisions = _as_declared(_dated(_divisions(regions), successions), zones)
    places = (*divisions, *zones)
    functions = _functions(agencies / "functions.csv")
    known = {function.key for function in functions}
    spelled, stems = _names(places, zones, _aliases(regions / "aliases.csv"))
    return PlaceDeclarations(
        regions=places,
        full_names={name: tuple(dict.fromkeys(found)) for name, found in spelled.items()},
        stems={name: tuple(dict.fromkeys(found)) for name, found in stems.items()},
        functions={function.key: function for function in functions},
        words={word.word: word for word in _words(agencies / "words.csv", known)},
        national=tuple(_national(agencies / "national.csv")),
        area_codes=_area_codes(regions / "area_codes.csv"),
        abbreviations=_abbreviations(regions / "abbreviations.csv"),
        successions=successions,
        reforms=tuple(_reforms(agencies / "reforms.csv", known)),
        lineage=tuple(_lineage(agencies / "lineage.csv")),
    )


def _divisions(folder: Path) -> tuple[Region, ...]:
    identities = {
        (row["code"], row["name"]): row.required("identity")
        for row in read_csv(folder / "identities.csv", ("code", "name", "identity"))
    }
    rows = read_csv(folder / "divisions.csv", ("code", "name", "first_seen", "last_seen"))
    regions = [_division(row, identities) for row in rows]
    # Statistics gave some zones a new code under the same name: they remain one.
    firsts = {(r.parent, r.name): r.code for r in reversed(regions) if r.zone}
    return tuple(
        replace(region, identity=firsts[region.parent, region.name]) if region.zone else region
        for region in regions
    )


def _dated(divisions: tuple[Region, ...], steps: Iterable[Succession]) -> tuple[Region, ...]:
    """The divisions, with what the year of a succession tells where the lists leave years open."""
    ends = {step.before: step.year * 100 + 12 for step in steps}
    starts = {step.after: step.year * 100 + 1 for step in steps}
    return tuple(
        replace(
            region,
            first=_within_gap(region.first, starts.get(region.identity), max),
            last=_within_gap(region.last, ends.get(region.identity), min),
        )
        for region in divisions
    )


def _as_declared(divisions: tuple[Region, ...], zones: Iterable[Region]) -> tuple[Region, ...]:
    """The divisions; a zone in statistics that is declared under its name is that one."""
    identities = {zone.name: zone.identity for zone in zones}
    return tuple(
        replace(region, identity=identities.get(region.name, region.identity))
        if region.zone
        else region
        for region in divisions
    )


def _within_gap(listed: int, told: int | None, closer: Callable[[int, int], int]) -> int:
    """The month told by a succession, if the lists bound it only by the gap between two."""
    return closer(listed, told) if told is not None and listed in _GAPS else listed


def _division(row: Row, identities: Mapping[tuple[str, str], str]) -> Region:
    code, name = row.required("code"), row.required("name")
    if len(code) != 6 or not code.isdigit():
        row.fail(f"code is {code!r}, not six digits")
    first, last = row.integer("first_seen"), row.integer("last_seen")
    zone = int(code[4:]) in _STATISTICAL_ZONES
    return Region(
        code=code,
        name=name,
        level=names.level_of(code),
        parent=names.parent_of(code),
        first=OPEN_START if zone else _EARLIEST_START.get(first, first),
        last=OPEN_END if zone else _LATEST_END.get(last, last),
        zone=zone,
        identity=identities.get((code, name), code),
    )


def _zones(path: Path) -> Iterable[tuple[Region, tuple[str, ...]]]:
    for row in read_csv(path, _ZONE_COLUMNS):
        level = row.choice("level", ("province", "prefecture", "county"))
        code = row.required("code")
        zone = Region(
            code=code,
            name=row.required("name"),
            level=level,  # type: ignore[arg-type]
            parent=row.required("parent"),
            last=(row.optional_integer("last_year") or OPEN_END // 100) * 100 + 99,
            zone=True,
            identity=code,
        )
        yield zone, row.several("other_names")


def _aliases(path: Path) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_csv(path, ("code", "alias")):
        code = row.required("code")
        found[code] = (*found.get(code, ()), row.required("alias"))
    return found


def _names(
    places: Iterable[Region],
    zones: Mapping[Region, tuple[str, ...]],
    aliases: Mapping[str, tuple[str, ...]],
) -> tuple[Mapping[str, list[Region]], Mapping[str, list[Region]]]:
    spelled: dict[str, list[Region]] = defaultdict(list)
    stems: dict[str, list[Region]] = defaultdict(list)
    by_code = {region.code: region for region in places}
    for region in places:
        others = zones.get(region) or _zone_names(region, by_code)
        for name in (*names.spelled_names(region.name), *others):
            spelled[name].append(region)
        stem = () if region.zone else (names.stem_of(region.name),)
        for name in filter(None, (*stem, *aliases.get(region.code, ()))):
            stems[name].append(region)
    return spelled, stems


def _zone_names(zone: Region, by_code: Mapping[str, Region]) -> tuple[str, ...]:
    """A listed zone's name with its city's in full or short: 莆田市/莆田 before what is its own."""
    city = by_code.get(zone.parent)
    if not zone.zone or city is None:
        return ()
    stem = names.stem_of(city.name)
    own = zone.name.removeprefix(city.name).removeprefix(stem)
    return (city.name + own, stem + own) if own != zone.name else (city.name + zone.name,)


def _functions(path: Path) -> tuple[Function, ...]:
    rows = read_csv(path, ("function", "title"))
    return tuple(Function(row.required("function"), row.required("title")) for row in rows)


def _words(path: Path, known: set[str]) -> Iterable[Word]:
    for row in read_csv(path, ("word", "functions", "full", "first_year", "last_year")):
        functions = row.several("functions", "+")
        for function in functions:
            if function not in known:
                row.fail(f"unknown function {function!r}")
        yield Word(row.required("word"), functions, row["full"], *_years(row))


def _national(path: Path) -> Iterable[NationalBody]:
    for row in read_csv(path, ("name", "other_names", "slug", "first_year", "last_year")):
        name = row.required("name")
        others = (name, *row.several("other_names"))
        yield NationalBody(name, others, row.required("slug"), *_years(row))


def _area_codes(path: Path) -> Mapping[str, tuple[str, ...]]:
    rows = read_csv(path, ("area_code", "codes"))
    return {row.required("area_code"): row.several("codes") for row in rows}


def _abbreviations(path: Path) -> Mapping[str, str]:
    rows = read_csv(path, ("abbreviation", "code"))
    return {row.required("abbreviation"): row.required("code") for row in rows}


def _successions(path: Path) -> Iterable[Succession]:
    for row in read_csv(path, ("before", "after", "year", "event", "source")):
        yield Succession(*_event(row))


def _lineage(path: Path) -> Iterable[LineageEvent]:
    for row in read_csv(path, ("before", "after", "year", "event", "source")):
        yield LineageEvent(*_event(row))


def _event(row: Row) -> tuple[str, str, int, str, str]:
    before, after = row.required("before"), row.required("after")
    return before, after, row.integer("year"), row.required("event"), row.required("source")


def _reforms(path: Path, known: set[str]) -> Iterable[Reform]:
    columns = ("reform", "before", "after", "event", "first_year", "last_year", "source")
    for row in read_csv(path, columns):
        before, after = row.choice("before", known), row["after"]
        if after:
            row.choice("after", known)
        event = row.choice("event", ("succeeded", "moved", "duties"))
        first, last = _years(row)
        source = row.required("source")
        yield Reform(row.required("reform"), before, after, event, first, last, source)


def _years(row: Row) -> tuple[int, int]:
    first, last = row.optional_integer("first_year"), row.optional_integer("last_year")
    return first or 0, last or 9999
