"""What stands in an identity: the figures printed for each of its parts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
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
_PRINTED = ("reported", "unreadable")

# Indicator, applicant, period.
Key: TypeAlias = tuple[str, str, str]
Values: TypeAlias = dict[Key, Observation]


@dataclass(slots=True)
class Part:
    """One figure in a sum. `item` is missing where no such row was printed.

    `value` is the exact figure, in its standard unit where it has one. `is_open` tells whether
    something was printed that is no exact figure, so that any value is possible; `is_unknown`
    whether it may be more than zero though no figure is printed.
    """

    name: str
    weight: int
    item: Observation | None
    optional: bool = False
    value: Decimal | None = None
    is_open: bool = False
    is_unknown: bool = False

    def __post_init__(self) -> None:
        """Tells once what is asked of every part several times."""
        item = self.item
        if item is None:
            self.is_unknown = not self.optional
            return
        no_number = item.unit and item.unit_std and item.value_std is None
        if item.status == "reported" and item.qualifier == "exact" and not no_number:
            self.value = item.value if item.value_std is None else item.value_std
        self.is_unknown = self.value is None
        self.is_open = self.is_unknown and item.status in _PRINTED

    @property
    def printed(self) -> str:
        """Name and figure, as in `按时办结数 2`."""
        if self.item is None:
            return f"{self.name} 无此行"
        return f"{self.name} {self.item.raw.strip() or '空'}"


@dataclass(frozen=True, slots=True)
class Instance:
    """An identity for one applicant and period, or for one row."""

    left: list[Part]
    right: list[Part]
    applicant: str

    @property
    def printed(self) -> tuple[Observation, ...]:
        """The figures and blanks in it."""
        return tuple(part.item for part in chain(self.left, self.right) if part.item is not None)


def values_of(items: Sequence[Observation], form: str) -> Values:
    """The figures to calculate with: those of the form's tables, else what a sentence states."""
    found: Values = {}
    for item in items:
        if item.method == "table" and item.form == form:
            found.setdefault((item.indicator, item.applicant, item.period), item)
    for item in items:
        if item.method == "prose":
            found.setdefault((item.indicator, item.applicant, item.period), item)
            found.setdefault((item.indicator, item.applicant or "total", item.period), item)
    return found


def instances(identity: Identity, values: Values, declared: FormDeclarations) -> Iterator[Instance]:
    """The identity for each applicant and period, or for each indicator that has a dimension."""
    codes, dimensions = _named(identity)
    if dimensions:
        yield from _across(identity, values, declared, by_period=dimensions <= _PERIOD_NAMES.keys())
        return
    places = {
        key[1:]: None for key, item in values.items() if key[0] in codes and item.method == "table"
    }
    for applicant, period in places:

        def find(term: Term, applicant: str = applicant, period: str = period) -> Part:
            item = values.get((term.indicator, applicant, period))
            label = declared.indicators[term.indicator].label
            return Part(label, term.weight, item, term.optional)

        yield Instance(_parts(identity.left, find), _parts(identity.right, find), applicant)


def _across(
    identity: Identity, values: Values, declared: FormDeclarations, *, by_period: bool
) -> Iterator[Instance]:
    """The identity over the columns of each row."""
    rows: dict[tuple[str, str], None] = {}
    for (indicator, applicant, period), item in values.items():
        if item.method == "table" and (by_period or applicant):
            rows[indicator, applicant if by_period else period] = None
    for indicator, other in rows:

        def find(term: Term, indicator: str = indicator, other: str = other) -> Part:
            name = term.dimension
            place = (other, name) if by_period else (name, other)
            label = (_PERIOD_NAMES if by_period else APPLICANT_NAMES)[name]
            return Part(label, term.weight, values.get((indicator, *place)))

        left, right = _parts(identity.left, find), _parts(identity.right, find)
        if all(part.item for part in chain(left, right)):
            prefix = f"{declared.indicators[indicator].label}："
            left[0] = replace(left[0], name=prefix + left[0].name)
            yield Instance(left, right, other if by_period else "")


@lru_cache(1024)
def _named(identity: Identity) -> tuple[frozenset[str], frozenset[str]]:
    """The indicators and the dimensions that an identity names."""
    terms = tuple(_terms((*identity.left, *identity.right)))
    dimensions = frozenset(term.dimension for term in terms) - {""}
    return frozenset(term.indicator for term in terms), dimensions


def _terms(summands: Iterable[Summand]) -> Iterator[Term]:
    return (term for summand in summands for alternative in summand for term in alternative)


def _parts(summands: Sequence[Summand], find: Callable[[Term], Part]) -> list[Part]:
    """The parts of a sum: of alternatives the first of which anything was printed."""
    parts: list[Part] = []
    for summand in summands:
        options = [[find(term) for term in alternative] for alternative in summand]
        printed = (option for option in options if any(part.item for part in option))
        parts += options[0] if len(options) == 1 else next(printed, options[0])
    return parts
