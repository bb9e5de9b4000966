"""Settles what the sentences of a report state together: what is said twice, what is doubtful."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from parsers.prose.divisions import Entries, unproved
from parsers.prose.findings import SIBLINGS, SITES, Found, problem
from parsers.records import Observation, Problem

_Key: TypeAlias = tuple[str, str, str, str]
_Doubts: TypeAlias = Iterator[tuple[Found, str, str]]

# What a body may have several of: two figures of these are of two accounts or sites.
_SEVERAL = ("newmedia.", "website.", "proactive.channel.")
# How many applications a body had: said twice in a sentence, it is of several bodies.
_BEGIN = frozenset({"requests.new", "requests.received"})


def settled(found: Iterable[tuple[Found, Observation]]) -> Iterator[Observation | Problem]:
    """The observations: a fact stated twice alike once, one stated differently with a problem.

    What the other sentences make doubtful becomes a problem.
    """
    entries = list(found)
    doubts = {id(item): (kind, why) for item, kind, why in _doubts(entries)}
    kept: dict[_Key, list[Observation]] = {}
    for item, made in entries:
        if id(item) in doubts:
            yield problem(item.sentence, item.begin, item.end, *doubts[id(item)])
            continue
        earlier = kept.setdefault(_key(made), [])
        if any(_same(made, other) for other in earlier):
            continue
        if earlier:
            why = f"{made.indicator} is {earlier[0].raw} in one sentence and {made.raw} in another"
            yield problem(item.sentence, item.begin, item.end, "conflicting_sentences", why)
        earlier.append(made)
        yield made


def _key(made: Observation) -> _Key:
    return made.indicator, made.applicant, made.category, made.period


def _same(one: Observation, other: Observation) -> bool:
    if one.value_std is not None and other.value_std is not None:
        return one.value_std == other.value_std
    return one.value == other.value and one.unit == other.unit


def _doubts(entries: Entries) -> _Doubts:
    """What is doubtful, each with the kind of problem and why; the last one said counts."""
    for item, why in unproved(entries):
        yield item, "unproved_list", f"the list may divide something else: {why}"
    yield from _of_several(entries)
    yield from _of_sites(entries)
    yield from _weaker(entries)
    yield from _parts(entries)
    yield from _totals(entries)
    yield from _of_one_kind(entries)


def _of_several(entries: Entries) -> _Doubts:
    """Figures of one medium that differ: of which account or site each is, is open."""
    of_media = [(item, made) for item, made in entries if made.indicator.startswith(_SEVERAL)]
    said: dict[_Key, list[Observation]] = {}
    for item, made in of_media:
        if not item.weak:
            said.setdefault(_key(made), []).append(made)
    for item, made in of_media:
        if any(not _same(made, other) for other in said.get(_key(made), ())):
            why = f"{made.indicator} is given for more than one account or site"
            yield item, "conflicting_sentences", why


def _of_sites(entries: Entries) -> _Doubts:
    """Counts of several sites in one sentence: 县政府网站公开58条，市局网站发布26条."""
    by_sentence: dict[int, dict[str, tuple[Found, Observation]]] = {}
    for item, made in entries:
        if made.indicator in SITES and item.period == "year":
            by_sentence.setdefault(id(item.sentence), {})[made.indicator] = (item, made)
    for said in by_sentence.values():
        if len(said) > 1 and len({made.value for _, made in said.values()}) > 1:
            for item, _ in said.values():
                yield item, "several_figures", "one sentence counts what several sites published"


def _weaker(entries: Entries) -> _Doubts:
    """Figures beside another one of which a sentence says more plainly what it is."""
    strong: Mapping[_Key, Observation] = {
        _key(made): made for item, made in entries if not item.weak
    }
    for item, made in entries:
        plain = strong.get(_key(made))
        if item.weak and plain is not None and not _same(made, plain):
            why = f"{made.indicator} is {plain.raw} where a sentence says more plainly of what"
            yield item, "conflicting_sentences", why


def _parts(entries: Entries) -> _Doubts:
    """Facts of which one sentence gives different figures: parts, of which none is the whole."""
    values: dict[tuple[int, _Key], set[object]] = {}
    for item, made in entries:
        values.setdefault((id(item.sentence), _key(made)), set()).add(made.value)
    parted = {key for key, said in values.items() if len(said) > 1}
    parties = {(sentence, _counted_for(key[0])) for sentence, key in parted if key[0] in _BEGIN}
    parties |= {(sentence, _medium(key[0])) for sentence, key in parted if _medium(key[0])}
    for item, made in entries:
        sentence = id(item.sentence)
        if (sentence, _key(made)) in parted:
            why = f"one sentence gives several figures of {made.indicator}"
            yield item, "several_figures", why
        elif (sentence, _counted_for(made.indicator)) in parties:
            yield item, "several_figures", "one sentence counts for several accounts or bodies"


def _medium(indicator: str) -> str:
    """The medium that a body may have several accounts of: newmedia.wechat, or empty."""
    return indicator.rpartition(".")[0] if indicator.startswith("newmedia.") else ""


def _counted_for(indicator: str) -> str:
    """What several accounts or bodies may be counted for, each by itself, or empty."""
    return "requests" if indicator.startswith("requests.") else _medium(indicator)


def _totals(entries: Entries) -> _Doubts:
    """Totals that are less than what the site alone published: they are of something else."""
    year = [(item, made) for item, made in entries if item.period == "year"]
    sites = [made.value_std for _, made in year if made.indicator == "proactive.channel.website"]
    most = max((value for value in sites if value is not None), default=None)
    for item, made in year:
        if made.indicator != "proactive.items" or most is None or made.value_std is None:
            continue
        if made.value_std < most:
            yield item, "unsure_scope", "the site alone is said to have published more than all"


def _of_one_kind(entries: Entries) -> _Doubts:
    """主办6件 said of one kind of proposals, where both kinds are counted."""
    counted = {made.indicator for _, made in entries if made.value}
    if counted >= SIBLINGS:
        for item, made in entries:
            if item.of in SIBLINGS:
                yield item, "part_of_one", f"{made.indicator} is said of {item.of} alone"
