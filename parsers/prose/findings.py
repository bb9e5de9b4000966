"""What was found in a sentence, and how it becomes an observation."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from parsers.figures import in_unit, read_figure
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.records import Observation, Period, Problem, Qualifier, UnitFrom
from parsers.script import simplified

_MORE_BEFORE = re.compile(r"([余多])(万)")
# Count words that are used for one another in sentences (公开信息50件 is 50条).
_STANDS_FOR_COUNT = frozenset("条件次篇份个项则宗批部起例封期场轮处家所") | {"场次", "件次", "批次"}
_PEOPLE = frozenset({"人", "名", "位", "个", "人次", "次"})


# 主办 and 协办 count proposals of both kinds: said of one kind, they are a part.
SIBLINGS = frozenset({"proposals.npc", "proposals.cppcc"})
PARTS_OF_SIBLINGS = frozenset({"proposals.lead", "proposals.joint"})


@dataclass(frozen=True, slots=True)
class Found:
    """A figure or an outright none in a sentence, between two places of its key.

    `of` is the indicator that was counted right before and that this figure may be a part of;
    `weak` tells that what it is about was said around the sentence, not in it, or that it may be of
    the area's own web site alone.
    """

    sentence: Sentence
    begin: int
    end: int
    indicator: str
    rule: str
    category: str = ""
    period: Period = "year"
    none: bool = False
    applicant: str = ""
    of: str = ""
    weak: bool = False


def problem(found_in: Sentence, begin: int, end: int, kind: str, detail: str) -> Problem:
    """A problem of prose with its place."""
    return Problem("prose", kind, detail, found_in.place(begin, end))


def observation(found: Found, read: Reader) -> Observation | Problem:
    """The observation, or the problem that its number cannot be read."""
    raw = found.sentence.printed(found.begin, found.end)
    if found.none:
        return _observed(found, read, raw, Decimal(0), "")
    # 20余万 is 20万余.
    figure = read_figure(_MORE_BEFORE.sub(r"\2\1", simplified(raw)), read.forms.words)
    if figure.status != "reported" or figure.value is None:
        detail = f"the number {raw!r} cannot be read"
        return problem(found.sentence, found.begin, found.end, "unreadable_number", detail)
    return _observed(found, read, raw, figure.value, figure.unit, figure.qualifier)


def _observed(
    found: Found,
    read: Reader,
    raw: str,
    value: Decimal,
    unit: str,
    qualifier: Qualifier = "exact",
) -> Observation:
    indicator = read.forms.indicators.get(found.indicator)
    wanted = indicator.unit if indicator is not None else ""
    total = "total" if indicator is not None and indicator.applicants else ""
    unit_from: UnitFrom = "cell" if unit else ""
    return Observation(
        indicator=found.indicator,
        value=value,
        status="reported",
        raw=raw,
        method="prose",
        locator=found.sentence.place(found.begin, found.end),
        applicant=found.applicant or total,
        category=found.category,
        period=found.period,
        unit=unit,
        unit_from=unit_from,
        value_std=_standard(value, unit, wanted, read),
        unit_std=wanted,
        qualifier=qualifier,
        evidence=found.sentence.text,
        rule=f"prose/{found.rule}",
        form=read.form,
    )


def _standard(value: Decimal, unit: str, wanted: str, read: Reader) -> Decimal | None:
    """The value in the indicator's unit; none at all is none in every unit."""
    if not wanted or (not unit and value == 0) or unit == wanted:
        return value if wanted else None
    for alike in (_STANDS_FOR_COUNT, _PEOPLE):
        if unit in alike and wanted in alike:
            return value
    return in_unit(value, unit, wanted, read.forms.words)


_Key: TypeAlias = tuple[str, str, str, str]


def _key(made: Observation) -> _Key:
    return made.indicator, made.applicant, made.category, made.period


def _parts(entries: Sequence[tuple[Found, Observation]]) -> set[tuple[int, _Key]]:
    """Facts of which one sentence gives different figures: parts, of which none is the whole."""
    values: dict[tuple[int, _Key], set[object]] = {}
    for item, made in entries:
        values.setdefault((id(item.sentence), _key(made)), set()).add(made.value)
    return {place for place, given in values.items() if len(given) > 1}


def settled(
    found: Iterable[tuple[Found, Observation]],
) -> Iterator[Observation | Problem]:
    """The observations: a fact stated twice alike once, one stated differently with a problem."""
    kept: dict[_Key, list[Observation]] = {}
    entries = list(found)
    parts = _parts(entries)
    counted = {made.indicator for _, made in entries if made.value}
    strong = {_key(made): made for item, made in entries if not item.weak}
    for item, made in entries:
        key = _key(made)
        if item.of in SIBLINGS and counted >= SIBLINGS:
            detail = f"{made.indicator} is said of {item.of} alone"
            yield problem(item.sentence, item.begin, item.end, "part_of_one", detail)
            continue
        if (id(item.sentence), key) in parts:
            detail = f"one sentence gives several figures of {made.indicator}"
            yield problem(item.sentence, item.begin, item.end, "several_figures", detail)
            continue
        if item.weak and key in strong and not _same(made, strong[key]):
            detail = (
                f"{made.indicator} is {strong[key].raw} where a sentence says more plainly of what"
            )
            yield problem(item.sentence, item.begin, item.end, "conflicting_sentences", detail)
            continue
        earlier = kept.setdefault(key, [])
        if any(_same(made, other) for other in earlier):
            continue
        if earlier:
            detail = (
                f"{made.indicator} is {earlier[0].raw} in one sentence and {made.raw} in another"
            )
            yield problem(item.sentence, item.begin, item.end, "conflicting_sentences", detail)
        earlier.append(made)
        yield made


def _same(one: Observation, other: Observation) -> bool:
    if one.value_std is not None and other.value_std is not None:
        return one.value_std == other.value_std
    return one.value == other.value and one.unit == other.unit
