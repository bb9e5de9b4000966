"""What became of a region or body, and what it was before.

A *line* is one function in one place through all its names and reforms, `350582/science`. A body
with several functions stands on several lines; a function that moves ends on no other line. Where
a reform takes a function from a body that had others, the body goes on with these.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from parsers.declared.places import PlaceDeclarations, Reform, Region, Succession, Word
from parsers.who.bodies import Body, is_whole
from parsers.who.identity import full_name
from parsers.who.names import Name
from parsers.who.regions import in_force

# Events in which a function or a part of it leaves its line.
GIVEN_AWAY = frozenset({"moved", "duties"})


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a lineage: `before` went over into `after` between the two years.

    `event` says how, `source` why we say so; `declared` tells a link stated for these two bodies
    from one that follows from a reform or a change of divisions.
    """

    before: str
    after: str
    first_year: int
    last_year: int
    event: str
    source: str
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that the rules give a name: `names` are those it may have carried."""

    agency_id: str
    names: tuple[str, ...]
    region_code: str
    function: str


def find_regions(name: str, year: int | None, declared: PlaceDeclarations) -> tuple[Region, ...]:
    """The regions of that name, long, short or without its kind, or with that code, in `year`."""
    if name in declared.by_code:
        return in_force(declared.by_code[name], year)
    found = (*declared.full_names.get(name, ()), *declared.stems.get(name, ()))
    exact = tuple(dict.fromkeys(region for region in found if region.valid_in(year)))
    return in_force(exact, year)


def lineage(agency_id: str, declared: PlaceDeclarations) -> tuple[Link, ...]:
    """Every step before and after a body, as far as declared; the earliest first."""
    links = {*_walk(agency_id, declared, True), *_walk(agency_id, declared, False)}
    return tuple(sorted(links, key=lambda link: (link.first_year, link.before, link.after)))


def _walk(agency_id: str, declared: PlaceDeclarations, forward: bool) -> Iterator[Link]:
    waiting, seen = [agency_id], {agency_id}
    while waiting:
        current = waiting.pop()
        for link in _links_of(current, declared):
            here, there = (link.before, link.after) if forward else (link.after, link.before)
            if here != current:
                continue
            yield link
            if there and there not in seen and link.event not in GIVEN_AWAY:
                seen.add(there)
                waiting.append(there)


def _links_of(agency_id: str, declared: PlaceDeclarations) -> Iterator[Link]:
    """The steps that begin or end at a body."""
    for event in declared.lineage:
        if agency_id in {event.before, event.after}:
            ends = (event.before, event.after, event.year, event.year)
            yield Link(*ends, event.event, event.source, declared=True)
    place, _, key = agency_id.partition("/")
    for step in declared.successions:
        if place in {step.before, step.after}:
            ends = (f"{step.before}/{key}", f"{step.after}/{key}", step.year, step.year)
            yield Link(*ends, step.event, step.source)
    functions = key.split("+")
    for reform in declared.reforms:
        whole = len(functions) == 1 or reform.event in GIVEN_AWAY
        if functions == [reform.after] or (reform.before in functions and whole):
            yield _reformed(place, functions, reform)
    if len(functions) > 1:
        for round_ in dict.fromkeys(reform.key for reform in declared.reforms):
            rules = [reform for reform in declared.reforms if reform.key == round_]
            yield from _carried(place, functions, rules)


def _reformed(place: str, functions: list[str], reform: Reform) -> Link:
    before = "+".join(functions) if reform.before in functions else reform.before
    after = f"{place}/{reform.after}" if reform.after else ""
    years = (reform.first_year, reform.last_year)
    return Link(f"{place}/{before}", after, *years, reform.event, reform.source)


def _carried(place: str, functions: list[str], rules: list[Reform]) -> Iterator[Link]:
    """What a reform made of a body of several functions: it goes on with those left to it."""
    became = {r.before: r for r in rules if r.event == "succeeded" and r.before in functions}
    # What is taken over by a function of the same body stays in it: 文化和旅游.
    gone = {
        r.before: r
        for r in rules
        if r.event == "moved" and r.before in functions and r.after not in functions
    }
    left = {became[f].after if f in became else f for f in functions if f not in gone}
    steps = [*became.values(), *gone.values()]
    if not steps or not left:
        return
    ends = (f"{place}/{'+'.join(functions)}", f"{place}/{'+'.join(sorted(left))}")
    event = f"continued without {' and '.join(sorted(gone))}" if gone else "succeeded"
    years = min(step.first_year for step in steps), max(step.last_year for step in steps)
    yield Link(*ends, *years, event, steps[0].source)


def lines(agency_id: str, declared: PlaceDeclarations) -> tuple[str, ...]:
    """The lines a body stands on, each named by the place and function it has today.

    Bodies with a line in common belong in one series there; where one of them stands on other
    lines too, its figures count more than that line's.
    """
    place, slash, key = agency_id.partition("/")
    if not slash:
        return ()
    today = _place_today(place, declared)
    functions = {_function_today(function, declared) for function in key.split("+")}
    return tuple(sorted(f"{today}/{function}" for function in functions))


def _place_today(place: str, declared: PlaceDeclarations) -> str:
    """Where a place went; a merger or split is no one line, so it stops there."""
    for _ in range(8):
        steps = declared.successions_from.get(place, ())
        if len(steps) != 1 or _merges(steps[0], declared):
            return place
        place = steps[0].after
    return place


def _merges(step: Succession, declared: PlaceDeclarations) -> bool:
    """Whether the place that took over was there before, or took over from others too."""
    others = any(s.after == step.after and s.before != step.before for s in declared.successions)
    starts = [r.first for r in declared.by_code.get(step.after, ()) if r.identity == step.after]
    return others or min(starts, default=0) < step.year * 100 - 100


def _function_today(function: str, declared: PlaceDeclarations) -> str:
    for _ in range(8):
        mine = (r for r in declared.reforms if r.before == function and r.event == "succeeded")
        after = [r.after for r in mine]
        if len(after) != 1:
            return function
        function = after[0]
    return function


def ended(agency_id: str, year: int, declared: PlaceDeclarations) -> str:
    """The source by which all functions of a body may have gone to others by `year`, if they may.

    Whether a place carried the reform out, and when, is not told by it.
    """
    functions = agency_id.partition("/")[2].split("+")
    ends = [
        next((r.source for r in declared.reforms if _ends(r, function, year)), "")
        for function in functions
    ]
    return "; ".join(dict.fromkeys(ends)) if all(ends) else ""


def _ends(reform: Reform, function: str, year: int) -> bool:
    # From the first year on a place may have carried it out, so from then on nothing is certain.
    return reform.before == function and reform.event != "duties" and reform.first_year <= year


def agencies_of(
    region: Region, function: str, declared: PlaceDeclarations, year: int | None = None
) -> tuple[Agency, ...]:
    """The bodies that the rules know for a function in a region, and the names they may carry."""
    if function in {"government", "office"}:
        return (_office(region, function, declared, year),)
    by_functions: dict[tuple[str, ...], list[Word]] = {}
    for word in declared.words.values():
        in_years = year is None or word.first_year <= year <= word.last_year
        if function in word.functions and in_years:
            by_functions.setdefault(tuple(sorted(set(word.functions))), []).append(word)
    return tuple(
        _agency(region, functions, words, declared, year)
        for functions, words in sorted(by_functions.items(), key=lambda item: (len(item[0]), item))
    )


def _office(region: Region, function: str, declared: PlaceDeclarations, year: int | None) -> Agency:
    suffix = "办公厅" if region.level == "province" else "办公室"
    body = Body(0, "office" if function == "office" else "government", suffix=suffix)
    name = full_name(Name("", body, (region,)), region, declared, year)
    return Agency(f"{region.identity}/{function}", (name,), region.code, function)


def _agency(
    region: Region,
    functions: tuple[str, ...],
    words: list[Word],
    declared: PlaceDeclarations,
    year: int | None,
) -> Agency:
    suffix = "厅" if region.level == "province" and not region.name.endswith("市") else "局"
    bodies = (
        Body(0, "bureau", (word,), word.word, "" if is_whole(word.word) else suffix)
        for word in words
    )
    names = {full_name(Name("", body, (region,)), region, declared, year) for body in bodies}
    key = "+".join(functions)
    return Agency(f"{region.identity}/{key}", tuple(sorted(names)), region.code, key)
