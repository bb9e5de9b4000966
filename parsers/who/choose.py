"""Brings a name and the evidence together: one place, or none and the alternatives."""

from collections.abc import Iterable
from dataclasses import dataclass

from parsers.declared.places import PlaceDeclarations, Region
from parsers.who.clues import Clue
from parsers.who.names import Name, same_body
from parsers.who.regions import in_force, inside, lies_in, related

_MOST_ALTERNATIVES = 6
# Kinds of places that a county is not, as names print them for the place itself (省水利厅).
_ABOVE_COUNTIES = frozenset({"省", "自治区", "州", "自治州", "盟"})


@dataclass(frozen=True, slots=True)
class Choice:
    """The region chosen, why, and what else it may be where it is open."""

    region: Region | None
    evidence: tuple[str, ...] = ()
    alternatives: tuple[Region, ...] = ()


def fits(name: Name, region: Region, declared: PlaceDeclarations) -> bool:
    """Whether the kind of place and the form of the name suit the region (县科技局, 水利厅)."""
    if name.body.kind == "bureau" and name.body.suffix == "厅":
        return region.level == "province"
    if name.relative in _ABOVE_COUNTIES:
        return region.level != "county" and region.name.endswith(name.relative)
    if name.relative == "市":
        return region.name.endswith("市")
    if name.relative:
        return region.level == "county" and region.name.endswith(name.relative)
    if name.body.kind == "township":
        holds_towns = region.level == "county" or region.code in declared.without_counties
        return region.zone or holds_towns
    return True


def choose(
    name: Name, clues: Iterable[Clue], year: int | None, declared: PlaceDeclarations
) -> Choice:
    """The region that the name and the evidence leave, if it is exactly one.

    A place printed with the name counts most; the clues tell which of several it is or, where no
    place is printed, which it must be. Evidence that names another place leaves it open.
    """
    options = in_force((r for r in name.regions if fits(name, r, declared)), year)
    certain = not (name.bare and options and _bare_district(options[0]))
    if len(options) == 1 and certain:
        return Choice(options[0], ("name",))
    evidence: list[str] = ["name"] if options else []
    for clue in clues:
        left = _left_by(clue, name, options, declared)
        if left is None:
            continue
        if not left:
            return Choice(None, (), _several((*options, *clue.regions)))
        left = in_force(left, year)
        if len(left) != len(options):
            evidence.append(str(clue))
        certain = True
        options = left
    if len(options) == 1 and certain:
        return Choice(options[0], tuple(evidence))
    return Choice(None, (), _several(options))


def _bare_district(region: Region) -> bool:
    """A district's name without its kind (新城, 和平) says too little by itself."""
    return region.name.endswith("区") and region.level == "county"


def _left_by(
    clue: Clue, name: Name, options: tuple[Region, ...], declared: PlaceDeclarations
) -> tuple[Region, ...] | None:
    """The options that agree with the clue; None where it says nothing, empty where it objects."""
    if not options:
        return (_named_by(clue, name, declared) or None) if clue.naming else None
    left = tuple(region for region in options if _agrees(clue, region, bool(name.regions)))
    if left:
        return left
    objects = clue.naming and not name.regions and (clue.firm or _inside(clue, options))
    return () if objects else None


def _agrees(clue: Clue, region: Region, printed: bool) -> bool:
    """Whether a region is allowed or within one that is; a printed place may also be around it."""
    if clue.allows(region):
        return True
    relation = related if printed else lies_in
    return any(relation(region, named) for named in clue.regions)


def _inside(clue: Clue, options: tuple[Region, ...]) -> bool:
    return any(lies_in(named, region) for named in clue.regions for region in options)


def _named_by(clue: Clue, name: Name, declared: PlaceDeclarations) -> tuple[Region, ...]:
    """The places that a clue names for a body printed without one."""
    if clue.name is not None and same_body(clue.name, name):
        return tuple(region for region in clue.regions if fits(name, region, declared))
    named = _within_printed(clue.regions, name)
    if clue.within or (clue.around and name.relative != "市"):
        named = tuple(region for outer in named for region in inside(outer, declared))
    own = tuple(region for region in dict.fromkeys(named) if _plausible(name, region, declared))
    if own or not name.relative:
        return own
    above = (declared.region(region.parent) for region in named)
    return tuple(r for r in above if r is not None and _plausible(name, r, declared))


def _within_printed(regions: tuple[Region, ...], name: Name) -> tuple[Region, ...]:
    """Those that lie in the place printed, where one is (泉州市青阳街道 is some district's)."""
    if not name.regions:
        return regions
    return tuple(r for r in regions if any(lies_in(r, printed) for printed in name.regions))


def _plausible(name: Name, region: Region, declared: PlaceDeclarations) -> bool:
    """Whether it fits; a bureau (局) without a place is hardly a province's, which has 厅."""
    provincial = region.level == "province" and not region.name.endswith("市")
    named = name.relative in {"省", "自治区"}
    bureau = name.body.kind == "bureau" and name.body.suffix == "局" and not named
    return fits(name, region, declared) and not (provincial and bureau)


def _several(regions: Iterable[Region]) -> tuple[Region, ...]:
    newest = {region.identity: region for region in regions}
    return tuple(newest.values())[:_MOST_ALTERNATIVES]
