"""Proves lists by subject: whether their figures can be the parts of the total they seem to divide.

What a list divides is the commonest mistake in reading one: the parts of one channel, of one field
or of an entry stand in the same words as the parts of the whole. Arithmetic tells them apart.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from parsers.prose.findings import Found
from parsers.records import Observation

# 占总数的52.4%: the share of the total, as printed behind an entry.
_SHARE = re.compile(
    r"[,(、]?(?:约)?占[^,;。()\d]{0,14}(?P<share>\d{1,3}(?:\.(?P<parts>\d{1,3}))?)%"
)
# How many units of its last digit a printed share may be off: not all publishers round.
_SLACK = 2
_ALL = "proactive.items"

Entries: TypeAlias = Sequence[tuple[Found, Observation]]


def unproved(entries: Entries) -> Iterator[tuple[Found, str]]:
    """Entries of lists by subject that are not shown to divide the total, each with why not."""
    lists: dict[int, list[tuple[Found, Observation]]] = {}
    for found, made in entries:
        if found.division is not None:
            lists.setdefault(id(found.division), []).append((found, made))
    if not lists:
        return
    values = {id(found): made.value for found, made in entries if made.value is not None}
    totals = [made.value for _, made in entries if made.indicator == _ALL and made.value]
    for parts in lists.values():
        doubt = _doubt(parts, values, totals)
        if doubt:
            yield from ((found, doubt) for found, _ in parts)


def _doubt(parts: Entries, values: Mapping[int, Decimal], totals: Sequence[Decimal]) -> str:
    """Why a list may divide something else than the total, or empty."""
    division = parts[0][0].division
    assert division is not None
    if division.whole is not None:
        totals = [values[id(division.whole)]] if id(division.whole) in values else []
    counted = sum((made.value for _, made in parts if made.value is not None), Decimal(0))
    if division.counted is not None and not totals:
        return "" if counted == division.counted else "its parts do not add up to what it divides"
    by_channel = sum((values.get(id(found), Decimal(0)) for found in division.beside), Decimal(0))
    others = by_channel + (division.unread or Decimal(0))
    if counted in totals or counted + by_channel in totals or counted + others in totals:
        return ""
    agree = {_agrees(found, made, totals) for found, made in parts} - {None}
    if agree and totals:
        return "" if agree == {True} else "its shares are not those of the total"
    if totals and counted > max(totals):
        return "its parts are more than the total"
    if not totals and _is_complete(parts, counted):
        return ""
    if division.unread is not None:
        return "not all that it counts are subjects"
    if division.whole is None or (division.near and not division.beside):
        return ""
    return "its parts do not add up to the total, which stands further off"


def _is_complete(parts: Entries, counted: Decimal) -> bool:
    """Whether the shares printed behind all entries are those of their sum, and so make up 100."""
    return bool(counted) and all(_agrees(found, made, [counted]) for found, made in parts)


def _agrees(found: Found, made: Observation, totals: Iterable[Decimal]) -> bool | None:
    """Whether the share printed behind an entry is that of the total; None if there is none."""
    match = _SHARE.match(found.sentence.key, found.end)
    if match is None or made.value is None:
        return None
    step = Decimal(1).scaleb(-len(match["parts"] or ""))
    share = Decimal(match["share"])
    return any(abs(made.value * 100 / total - share) <= _SLACK * step for total in totals)
