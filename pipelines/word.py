"""Styles and numbering of Word documents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from lxml import etree

from pipelines.limits import Package
from pipelines.numbering import MAX_LEVELS, Level, ListCounter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROPERTIES = f"{W}pPr"
PARAGRAPH_STYLE_NAME = f"{W}pStyle"
PARAGRAPH_STYLE = f"{W}pPr/{PARAGRAPH_STYLE_NAME}"
RUN_STYLE = f"{W}rPr/{W}rStyle"
RUN_PROPERTIES = f"{W}rPr"
RUN_COLOUR = f"{W}rPr/{W}color"
TABLE_STYLE = f"{W}tblPr/{W}tblStyle"
SWITCHES = ("vanish", "strike", "dstrike")
# Tags of what is no switch by itself.
RAISED = f"{W}vertAlign"
MOVED = f"{W}position"
_SWITCH = {name: f"{W}rPr/{W}{name}" for name in SWITCHES} | {RAISED: f"{W}rPr/{RAISED}"}
_TELLING = frozenset({*(f"{W}{name}" for name in (*SWITCHES, "color")), RAISED, MOVED})
MAX_HEADING = 6
MAX_INHERITANCE = 20

ListItem = tuple[str, int]
NO_STYLES: Mapping[str, etree._Element] = MappingProxyType({})


def attribute(element: etree._Element, name: str) -> str:
    """An attribute of the word processing namespace; empty if there is none."""
    return element.get(f"{W}{name}", "")


def number_attribute(element: etree._Element | None, default: int = 0) -> int:
    """The `val` of an element as a number."""
    value = attribute(element, "val") if element is not None else ""
    bare = value.lstrip("-")
    return int(value[:9]) if bare.isascii() and bare.isdecimal() else default


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as `vanish` is there and not turned off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def is_shading(element: etree._Element) -> bool:
    """Whether an element is shading or highlighting in a colour other than white."""
    if element.tag == f"{W}highlight":
        return attribute(element, "val") not in ("none", "white")
    if element.tag != f"{W}shd" or attribute(element, "val") == "nil":
        return False
    is_light = attribute(element, "fill").lower() in ("", "auto", "ffffff")
    return not is_light or attribute(element, "val") not in ("", "clear")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of outline and list, which switches of runs it sets, of what ground.

    `colour` is that of its runs as written, empty where it says none.
    """

    based_on: str = ""
    outline: int | None = None
    list_id: str = ""
    list_level: int = 0
    switches: Mapping[str, bool] = field(default_factory=dict)
    shades: bool = False
    colour: str = ""


class Styles:
    """The styles of a document by their ids; each is read when something first names it."""

    def __init__(self, elements: Mapping[str, etree._Element] = NO_STYLES) -> None:
        self._elements = elements
        self._chains: dict[str, list[Style]] = {}

    def outline_level(self, paragraph: etree._Element) -> int:
        """1-6 for a heading, else 0."""
        if paragraph.find(PROPERTIES) is None:
            return 0
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        level = number_attribute(own, 9) if own is not None else None
        for style in self._chain(paragraph, PARAGRAPH_STYLE):
            level = style.outline if level is None else level
        return level + 1 if level is not None and 0 <= level < MAX_HEADING else 0

    def list_item(self, paragraph: etree._Element) -> ListItem | None:
        """List and level of a numbered paragraph."""
        if paragraph.find(PROPERTIES) is None:
            return None
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        depth = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
        if number is not None:
            list_id = attribute(number, "val")
            return None if list_id == "0" else (list_id, number_attribute(depth))
        for style in self._chain(paragraph, PARAGRAPH_STYLE):
            if style.list_id:
                level = number_attribute(depth) if depth is not None else style.list_level
                return None if style.list_id == "0" else (style.list_id, level)
        return None

    def is_plain(self, run: etree._Element) -> bool:
        """Whether nothing is said of a run that hides, strikes, raises or colours it."""
        properties = run.find(RUN_PROPERTIES)
        if properties is not None and not _TELLING.isdisjoint([one.tag for one in properties]):
            return False
        return not any(map(self._tells, self._names_of_run(run)))

    def is_on(self, run: etree._Element, name: str) -> bool:
        """Whether a switch is on for a run, by itself or by the style of it or its paragraph."""
        own = run.find(_SWITCH[name])
        if own is not None:
            return is_on(own)
        styles = self._of_run(run)
        return next((style.switches[name] for style in styles if name in style.switches), False)

    def is_body(self, paragraph: etree._Element) -> bool:
        """Whether the style of a paragraph says only how its text looks."""
        named = paragraph.find(PARAGRAPH_STYLE)
        return named is None or not self._tells(attribute(named, "val"))

    def colour(self, run: etree._Element) -> str:
        """The colour of a run as written, by itself or by the style of it or its paragraph."""
        own = run.find(RUN_COLOUR)
        if own is not None:
            return attribute(own, "val")
        return next((style.colour for style in self._of_run(run) if style.colour), "")

    def shade(self, run: etree._Element) -> bool:
        """Whether a style of a run, its paragraph or a table around it shades anything."""
        chain = self._chain(run, RUN_STYLE)
        for holder in run.iterancestors(f"{W}p", f"{W}tbl"):
            place = PARAGRAPH_STYLE if holder.tag == f"{W}p" else TABLE_STYLE
            chain += self._chain(holder, place)
        return any(style.shades for style in chain)

    def _tells(self, name: str) -> bool:
        """Whether a style numbers, outlines, hides, strikes or colours what it is given to."""
        return any(map(_tells, self._inherited(name)))

    def is_raised(self, run: etree._Element) -> bool:
        """Whether a run is a superscript, by itself or by the style of it or its paragraph."""
        own = run.find(f"{W}rPr/{RAISED}")
        return self.is_on(run, RAISED) if own is None else _is_superscript(own)

    @staticmethod
    def _names_of_run(run: etree._Element) -> Iterator[str]:
        """The names of the styles of a run and its paragraph."""
        paragraph = next(run.iterancestors(f"{W}p"), run)
        for named in (run.find(RUN_STYLE), paragraph.find(PARAGRAPH_STYLE)):
            if named is not None:
                yield attribute(named, "val")

    def _of_run(self, run: etree._Element) -> list[Style]:
        """The styles of a run and then of its paragraph, nearest first."""
        paragraph = next(run.iterancestors(f"{W}p"), run)
        return [*self._chain(run, RUN_STYLE), *self._chain(paragraph, PARAGRAPH_STYLE)]

    def _chain(self, element: etree._Element, place: str) -> list[Style]:
        named = element.find(place)
        return self._inherited(attribute(named, "val")) if named is not None else []

    def _inherited(self, name: str) -> list[Style]:
        """A style and those that it is based on."""
        if name not in self._chains:
            self._chains[name] = list(self._read(name))
        return self._chains[name]

    def _read(self, name: str) -> Iterator[Style]:
        for _ in range(MAX_INHERITANCE):
            if name not in self._elements:
                return
            style = _style(self._elements[name])
            yield style
            name = style.based_on


