"""What beside the title tells the place or the body: the evidence, in order of trust.

The order: declared by a person; first lines and signature; the site's name; column and path;
document numbers; addresses; telephone area codes. Each clue is a set of regions that it allows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from parsers.declared.places import PlaceDeclarations, Region
from parsers.records import Context, Document
from parsers.titles import matching_title
from parsers.who.names import Name, agreed, same_body
from parsers.who.regions import lies_in, read_places
from parsers.who.scan import Mention, scan
from parsers.who.titles import read_names, read_title

FIRST_CHARS, LAST_CHARS = 1600, 400
_NUMBER = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<key>[\u4e00-\u9fff])(?P<kind>[市县区州旗]?)政(?:公)?(?:办)?(?:函|发|字|公)*"
    r"[\[(〔【{（]20\d\d[\])〕】}）]"
)
_ADDRESS = re.compile(
    r"(?:地址|地点|位于|通讯地址|办公地点)[:：为]?(?P<text>[\u4e00-\u9fff]{2,30})"
)
_PHONE = re.compile(r"(?<!\d)[(（]?(?P<code>0(?:10|2\d|[3-9]\d{2}))[)）\-—－–\s]{1,3}\d{7,8}(?!\d)")
_DATE = re.compile(r"\d{2,4}年\d{1,2}月\d{1,2}日.*$|[二〇○零一三四五六七八九十]{4,}年.*日.*$")
_COMPILED = re.compile(
    r"(?:本报告|报告|年报)由(?P<names>[^，。；：\n]{3,40}?)(?:负责)?(?:编制|编写|起草|汇总|发布)"
)
_COVERED = re.compile(
    r"汇总了?(?P<names>[^，。；：\n]{3,60}?)(?:等单位|等部门)?的?(?:政府|政务)?信息公开"
)
_OWN_AREA = re.compile(r"(?:全|我)([市县区旗])(?!委|局)|([市县区旗])(?:委|政府)")
_REPORT = re.compile("报告|年报")
_SITE_NOISE = re.compile(
    r"^(?:欢迎访问|中国[·•.\-]?|首页)+|(?:政府)?(?:门户网站|政府网站?|信息网|门户|网站|公众网|之窗|网)$|[·•]"
)


@dataclass(frozen=True, slots=True)
class Clue:
    """A piece of evidence. `regions` are those it allows; `within` allows what lies in them too.

    `naming` tells that it names the place itself, rather than one that it must lie in. `firm`
    evidence may not be contradicted; the rest is passed over where it does not fit. `kind` allows
    any region whose name ends so. `around` tells that it names where the page stands, which may be
    the site of the city around the body's place.
    """

    source: str
    printed: str
    regions: tuple[Region, ...]
    within: bool = False
    naming: bool = True
    firm: bool = True
    name: Name | None = None
    kind: str = ""
    around: bool = False

    def allows(self, region: Region) -> bool:
        """Whether the region agrees with it."""
        if self.kind:
            return region.name.endswith(self.kind)
        if self.within:
            return any(lies_in(region, outer) for outer in self.regions)
        return any(region.identity == named.identity for named in self.regions)

    def __str__(self) -> str:
        return f"{self.source}: {self.printed}"


@dataclass(frozen=True, slots=True)
class Texts:
    """The parts of a document where bodies name themselves, as matching keys."""

    first_lines: tuple[str, ...]
    last_lines: tuple[str, ...]

    @property
    def opening(self) -> str:
        """The first lines as one text, lines kept apart."""
        return "\n".join(self.first_lines)


def texts_of(document: Document) -> Texts:
    """The opening and the end of a document."""
    texts = [paragraph.text for paragraph in document.paragraphs()]
    return Texts(tuple(_up_to(texts, FIRST_CHARS)), tuple(_up_to(reversed(texts), LAST_CHARS)))


def _up_to(texts: Iterable[str], limit: int) -> Iterator[str]:
    """The first lines that print anything, as matching keys, to so many characters in all."""
    room = limit
    lines = (matching_title(text[:FIRST_CHARS]) for text in texts)
    for line in islice(filter(None, lines), 40):
        yield line[:room]
        room -= len(line)
        if room <= 0:
            return


def declared_clues(context: Context, declared: PlaceDeclarations) -> Iterator[Clue]:
    """The agency and region that a person declared."""
    for name in read_names(matching_title(context.agency), declared):
        if name.regions and len({region.identity for region in name.regions}) == 1:
            yield Clue("declared agency", context.agency, name.regions, name=name)
    region = declared.region(context.region_code) if context.region_code else None
    if region:
        yield Clue("declared region", context.region_code, (region,))


def signature_names(texts: Texts, declared: PlaceDeclarations) -> Iterator[Name]:
    """Bodies that stand alone on one of the last lines, before a date or not."""
    for line in texts.last_lines:
        text = _DATE.sub("", line).strip("()（）。 ")
        if 3 < len(text) <= 40:
            yield from (name for name in read_names(text, declared) if name.body.kind != "other")


def heading_names(texts: Texts, declared: PlaceDeclarations) -> tuple[Name, ...]:
    """The bodies named by a title-like line among the first, where all such lines agree.

    The title may take two lines. Where none names a body, one that stands alone on a line counts.
    """
    lines = texts.first_lines[:12]
    pairs = [(before, line) for before, line in zip(("", *lines), lines, strict=False)]
    titled = [names for pair in pairs if (names := _in_title_line(*pair, declared))]
    if titled:
        return titled[0] if agreed(names[0] for names in titled) else ()
    alone = [
        name
        for line in lines
        if len(line) <= 30
        for name in read_names(line.removesuffix("文件"), declared)
        if name.regions and name.body.kind not in {"other", "government", "office"}
    ]
    name = agreed(alone)
    return (name,) if name else ()


def _in_title_line(before: str, line: str, declared: PlaceDeclarations) -> tuple[Name, ...]:
    joined = before + line if len(before) <= 40 else line
    if len(line) > 80 or "公开" not in joined or not _REPORT.search(line):
        return ()
    return read_title(line, declared) or read_title(joined, declared)


def further_names(texts: Texts, declared: PlaceDeclarations) -> Iterator[tuple[str, Name]]:
    """Bodies that the opening says compiled the report or are covered by it, with the role."""
    for role, pattern in (("compiler", _COMPILED), ("covered", _COVERED)):
        for match in pattern.finditer(texts.opening):
            yield from ((role, name) for name in read_names(match["names"], declared))


def site_clues(document: Document, context: Context, declared: PlaceDeclarations) -> Iterator[Clue]:
    """The site by its name: from the page's meta tags, its title element and discovery."""
    tails = [
        re.split(r"[_|\-—－]+", title.text)[-1]
        for title in document.titles
        if title.source == "title" and "公开" not in re.split(r"[_|\-—－]+", title.text)[-1]
    ]
    for printed in dict.fromkeys((document.meta_value("SiteName"), context.site_name, *tails)):
        clue = _place_clue("site name", printed, declared)
        if clue:
            yield clue


