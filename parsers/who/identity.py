"""Rule-made identity: the id, full name and level of a body once its place is known.

An id is `<region>/<function>[+<function>...]` (`350582/intellectual_property+science`), with an
own name where the function does not tell the body: `330783/township:巍山镇`.
"""

import re

from parsers.declared.places import NATION_CODE, NATION_NAME, Level, PlaceDeclarations, Region
from parsers.who.names import Name

# Bodies of the central government in a place carry its name, or the seat's, in their own.
_CENTRAL_BRANCH = re.compile(
    r"(?:国家税务总局|国家统计局|中共|中国共产党).*|.*(?:海关|调查队|调查总队)"
)


def agency_id(name: Name, region: Region | None) -> str:
    """The id of the body in that region; of a national body, `100000/` and its key."""
    if name.national is not None:
        return f"{NATION_CODE}/{name.national.key}"
    if region is None:
        return ""
    place = region.identity + (f"/zone:{name.zone}" if name.zone else "")
    return f"{place}/{_key(name, region)}"


def _key(name: Name, region: Region) -> str:
    body = name.body
    functions = "+".join(body.functions)
    if body.kind == "government" and region.zone:  # a zone has a committee, no government
        return "zone_committee"
    if body.kind in {"government", "office"}:
        return body.kind
    if body.kind == "zone":
        return f"zone:{body.own}" if body.own else "zone_committee"
    if body.kind == "bureau":
        return functions
    if body.kind == "branch":
        return functions if _is_branch_of(name, region) else f"{functions}:{body.own}"
    return f"{body.kind}:{body.own}"


def _is_branch_of(name: Name, region: Region) -> bool:
    return region.name.startswith(name.body.own.removesuffix("分局"))


def level(name: Name, region: Region | None) -> Level:
    """The body's level; empty where its name does not tell."""
    if name.national is not None:
        return "national"
    if name.body.kind == "township":
        return "township"
    if region is None:
        return ""
    if name.zone or (name.body.kind == "zone" and name.body.own):
        return "county" if region.level == "prefecture" else ""
    if name.body.kind == "branch" and not _is_branch_of(name, region):
        return ""
    return region.level


def region_name(name: Name, region: Region | None) -> str:
    """The region as it is written beside the code."""
    if name.national is not None:
        return NATION_NAME
    return region.name if region else ""


def full_region_name(region: Region, declared: PlaceDeclarations, year: int | None) -> str:
    """The name that tells the place by itself: a district with its city, 淄博市临淄区."""
    above = declared.region(region.parent, year)
    municipal = region.parent[:2] in {"11", "12", "31", "50"} and region.level == "county"
    if region.zone or above is None or not (municipal or region.name.endswith("区")):
        return region.name
    return region.name if region.level != "county" else above.name + region.name


def full_name(
    name: Name, region: Region | None, declared: PlaceDeclarations, year: int | None
) -> str:
    """The standard name in `year`, as far as it can be told (莆田市科学技术局)."""
    if name.national is not None:
        return name.national.name
    if region is None:
        return ""
    if _CENTRAL_BRANCH.fullmatch(name.printed):
        return name.printed
    place = full_region_name(region, declared, year) + name.zone
    if name.body.kind == "branch":
        above = declared.region(region.parent, year) if _is_branch_of(name, region) else region
        return f"{above.name if above else ''}{name.body.standard(year)}{name.body.own}"
    return place + own_name(name, region, year)


def own_name(name: Name, region: Region, year: int | None) -> str:
    """The body's name without its place."""
    body = name.body
    if body.kind == "zone" or (body.kind == "government" and region.zone):
        return f"{body.own}管理委员会"
    if body.kind in {"government", "office"}:
        government = "行政公署" if region.name.endswith(("地区", "盟")) else "人民政府"
        return government + (body.suffix if body.kind == "office" else "")
    if body.kind == "township":
        return body.own + ("办事处" if body.own.endswith("街道") else "人民政府")
    return body.own if body.kind == "other" else body.standard(year)