def _tells(style: Style) -> bool:
    is_outlined = style.outline is not None and style.outline < MAX_HEADING
    return bool(style.list_id or style.switches or style.colour) or is_outlined


def read_styles(package: Package, part: str) -> Styles:
    """The styles of a package, which `part` holds."""
    root = package.xml(part)
    found = root.iter(f"{W}style") if root is not None else ()
    return Styles({attribute(style, "styleId"): style for style in found})


def _style(element: etree._Element) -> Style:
    based_on = element.find(f"{W}basedOn")
    outline = element.find(f"{W}pPr/{W}outlineLvl")
    number = element.find(f"{W}pPr/{W}numPr/{W}numId")
    colour = element.find(RUN_COLOUR)
    return Style(
        based_on=attribute(based_on, "val") if based_on is not None else "",
        outline=number_attribute(outline, 9) if outline is not None else None,
        list_id=attribute(number, "val") if number is not None else "",
        list_level=number_attribute(element.find(f"{W}pPr/{W}numPr/{W}ilvl")),
        switches=_switches(element),
        shades=any(map(is_shading, element.iter(f"{W}shd", f"{W}highlight"))),
        colour=attribute(colour, "val") if colour is not None else "",
    )


def _switches(style: etree._Element) -> dict[str, bool]:
    found = {name: style.find(place) for name, place in _SWITCH.items()}
    return {
        name: _is_superscript(switch) if name == RAISED else is_on(switch)
        for name, switch in found.items()
        if switch is not None
    }


def _is_superscript(align: etree._Element) -> bool:
    return attribute(align, "val") == "superscript"


def read_numbering(package: Package, part: str) -> dict[str, ListCounter]:
    """A counter for each list of a part; lists of one definition count on, as in Word."""
    root = package.xml(part)
    if root is None:
        return {}
    abstract = {attribute(a, "abstractNumId"): _levels(a) for a in root.iter(f"{W}abstractNum")}
    shared: dict[str, ListCounter] = {}
    counters: dict[str, ListCounter] = {}
    for number in root.iter(f"{W}num"):
        reference = number.find(f"{W}abstractNumId")
        name = attribute(reference, "val") if reference is not None else ""
        levels = abstract.get(name, {})
        own, restarts = _overridden(levels, number)
        common = shared.setdefault(name, ListCounter(levels))
        counter = common if own == levels else ListCounter(own)
        if restarts:
            counter = ListCounter(own, common.counts, restarts)
        counters[attribute(number, "numId")] = counter
    return counters


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {_index(level): _level(level) for level in abstract.iter(f"{W}lvl")}


def _index(level: etree._Element) -> int:
    value = attribute(level, "ilvl")
    return int(value) if value.isascii() and value.isdecimal() else 0


def _level(element: etree._Element) -> Level:
    pattern = element.find(f"{W}lvlText")
    form = element.find(f"{W}numFmt")
    suffix = element.find(f"{W}suff")
    return Level(
        pattern=attribute(pattern, "val") if pattern is not None else "",
        number_format=attribute(form, "val") if form is not None else "decimal",
        start=number_attribute(element.find(f"{W}start"), 1),
        legal=is_on(element.find(f"{W}isLgl")),
        is_close=suffix is not None and attribute(suffix, "val") == "nothing",
        restarts_below=number_attribute(element.find(f"{W}lvlRestart"), MAX_LEVELS),
    )


def _overridden(
    levels: dict[int, Level], number: etree._Element
) -> tuple[dict[int, Level], set[int]]:
    """The levels as one list has them, and those that it starts anew."""
    own, restarts = dict(levels), set()
    for override in number.iter(f"{W}lvlOverride"):
        index = _index(override)
        level = override.find(f"{W}lvl")
        start = override.find(f"{W}startOverride")
        base = _level(level) if level is not None else own.get(index, Level())
        own[index] = replace(base, start=number_attribute(start, base.start))
        if start is not None:
            restarts.add(index)
    return own, restarts
