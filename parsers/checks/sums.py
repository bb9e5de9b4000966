"""What stands in an identity: the figures printed for each of its parts."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TypeAlias

from parsers.declared.forms import FormDeclarations, Identity, Summand, Term
from parsers.records import APPLICANTS, Observation

APPLICANT_NAMES = dict(
    zip(
        APPLICANTS,
        ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"),
        strict=True,
    )
)
_PERIOD_NAMES = {"year": "本年度", "cumulative": "历年累计"}
_ZERO = Decimal(0)
_PRINTED = ("reported", "unreadable")

# Indicator, applicant, period.
Key: TypeAlias = tuple[str, str, str]


@dataclass(slots=True)
class Given:
    """What is given for one figure. `item` is missing where no such row was printed.

    `value` is the exact figure, in its standard unit where it has one; `printed` is how it stands
    there. `is_open` tells whether
    something was printed that is no exact figure, so that any value is possible; `is_unknown`
    whether it may be more than zero though no figure is printed.
    """

    item: Observation | None
    value: Decimal | None = None
    is_open: bool = False
    is_unknown: bool = True
    printed: str = "无此行"

    @classmethod
    def by(cls, item: Observation) -> "Given":
        """What an observation gives."""
        value = None
        no_number = item.unit and item.unit_std and item.value_std is None
        if item.status == "reported" and item.qualifier == "exact" and not no_number:
            value = item.value if item.value_std is None else item.value_std
        unknown = value is None
        printed = item.raw.strip() or "空"
        return cls(item, value, unknown and item.status in _PRINTED, unknown, printed)


_NO_ROW = Given(None)
# What the form printed need not have is zero where it has not.
_NO_OPTIONAL_ROW = Given(None, is_unknown=False)


# One figure in a sum: its name, its weight, and what is given for it.
Part: TypeAlias = tuple[str, int, Given]


@dataclass(slots=True)
class Side:
    """One side of an identity, added up.

    `is_printed` is whether any of its rows was, `is_stated` whether any exact figure; `is_open`
    whether something is no exact figure; `may_rise` and `may_fall` whether a blank or a missing
    row, each at least zero, may make the total more or less.
    """

    parts: list[Part]
    total: Decimal = _ZERO
    is_printed: bool = False
    is_stated: bool = False
    is_open: bool = False
    may_rise: bool = False
    may_fall: bool = False

    def __post_init__(self) -> None:
        """Adds the parts up."""
        total = _ZERO
        for _, weight, given in self.parts:
            if given.value is not None:
                self.is_printed = self.is_stated = True
                total += given.value if weight == 1 else weight * given.value
                continue
            self.is_printed |= given.item is not None
            if given.is_unknown:
                self.is_open |= given.is_open
                self.may_rise |= weight > 0
                self.may_fall |= weight < 0
        self.total = total

    def __str__(self) -> str:
        """The sum written out, without the optional rows that were not printed."""
        signed = [
            f" {'-' if weight < 0 else '+'} {name} {given.printed}"
            for name, weight, given in self.parts
            if given is not _NO_OPTIONAL_ROW
        ]
        return "".join(signed)[len(" + ") :]


@dataclass(slots=True)
class Instance:
    """An identity for one applicant and period, or for one row."""

    left: Side
    right: Side
    applicant: str

    @property
    def printed(self) -> tuple[Observation, ...]:
        """The figures and blanks in it."""
        parts = (*self.left.parts, *self.right.parts)
        return tuple([given.item for _, _, given in parts if given.item is not None])


class Figures:
    """The figures to calculate with: those of the form's tables, else what a sentence states.

    `given` is what is given for each figure that was printed.
    """

    def __init__(self, items: Sequence[Observation], form: str) -> None:
        """Indexes the figures of a report."""
        self.given: dict[Key, Given] = {}
        for item in items:
            if item.method == "table" and item.form == form:
                self._add((item.indicator, item.applicant, item.period), item)
        self._in_tables = tuple(self.given)
        for item in items:
            if item.method == "prose":
                self._add((item.indicator, item.applicant, item.period), item)
                self._add((item.indicator, item.applicant or "total", item.period), item)

    def _add(self, key: Key, item: Observation) -> None:
        if key not in self.given:
            self.given[key] = Given.by(item)

    def places(self, indicators: Container[str]) -> Iterable[tuple[str, str]]:
        """The applicants and periods under which tables print any of some indicators, in order."""
        return dict.fromkeys([key[1:] for key in self._in_tables if key[0] in indicators])

    def rows(self, *, by_period: bool) -> Iterable[tuple[str, str]]:
        """The indicators that tables print, in order: each with its applicants, or its periods.

        Periods are those of indicators that are printed by applicant.
        """
        if by_period:
            return dict.fromkeys([key[:2] for key in self._in_tables])
        return dict.fromkeys([(key[0], key[2]) for key in self._in_tables if key[1]])


def instances(
    identity: Identity, figures: Figures, declared: FormDeclarations
) -> Iterator[Instance]:
    """The identity for each applicant and period, or for each indicator that has a dimension."""
    if identity.dimensions:
        by_period = identity.dimensions <= _PERIOD_NAMES.keys()
        yield from _across(identity, figures, declared, by_period=by_period)
        return
    for applicant, period in figures.places(identity.indicators):

        def find(term: Term, applicant: str = applicant, period: str = period) -> Part:
            missing = _NO_OPTIONAL_ROW if term.optional else _NO_ROW
            given = figures.given.get((term.indicator, applicant, period), missing)
            return declared.indicators[term.indicator].label, term.weight, given

        left, right = _parts(identity.left, find), _parts(identity.right, find)
        yield Instance(Side(left), Side(right), applicant)


def _across(
    identity: Identity, figures: Figures, declared: FormDeclarations, *, by_period: bool
) -> Iterator[Instance]:
    """The identity over the columns of each row."""
    names = _PERIOD_NAMES if by_period else APPLICANT_NAMES
    for indicator, other in figures.rows(by_period=by_period):

        def find(term: Term, indicator: str = indicator, other: str = other) -> Part:
            name = term.dimension
            key = (indicator, other, name) if by_period else (indicator, name, other)
            return names[name], term.weight, figures.given.get(key, _NO_ROW)

        left, right = _parts(identity.left, find), _parts(identity.right, find)
        if all(given.item for _, _, given in chain(left, right)):
            name, weight, given = left[0]
            left[0] = f"{declared.indicators[indicator].label}：{name}", weight, given
            yield Instance(Side(left), Side(right), other if by_period else "")


def _parts(summands: Sequence[Summand], find: Callable[[Term], Part]) -> list[Part]:
    """The parts of a sum: of alternatives the first of which anything was printed."""
    parts: list[Part] = []
    for summand in summands:
        if len(summand) == 1:
            parts += map(find, summand[0])
            continue
        options = [list(map(find, alternative)) for alternative in summand]
        printed = (option for option in options if any(given.item for _, _, given in option))
        parts += next(printed, options[0])
    return parts
