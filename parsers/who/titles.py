"""Cuts the body's name, or the names of several, out of a report's title."""

import re
from dataclasses import replace

from parsers.declared.places import PlaceDeclarations
from parsers.titles import matching_title
from parsers.who.names import Name, read_name, same_body

_PHRASE = re.compile(
    r"政府信息主动公开|(?:政府|政务)?信息(?:主动)?公开|政务公开|年度报告|年报|工作报告"
)
_YEAR = re.compile(
    r"(?:19|20)\d\d(?:年度|年|度)?|[二2][〇○零0Oo][〇○零0一二三四][〇○零0一二三四五六七八九](?:年度|年)?|本?年度"
)
_LEADING = re.compile(
    r"^(?:[^\u4e00-\u9fff(（]+|[(（\[【〔][^)）\]】〕]*[)）\]】〕]|关于|附件|标题|题目|的)+"
)
_TRAILING = re.compile(r"(?:关于|公布|发布|印发|公开|的|文件|机关|本级|[^\u4e00-\u9fff)）]|工作)+$")
# An office tells of the work of its place, or publishes another body's report.
_ABOUT = re.compile(r"关于(?:公布|发布|公开|印发)?")
_ASIDE = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{3,})[)）\]】〕]")
_DASHES = re.compile(r"[-—－:：]+")
_SURE_KINDS = {"bureau", "office", "branch", "national"}
_SEPARATOR = re.compile(r"[、，,;；/&＋+·•・]|和|与|及|暨")


def read_title(title: str, declared: PlaceDeclarations) -> tuple[Name, ...]:
    """The bodies that a title names, in order; none where it names none that can be read."""
    key = matching_title(title)
    phrases = list(_PHRASE.finditer(key))
    for phrase in reversed(phrases):
        if named := read_names(_before(key, phrase.start()), declared):
            return _with_aside(named, key[phrase.end() :], declared)
    if not phrases:  # a row of a list of bodies: 莆田市教育局
        found = read_names(_before(key, len(key)), declared)
        return found if all(name.body.kind in _SURE_KINDS for name in found) else ()
    # (晋江市教育局)2016年政府信息公开年报, 2016年政府信息公开年报——晋江市教育局
    asides = (*_ASIDE.findall(key), *_DASHES.split(key)[1:])
    return next(filter(None, (read_names(_before(a, len(a)), declared) for a in asides)), ())


def _with_aside(
    named: tuple[Name, ...], after: str, declared: PlaceDeclarations
) -> tuple[Name, ...]:
    """The body with what stands behind the phrase: its place, or the bureau of the place.

    晋江市…年报（市教育局） is the bureau's; 罗家镇…年报-青山湖区罗家镇 says where the town lies.
    """
    if len(named) > 1:
        return named
    for aside in _ASIDE.findall(after) if named[0].body.kind == "government" else ():
        second = read_name(aside, declared)
        if second and second.body.kind in {"bureau", "township"}:
            placed = second.regions or named[0].regions
            return (replace(second, regions=placed, relative=""),)
    if not named[0].regions and not named[0].national:
        behind = (read_name(part, declared) for part in _DASHES.split(after)[1:])
        placed_names = (name for name in behind if name and name.regions)
        return next(((name,) for name in placed_names if same_body(name, named[0])), named)
    return named


def _before(key: str, end: int) -> str:
    text = _YEAR.sub("", key[:end])
    text = _TRAILING.sub("", _LEADING.sub("", text))
    text = _ABOUT.split(text)[-1]
    return text + "政府" if text.endswith("人民") else text


def _beside(first: Name, name: Name) -> Name:
    """A later body of a joint report: in the first one's place, or in one beside it."""
    if name.national or name.relative:
        return name
    if not name.regions:
        return replace(name, regions=first.regions, bare=first.bare)
    parents = {region.parent for region in first.regions}
    siblings = tuple(region for region in name.regions if region.parent in parents)
    return replace(name, regions=siblings or name.regions)


def read_names(text: str, declared: PlaceDeclarations) -> tuple[Name, ...]:
    """The body or bodies that the whole of `text` names."""
    if not text or len(text) > 60:
        return ()
    single = read_name(text, declared)
    if single is not None and (single.body.kind != "other" or single.regions):
        return (single,)
    for separator in _SEPARATOR.finditer(text):
        first = read_name(text[: separator.start()], declared)
        rest = read_names(text[separator.end() :], declared) if first else ()
        if first and rest:
            return (first, *(_beside(first, name) for name in rest))
    return ()
