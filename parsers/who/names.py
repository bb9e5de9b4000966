"""Reads the name of a public body: which place, which functions, what kind of body."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from parsers.declared.places import NationalBody, PlaceDeclarations, Region
from parsers.who.bodies import (
    Body,
    read_bureaus,
    read_government,
    read_other,
    read_town,
    read_zone,
)
from parsers.who.regions import Place, read_places

_RELATIVE = re.compile(r"[我本全]?(?P<kind>自治[区州县旗]|[省市县区旗州盟])(?=.)|我|本")
_OWN_PLACE = re.compile(r"[我本全](?P<kind>[省市县区旗州盟])")
_VERTICAL = re.compile(
    r"国家税务总局|国家统计局|中华人民共和国|中国共产党|中共|(?:新疆生产建设兵团|兵团)?第[一二三四五六七八九十]+师"
)
# A place by its shape: 青禾县 in 青禾县科学技术局, though no table has it.
_UNKNOWN_PLACE = re.compile(
    r"(?:(?![我本全各])[^\W\d_局厅委办和与及的]{1,8}?自治(?P<own>[州县旗])"
    r"|(?![我本全各])[^\W\d_局厅委办和与及的区县]{1,3}(?<![园社城林景库牧灾湖地])(?P<kind>[市县区旗盟]))"
)
_GOVERNMENT = re.compile("(?:人民)?政府")
_COMMITTEE = re.compile("管理委员会|管委会")
_BRANCH = re.compile(r"(?P<own>[\u4e00-\u9fff]{1,12})(?:分局|分局办公室)")
_BRACKET = re.compile(r"[(\[【〔](?P<inner>[^()\[\]【】〔〕]*)[)\]】〕]")
_RANK = {
    "national": 7,
    "government": 6,
    "office": 6,
    "bureau": 5,
    "branch": 5,
    "zone": 3,
    "township": 4,
    "other": 1,
}


@dataclass(frozen=True, slots=True)
class Name:
    """A body's name as read. `regions` are the places it may mean, none where none is printed.

    `relative` is the kind of place where only that is printed (市 in 市科技局). `bare` tells that
    the place stood without its kind. `zone` is the functional area between place and body.
    `unknown` is a place that is printed but declared nowhere: no other may be put for it.
    """

    printed: str
    body: Body
    regions: tuple[Region, ...] = ()
    relative: str = ""
    bare: bool = False
    zone: str = ""
    place_end: int = 0
    chained: bool = False
    unknown: str = ""
    national: NationalBody | None = None

    @property
    def complete(self) -> bool:
        """Whether the name itself says which place it means."""
        return self.national is not None or bool(self.regions)


def same_body(one: Name, other: Name) -> bool:
    """Whether two names may mean one body, places apart."""
    if one.body.kind != other.body.kind or one.zone != other.zone:
        return False
    if one.body.kind == "bureau":
        return one.body.functions == other.body.functions
    return one.national == other.national and one.body.own == other.body.own


def agreed(names: Iterable[Name]) -> Name | None:
    """The body that all the names mean, with its place if one prints it; None if they differ."""
    found = list(names)
    placed = [name for name in found if name.regions]
    first = next(iter(placed or found), None)
    if first is None or not all(same_body(name, first) for name in found):
        return None
    common = set.intersection(
        *({region.identity for region in name.regions} for name in placed or [first])
    )
    return first if common or not placed else None


def read_name(text: str, declared: PlaceDeclarations) -> Name | None:
    """The body that `text` names, all of it; None where it names none that can be read."""
    plain, inner = _without_brackets(text)
    name = _best(plain, declared)
    if name is None or not inner:
        return name
    if name.body.kind == "government" and not plain.endswith("政府"):
        return _best(plain + inner, declared) or name  # 晋江市（教育局）
    boards = [_best(part, declared) for part in re.split("[、,，]", inner)]
    words = tuple(
        word
        for board in boards
        if board is not None and board.body.kind == name.body.kind == "bureau"
        for word in board.body.words
    )
    if not words:
        return name
    suffix = f"{name.body.suffix}（{inner}）"
    body = replace(name.body, words=name.body.words + words, suffix=suffix)
    return replace(name, printed=text, body=body)


def _without_brackets(text: str) -> tuple[str, str]:
    match = _BRACKET.search(text)
    if not match:
        return text, ""
    return _BRACKET.sub("", text), match["inner"]


def _best(text: str, declared: PlaceDeclarations) -> Name | None:
    central = declared.national_names.get(text)
    if central:
        return Name(text, Body(len(text), "national"), national=central)
    readings = [name for name in _readings(text, declared) if name.body.end == len(text)]
    best = max(readings, key=_weight, default=None)
    town = best is not None and best.body.kind == "township"
    if best is None or best.body.kind == "other" or (town and _UNKNOWN_PLACE.match(best.body.own)):
        return _in_unknown_place(text, declared) or best
    return best


def _in_unknown_place(text: str, declared: PlaceDeclarations) -> Name | None:
    """A body of a place that is declared nowhere, alone or behind one that is."""
    known = [place for place in read_places(text, 0, declared) if not place.bare]
    for begin in (*(place.end for place in known), *(() if known else (0,))):
        place = _UNKNOWN_PLACE.match(text, begin)
        if place is None:
            continue
        kind = place["own"] or place["kind"]
        bodies = [body for body in _bodies(text, place.end(), declared) if body.kind != "other"]
        if place.end() == len(text):
            bodies = [Body(place.end(), "government", suffix="人民政府")]
        for body in bodies:
            if body.end == len(text):
                return Name(text, body, relative=kind, place_end=place.end(), unknown=place[0])
    return None


def _weight(name: Name) -> tuple[int, bool, int, bool]:
    # 资源规划局 is a bureau's whole name before it is one of 资源县.
    alone = name.bare and not name.chained and name.body.kind == "bureau" and not name.zone
    reach = -1 if alone else name.place_end
    return _RANK[name.body.kind], not name.zone, reach, not name.bare


def _readings(text: str, declared: PlaceDeclarations) -> Iterator[Name]:
    vertical = _VERTICAL.match(text)
    start = vertical.end() if vertical else 0
    places = read_places(text, start, declared)
    furthest = max((place.end for place in places), default=start)
    for place in places:
        for name in _at_place(text, place, declared):
            # A place within the rest of the name would be the body's own.
            if name.body.kind != "other" or place.end == furthest:
                yield replace(name, place_end=place.end, chained=place.chained)
    own = _OWN_PLACE.fullmatch(text)
    if own:  # 我县2020年政府信息公开工作年度报告
        yield Name(text, Body(len(text), "government", suffix="人民政府"), relative=own["kind"])
    relative = _RELATIVE.match(text, start)
    for begin, kind in (
        (start, ""),
        *([(relative.end(), relative["kind"] or "")] if relative else ()),
    ):
        for body in _bodies(text, begin, declared):
            if body.kind != "other":
                yield Name(text, body, relative=kind)
        yield from _in_zone(text, Place(begin, ()), declared, kind)


def _at_place(text: str, place: Place, declared: PlaceDeclarations) -> Iterator[Name]:
    regions, bare = place.regions, place.bare
    if place.end == len(text):
        body = Body(place.end, "government", suffix="人民政府")
        yield Name(text, _committee(body) if regions[0].zone else body, regions, bare=bare)
    for body in _bodies(text, place.end, declared):
        if not (bare and body.kind in {"township", "other"}):
            yield Name(text, body, regions, bare=bare)
            yield from _branches(text, body, regions, declared)
    if regions[0].zone:
        match = _COMMITTEE.fullmatch(text, place.end)
        if match:
            yield Name(text, _committee(Body(match.end(), "zone", suffix=match[0])), regions)
    else:
        yield from _in_zone(text, place, declared)


def _committee(body: Body) -> Body:
    return replace(body, kind="zone", own="", suffix="管理委员会")


def _bodies(text: str, start: int, declared: PlaceDeclarations) -> Iterator[Body]:
    yield from read_bureaus(text, start, declared)
    government = _GOVERNMENT.match(text, start)
    if government:  # 人民政府外事办公室
        yield from read_bureaus(text, government.end(), declared)
    yield from read_government(text, start)
    yield from read_town(text, start, whole=True)
    yield from read_other(text, start)


def _in_zone(
    text: str, place: Place, declared: PlaceDeclarations, relative: str = ""
) -> Iterator[Name]:
    for zone in read_zone(text, place.end):
        yield Name(text, zone, place.regions, relative, place.bare)
        if not zone.suffix:
            for body in _bodies(text, zone.end, declared):
                if body.kind != "other":
                    yield Name(text, body, place.regions, relative, place.bare, zone.own)


def _branches(
    text: str, body: Body, regions: tuple[Region, ...], declared: PlaceDeclarations
) -> Iterator[Name]:
    """A bureau's branch: 公安局上城区分局 is the district's, 公安局水上分局 a body of its own."""
    match = _BRANCH.fullmatch(text, body.end) if body.kind == "bureau" else None
    if not match:
        return
    own = match["own"]
    found = (*declared.full_names.get(own, ()), *declared.stems.get(own, ()))
    inner = tuple(region for region in found if any(_below(region, outer) for outer in regions))
    branch = replace(body, end=len(text), kind="branch", own=own + "分局")
    yield Name(text, branch, inner or regions)


def _below(region: Region, outer: Region) -> bool:
    return region.parent == outer.code or (
        outer.level == "province" and region.code[:2] == outer.code[:2] and region != outer
    )
