"""Regions: their short forms, what lies in what, and the reading of place names in running text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from parsers.declared.places import NATION_CODE, Level, PlaceDeclarations, Region

# The recognised ethnic groups (GB/T 3304) as they stand in the names of autonomous areas. Those
# before the first group of brackets occur without 族 too.
_GROUPS = (
    r"(?:(?:维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)族?|(?:回|藏|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|傣|黎"
    r"|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|阿昌|普米|怒|乌孜别克|俄罗斯"
    r"|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族)"
)
_AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?){_GROUPS}+自治(?P<kind>区|州|县|旗)")
_PLAIN = re.compile(
    r"(?P<stem>.{2,}?)(?:族?自治(?P<kind>区|州|县|旗)|特别行政区|地区|省|市|县|区|盟)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place read at some position: where it ends and every region it may be.

    `bare` tells that a name stood without its kind (晋江 for 晋江市), `chained` that it followed
    the name of a place around it.
    """

    end: int
    regions: tuple[Region, ...]
    bare: bool = False
    chained: bool = False


def level_of(code: str) -> Level:
    """The level that a six-digit code of GB/T 2260 stands for."""
    if code == NATION_CODE:
        return "national"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def parent_of(code: str) -> str:
    """The code of the division above; counties directly under a province belong to it."""
    if code.endswith("0000"):
        return NATION_CODE
    direct = code[:2] in {"11", "12", "31", "50"} or code[2:4] == "90"
    return code[:2] + "0000" if code.endswith("00") or direct else code[:4] + "00"


def spelled_names(name: str) -> tuple[str, ...]:
    """The name and its short forms that keep the kind: 张家川回族自治县 also as 张家川县."""
    match = _AUTONOMOUS.fullmatch(name)
    if match and match["kind"] != "区":
        return (name, match["stem"] + match["kind"])
    if name.endswith(("族自治县", "族自治旗")):
        return (name, name[:-4] + name[-1])
    return (name,)


def stem_of(name: str) -> str:
    """The name without its kind (晋江 for 晋江市); empty where too little would be left."""
    match = _AUTONOMOUS.fullmatch(name) or _PLAIN.fullmatch(name)
    return match["stem"] if match else ""


def lies_in(region: Region, other: Region) -> bool:
    """Whether `region` is `other` or lies within it."""
    if region.identity == other.identity or region.parent == other.code:
        return True
    if other.zone:
        return False
    code = region.parent if region.zone else region.code
    width = {"national": 0, "province": 2, "prefecture": 4}.get(other.level, 6)
    return code[:width] == other.code[:width]


def inside(outer: Region, declared: PlaceDeclarations) -> tuple[Region, ...]:
    """The region itself and every region within it."""
    width = {"province": 2, "prefecture": 4}.get(outer.level, 4)
    near = declared.by_area.get(outer.code[:width], ())
    return tuple(region for region in near if lies_in(region, outer))


def related(region: Region, other: Region) -> bool:
    """Whether one of the two lies in the other."""
    return lies_in(region, other) or lies_in(other, region)


def read_places(text: str, start: int, declared: PlaceDeclarations) -> tuple[Place, ...]:
    """Every way to read a place, or a chain of places each within the last, from `start` on."""
    return tuple(_chains(text, start, (), declared))


def _chains(
    text: str, start: int, above: tuple[Region, ...], declared: PlaceDeclarations
) -> Iterable[Place]:
    for length in declared.name_lengths.get(text[start : start + 2], ()):
        printed = text[start : start + length]
        if len(printed) < length:
            continue
        full = declared.full_names.get(printed, ())
        # 沙县 was a county's whole name before it became the stem of 沙县区: the year tells.
        regions = _within((*full, *declared.stems.get(printed, ())), above)
        if regions:
            yield Place(start + length, regions, not full, bool(above))
            yield from _chains(text, start + length, regions, declared)


def _within(found: tuple[Region, ...], above: tuple[Region, ...]) -> tuple[Region, ...]:
    if not above:
        return found
    identities = {region.identity for region in above}
    return tuple(
        region
        for region in found
        if region.identity not in identities and any(lies_in(region, outer) for outer in above)
    )


def in_force(regions: Iterable[Region], year: int | None) -> tuple[Region, ...]:
    """The regions whose name was in force in `year`, one for each identity; all where none was."""
    everything = tuple(regions)
    valid = tuple(region for region in everything if region.valid_in(year))
    newest: dict[str, Region] = {}
    for region in sorted(valid or everything, key=lambda region: region.last):
        newest[region.identity] = region
    return tuple(newest.values())
