"""What is declared of regions and agencies, with the indexes that look-ups need."""

from collections.abc import Iterable, Iterator, Mapping
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
    full_names: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)
    stems: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    words: Mapping[str, Word] = field(default_factory=dict)
    national: tuple[NationalBody, ...] = ()
    area_codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    successions: tuple[Succession, ...] = ()
    reforms: tuple[Reform, ...] = ()
    lineage: tuple[LineageEvent, ...] = ()
    by_code: Mapping[str, tuple[Region, ...]] = field(init=False)
    by_initial: Mapping[str, tuple[Region, ...]] = field(init=False)
    by_area: Mapping[str, tuple[Region, ...]] = field(init=False)
    successions_from: Mapping[str, tuple[Succession, ...]] = field(init=False)
    national_names: Mapping[str, NationalBody] = field(init=False)
    starts: frozenset[str] = field(init=False)
    without_counties: frozenset[str] = field(init=False)
    name_lengths: Mapping[str, tuple[int, ...]] = field(init=False)
    word_lengths: Mapping[str, tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Makes the indexes that look-ups need."""
        for name, index in _indexes(self):
            object.__setattr__(self, name, index)

    def region(self, code: str, year: int | None = None) -> Region | None:
        """The region with that code; of several names the one in force in `year`, else newest."""
        named = self.by_code.get(code, ())
        in_force = [region for region in named if region.valid_in(year)]
        return max(in_force or named, key=lambda region: region.last, default=None)


def _indexes(declared: PlaceDeclarations) -> Iterator[tuple[str, object]]:
    """The indexes over what is declared, by the names of their fields."""
    places = declared.regions
    names = (*declared.full_names, *declared.stems)
    bodies = {name: body for body in declared.national for name in body.names}
    yield "by_code", _grouped((region.code, region) for region in places)
    yield "by_initial", _grouped((r.name[0], r) for r in places if not r.zone)
    yield "by_area", _grouped((r.code[:width], r) for r in places for width in (2, 4))
    yield "successions_from", _grouped((step.before, step) for step in declared.successions)
    yield "national_names", bodies
    yield "starts", frozenset(name[:2] for name in (*names, *declared.words, *bodies))
    yield "without_counties", _without_counties(places)
    yield "name_lengths", _lengths(names)
    yield "word_lengths", _lengths(declared.words)


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