def column_clues(
    document: Document, context: Context, declared: PlaceDeclarations
) -> Iterator[Clue]:
    """Column, path, portal and the stated source of the page."""
    sources = (
        ("column", context.column),
        ("column", document.meta_value("ColumnName")),
        ("portal", context.portal),
        ("content source", document.meta_value("ContentSource")),
        *(("path", step) for step in reversed(re.split(r"[>＞»/|]", context.breadcrumb))),
    )
    for source, printed in sources:
        clue = _place_clue(source, printed, declared, firm=source in {"column", "path"})
        if clue:
            yield clue


def _place_clue(
    source: str, printed: str, declared: PlaceDeclarations, firm: bool = True
) -> Clue | None:
    key = matching_title(printed)
    while (shorter := _SITE_NOISE.sub("", key)) != key:
        key = shorter
    named = read_names(key, declared)
    if named and named[0].regions:
        return Clue(source, printed, named[0].regions, firm=firm, name=named[0], around=True)
    places = read_places(key, 0, declared)
    best = max(places, key=lambda place: place.end, default=None)
    return Clue(source, printed, best.regions, firm=firm, around=True) if best else None


def mention_clues(mentions: Iterable[Mention], name: Name) -> Iterator[Clue]:
    """Where the text names the same body with its place."""
    for mention in mentions:
        found = mention.name
        if mention.foreign or not found.regions or not same_body(found, name):
            continue
        clue = Clue("first lines", found.printed, found.regions, name=found)
        yield clue if mention.own else replace(clue, naming=False, firm=False)


def superior_clues(mentions: Iterable[Mention]) -> Iterator[Clue]:
    """Governments whose notices the text cites: the body lies in their area."""
    for mention in mentions:
        regions = mention.name.regions
        if mention.foreign and regions and mention.name.body.kind in {"government", "office"}:
            yield Clue("cites", mention.name.printed, regions, True, naming=False, firm=False)


def number_clues(texts: Texts, declared: PlaceDeclarations) -> Iterator[Clue]:
    """Abbreviations in the numbers of cited government documents (舒政办发〔2017〕2号)."""
    for match in _NUMBER.finditer(texts.opening):
        key, kind = match["key"], match["kind"]
        found = tuple(region for region in declared.by_initial.get(key, ()) if kind in region.name)
        short = declared.region(declared.abbreviations.get(key, ""))
        found = (*found, short) if short and not kind else found
        if found:
            yield Clue("document number", match[0], found, True, firm=False)


def kind_clues(texts: Texts) -> Iterator[Clue]:
    """The kind of place the text speaks of: 县 where 县委 or 全县 stands; 市 where only that."""
    spoken = {match[1] or match[2] for match in _OWN_AREA.finditer("\n".join(texts.first_lines))}
    for kind in ("县", "旗", "区", "市"):
        if kind in spoken:
            yield Clue("speaks of", kind, (), naming=False, firm=False, kind=kind)
            return


def address_clues(texts: Texts, declared: PlaceDeclarations) -> Iterator[Clue]:
    """Postal addresses. A city's bureau sits in one of its districts, so both are allowed."""
    for match in _ADDRESS.finditer(texts.opening):
        places = read_places(match["text"], 0, declared)
        best = max((place for place in places if not place.bare), key=lambda p: p.end, default=None)
        if best:  # the street is nobody's to hand on
            printed = match["text"][: best.end]
            yield Clue("address", printed, _with_seat(best.regions, declared))


def _with_seat(regions: tuple[Region, ...], declared: PlaceDeclarations) -> tuple[Region, ...]:
    above = (declared.region(region.parent) for region in regions if region.name.endswith("区"))
    return (*regions, *(region for region in above if region is not None))


def phone_clues(texts: Texts, declared: PlaceDeclarations) -> Iterator[Clue]:
    """Telephone area codes: the body lies in one of the prefectures that share the code."""
    for match in _PHONE.finditer("\n".join((*texts.first_lines, *texts.last_lines))):
        codes = declared.area_codes.get(match["code"], ())
        regions = tuple(region for code in codes if (region := declared.region(code)) is not None)
        if regions:
            yield Clue("area code", match["code"], regions, True, naming=False, firm=False)


def scan_opening(texts: Texts, declared: PlaceDeclarations) -> tuple[Mention, ...]:
    """The bodies named in the opening of a document."""
    return tuple(scan(texts.opening, declared))
