"""What is declared of regions and agencies, with the indexes that look-ups need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar

T = TypeVar("T")

Level: TypeAlias = Literal["national", "province", "prefecture", "county", "township", ""]

NATION_CODE = "100000"
NATION_NAME = "中华人民共和国"
OPEN_START, OPEN_END = 0, 999999


@dataclass(frozen=True, slots=True)
class Region:
    """A division or functional area under one name.

    `code` is the code of GB/T 2260; a zone without one has its parent's code and a word
    (`150600-engebei`). `parent` is the code of the division above, `100000` for a province.
    `first` and `last` (YYYYMM) are the months between which the name may have been in force, as
    wide as the sources allow. `identity` is the code, but for codes that were given to another
    place later.
    """

    code: str
    name: str
    level: Level
    parent: str
    first: int = OPEN_START
    last: int = OPEN_END
    zone: bool = False
    identity: str = ""

    def valid_in(self, year: int | None) -> bool:
        """Whether a report on `year`, written the year after, could bear this name."""
        return year is None or (self.first <= year * 100 + 112 and self.last >= year * 100 + 1)


@dataclass(frozen=True, slots=True)
class Function:
    """A standard function of government: `key` is used in ids, `title` is what people call it."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word that names functions in a body's name (科技, 教育和科技).

    `full` is the standard long form where the word is short for one, in the years given.
    """

    word: str
    functions: tuple[str, ...]
    full: str = ""
    first_year: int = 0
    last_year: int = 9999

    def standard(self, year: int | None) -> str:
        """The long form in `year`; the word itself where none is declared."""
        in_force = year is None or self.first_year <= year <= self.last_year
        return self.full if self.full and in_force else self.word


@dataclass(frozen=True, slots=True)
class NationalBody:
    """A body of the central government: its name, other names for it and its key in ids."""

    name: str
    names: tuple[str, ...]
    key: str
    first_year: int = 0
    last_year: int = 9999


@dataclass(frozen=True, slots=True)
class Succession:
    """One region's identity followed by another's: a rename keeps the code and needs none."""

    before: str
    after: str
    year: int
    event: str
    source: str


@dataclass(frozen=True, slots=True)
class Reform:
    """A reform that changed functions everywhere.

    `event` is `succeeded` where the bodies with `before` became those with `after`, `moved` where
    `before` ended as a function of its own and went to bodies of another line, `duties` where only
    a part of it went over; `after` is empty where the heirs are no government's. `first_year` and
    `last_year` bound when it was carried out below the centre.
    """

    key: str
    before: str
    after: str
    event: str
    first_year: int
    last_year: int
    source: str


@dataclass(frozen=True, slots=True)
class LineageEvent:
    """One body that followed another, declared for these two with its source."""

    before: str
    after: str
    year: int
    event: str
    source: str


@dataclass(frozen=True, slots=True)
class PlaceDeclarations:
    """Regions, functions and lineage as declared, and the indexes over them.

    `full_names` holds names with their kind (晋江市, 延边州), `stems` those without (晋江), each
    with every region that bears it. `without_counties` are the prefectures that have towns
    directly below them. `starts` are the first two characters of anything that can begin
    the name of a region or body. `abbreviations` are those of provinces and cities in document
    numbers, with the code. `by_initial` groups divisions by the first character of their name,
    `by_area` regions by the first two and four digits of their code, `successions_from` the
    successions by what came before. `name_lengths` and `word_lengths` tell by its first two
    characters how long a region's name or a body's word may be, the longest first.
    """

    regions: tuple[Region, ...] = ()
    functions: Mapping[str, Function] = field(default_factory=dict)
    words: Mapping[str, Word] = field(default_factory=dict)
    national: tuple[NationalBody, ...] = ()
    area_codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    successions: tuple[Succession, ...] = ()
    successions_from: Mapping[str, tuple[Succession, ...]] = field(default_factory=dict)
    reforms: tuple[Reform, ...] = ()
    lineage: tuple[LineageEvent, ...] = ()
    by_code: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)
    full_names: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)
    stems: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)
    national_names: Mapping[str, NationalBody] = field(default_factory=dict)
    starts: frozenset[str] = frozenset()
    by_initial: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)
    by_area: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)
    without_counties: frozenset[str] = frozenset()
    name_lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    word_lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def region(self, code: str, year: int | None = None) -> Region | None:
        """The region with that code; of several names the one in force in `year`, else newest."""
        named = self.by_code.get(code, ())
        in_force = [region for region in named if region.valid_in(year)]
        return max(in_force or named, key=lambda region: region.last, default=None)


def build(
    regions: Iterable[Region],
    names: Mapping[str, Iterable[Region]],
    stems: Mapping[str, Iterable[Region]],
    functions: Iterable[Function],
    words: Iterable[Word],
    national: Iterable[NationalBody],
    area_codes: Mapping[str, tuple[str, ...]],
    abbreviations: Mapping[str, str],
    successions: Iterable[Succession],
    reforms: Iterable[Reform],
    lineage: Iterable[LineageEvent],
) -> PlaceDeclarations:
    """The declarations with their indexes."""
    places = tuple(regions)
    by_code: dict[str, tuple[Region, ...]] = {}
    for region in places:
        by_code[region.code] = (*by_code.get(region.code, ()), region)
    full_names = {name: tuple(dict.fromkeys(found)) for name, found in names.items()}
    bare = {name: tuple(dict.fromkeys(found)) for name, found in stems.items()}
    bodies = tuple(national)
    steps = tuple(successions)
    national_names = {name: body for body in bodies for name in body.names}
    word_index = {word.word: word for word in words}
    return PlaceDeclarations(
        regions=places,
        functions={function.key: function for function in functions},
        words=word_index,
        national=bodies,
        area_codes=area_codes,
        abbreviations=abbreviations,
        successions=steps,
        successions_from=_grouped((step.before, step) for step in steps),
        reforms=tuple(reforms),
        lineage=tuple(lineage),
        by_code=by_code,
        full_names=full_names,
        stems=bare,
        national_names=national_names,
        starts=frozenset(
            name[:2] for index in (full_names, bare, word_index, national_names) for name in index
        ),
        by_initial=_grouped((r.name[0], r) for r in places if not r.zone),
        by_area=_grouped((r.code[:width], r) for r in places for width in (2, 4)),
        without_counties=_without_counties(places),
        name_lengths=_lengths((*full_names, *bare)),
        word_lengths=_lengths(word_index),
    )


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for key, member in pairs:
        groups.setdefault(key, []).append(member)
    return {key: tuple(group) for key, group in groups.items()}


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for name in names:
        if len(name) > 1:
            found.setdefault(name[:2], set()).add(len(name))
    return {begin: tuple(sorted(lengths, reverse=True)) for begin, lengths in found.items()}


def _without_counties(places: tuple[Region, ...]) -> frozenset[str]:
    parents = {region.parent for region in places if not region.zone}
    prefectures = {region.code for region in places if region.level == "prefecture"}
    return frozenset(prefectures - parents)
