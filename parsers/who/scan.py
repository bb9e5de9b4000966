"""Finds the names of bodies in running text, and whether the text speaks of itself there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.declared.places import PlaceDeclarations, Region
from parsers.who.bodies import Body, read_bureaus, read_government, read_town, read_zone
from parsers.who.names import Name
from parsers.who.regions import read_places

_FOREIGN_BEFORE = re.compile(
    r"(?:根据|按照|依据|按|遵照|贯彻|落实|执行|转发|(?<!年)报|报送|经|向|对|接受|受|参加|获|《[^》\n]{0,40}|\[[^\]\n]*)\Z"
)
_FOREIGN_AFTER = re.compile(
    r"^[^，。；\n]{0,16}(?:关于[^，。\n]{0,40}(?:通知|要求|意见|方案)|通知|文件精神|部署|的要求|相关要求|有关要求|信息公开办法|信息公开规定)"
    r"|^的?(?:统一|大力|正确|直接)?(?:领导|指导|支持|安排|组织|召开|举办|检查|考核|下发|印发|转发|审核|批准|主管|牵头)"
)
_SELF_AFTER = re.compile(
    r"^(?:\d{4}年|[^，。；\n《]{0,12}(?:信息公开|政务公开)(?!办法|规定|条例)|办公室|门户网站|网站|网页|负责|编制|高度重视|认真|严格|在|坚持|按照|根据|联系|全体|共)"
)
_SELF_BEFORE = re.compile(
    r"(?:汇总|本报告由|由|与|请与|请向|请联系|至|到|本报告系|特公布|成立|反映了?)\Z"
)
# A town that stands without its county is told from other words by what leads to it.
_INTRODUCE = ("成立", "成立了", "本报告由", "请与", "领导下,", "指导下,")


@dataclass(frozen=True, slots=True)
class Mention:
    """A body named in a text, from `start` to `end`. `own` marks speech of the publisher itself.

    `foreign` marks one that is cited, obeyed or reported to.
    """

    name: Name
    start: int
    end: int
    own: bool
    foreign: bool


def scan(text: str, declared: PlaceDeclarations) -> Iterator[Mention]:
    """The bodies that `text` names, left to right, none inside another."""
    position = 0
    while position < len(text) - 1:
        found = _name_at(text, position, declared)
        if found is None:
            position += 1
            continue
        yield _judged(text, position, found)
        position = found.body.end


def _name_at(text: str, start: int, declared: PlaceDeclarations) -> Name | None:
    relative = text[start] in "省市县区旗州"
    if text.endswith(_INTRODUCE, 0, start):
        for town in _close(read_town(text, start, whole=False)):
            if all(place.bare for place in read_places(text, start, declared)):
                return _name(text, start, town, (), False)
    if text[start : start + 2] not in declared.starts and not relative:
        return None
    readings = [*_placed(text, start, declared), *_unplaced(text, start, relative, declared)]
    return max(readings, key=lambda name: (name.body.end, bool(name.regions)), default=None)


def _placed(text: str, start: int, declared: PlaceDeclarations) -> Iterator[Name]:
    for place in read_places(text, start, declared):
        bodies = [*read_bureaus(text, place.end, declared), *read_government(text, place.end)]
        if not place.bare:
            bodies += _close(read_town(text, place.end, whole=False))
        bodies += [zone for zone in read_zone(text, place.end) if zone.suffix]
        for body in bodies:
            if body.kind != "government" or text.startswith("人民", place.end):
                yield _name(text, start, body, place.regions, place.bare)


def _close(towns: Iterator[Body]) -> Iterator[Body]:
    """Towns with a short own name: in running text a longer one is mostly a run-on."""
    return (town for town in towns if len(town.own) <= 6)


def _unplaced(text: str, start: int, relative: bool, declared: PlaceDeclarations) -> Iterator[Name]:
    kind = text[start] if relative else ""
    begins = (start, start + 1) if relative else (start,)
    for begin in begins:
        for body in read_bureaus(text, begin, declared):
            yield _name(text, start, body, (), False, kind if begin > start else "")


def _name(
    text: str,
    start: int,
    body: Body,
    regions: tuple[Region, ...],
    bare: bool,
    relative: str = "",
) -> Name:
    return Name(text[start : body.end], body, regions, relative, bare)


def _judged(text: str, start: int, name: Name) -> Mention:
    before, after = text[max(0, start - 45) : start], text[name.body.end : name.body.end + 60]
    foreign = bool(_FOREIGN_BEFORE.search(before) or _FOREIGN_AFTER.match(after))
    own = bool(_SELF_BEFORE.search(before) or _SELF_AFTER.match(after))
    return Mention(name, start, name.body.end, own and not foreign, foreign)
