"""Arithmetic identities of the forms, and tables against prose: what a publisher got wrong.

Nothing is repaired here. A blank cell is at least zero, which is often enough to tell that an
identity fails, or that it holds with the blank as zero: then the blank is marked `implied_zero`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from parsers.declared import Declarations
from parsers.declared.forms import FormDeclarations, Identity, Summand, Term
from parsers.records import APPLICANTS, Check, Observation, Verdict

TABLE_AGAINST_PROSE = "table_prose"
_APPLICANT_NAMES = dict(
    zip(
        APPLICANTS,
        ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"),
        strict=True,
    )
)
_PERIOD_NAMES = {"year": "本年度", "cumulative": "历年累计"}
_SIGNS = {"eq": ("=", "≠"), "le": ("≤", ">")}
_PRINTED = ("reported", "unreadable")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Key:
    indicator: str
    applicant: str
    period: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One figure in a sum. `item` is missing where no such row was printed."""

    name: str
    weight: int
    item: Observation | None
    optional: bool = False

    @property
    def value(self) -> Decimal | None:
        """The exact figure, in its standard unit where it has one."""
        if self.item is None or self.item.status != "reported" or self.item.qualifier != "exact":
            return None
        return self.item.value if self.item.value_std is None else self.item.value_std

    @property
    def is_open(self) -> bool:
        """Whether something was printed that is no exact figure, so that any value is possible."""
        known = self.item is None or self.value is not None
        return not known and self.item is not None and self.item.status in _PRINTED

    @property
    def is_unknown(self) -> bool:
        """Whether it may be more than zero though no figure is printed."""
        return self.value is None and not (self.item is None and self.optional)

    @property
    def printed(self) -> str:
        """Name and figure, as in `按时办结数 2`."""
        if self.item is None:
            return f"{self.name} 无此行"
        return f"{self.name} {self.item.raw.strip() or '空'}"


_Values = dict[_Key, Observation]


def evaluate(
    observations: Iterable[Observation], declared: Declarations, forms: Sequence[str]
) -> tuple[tuple[Check, ...], tuple[Observation, ...]]:
    """Evaluates every declared identity of `forms` for which anything was printed.

    Args:
        observations: those of one report, from tables and prose.
        declared: the declarations, with the identities.
        forms: the forms the report's tables have.

    Returns:
        The checks, and the observations with implied zeros marked. An identity is
        `not_evaluable` where a blank, an approximate or an unreadable figure leaves it open.
    """
    items = tuple(observations)
    checks: list[Check] = []
    implied: set[int] = set()
    for check, used in traced(items, declared, forms):
        checks.append(check)
        implied.update(_implied(used, check))
    marked = (replace(item, implied_zero=True) if id(item) in implied else item for item in items)
    return tuple(checks), tuple(marked)


def traced(
    observations: Iterable[Observation], declared: Declarations, forms: Sequence[str]
) -> Iterator[tuple[Check, tuple[Observation, ...]]]:
    """The checks of `evaluate`, each with the observations in it, the left side's first."""
    items = tuple(observations)
    for form in dict.fromkeys(forms):
        values = _values(items, form)
        for identity in declared.forms.identities:
            if form in identity.forms:
                for instance in _instances(identity, values, declared.forms):
                    if check := _check(identity, instance):
                        yield check, instance.printed
    yield from _tables_against_prose(items, declared.forms)


def _values(items: Sequence[Observation], form: str) -> _Values:
    """The figures to calculate with: those of the form's tables, else what a sentence states."""
    found: _Values = {}
    for method in ("table", "prose"):
        for item in items:
            if item.method == method and (item.form == form or method == "prose"):
                applicant = item.applicant or ("total" if method == "prose" else "")
                for name in dict.fromkeys((item.applicant, applicant)):
                    found.setdefault(_Key(item.indicator, name, item.period), item)
    return found


@dataclass(frozen=True, slots=True)
class _Instance:
    left: list[_Part]
    right: list[_Part]
    applicant: str

    @property
    def printed(self) -> tuple[Observation, ...]:
        """The figures and blanks in it."""
        return tuple(part.item for part in chain(self.left, self.right) if part.item is not None)


def _instances(
    identity: Identity, values: _Values, declared: FormDeclarations
) -> Iterator[_Instance]:
    """The identity for each applicant and period, or for each indicator that has a dimension."""
    if any(term.dimension for term in _terms(identity)):
        yield from _across(identity, values, declared)
        return
    codes = {term.indicator for term in _terms(identity)}
    places = {
        (key.applicant, key.period): None
        for key, item in values.items()
        if key.indicator in codes and item.method == "table"
    }
    for applicant, period in places:

        def find(term: Term, applicant: str = applicant, period: str = period) -> _Part:
            item = values.get(_Key(term.indicator, applicant, period))
            label = declared.indicators[term.indicator].label
            return _Part(label, term.weight, item, term.optional)

        yield _Instance(_parts(identity.left, find), _parts(identity.right, find), applicant)


def _across(identity: Identity, values: _Values, declared: FormDeclarations) -> Iterator[_Instance]:
    """The identity over the columns of each row."""
    rows: dict[tuple[str, str], None] = {}
    by_period = any(term.dimension in _PERIOD_NAMES for term in _terms(identity))
    for key, item in values.items():
        if item.method == "table" and (by_period or key.applicant):
            rows[key.indicator, key.applicant if by_period else key.period] = None
    for indicator, other in rows:

        def find(term: Term, indicator: str = indicator, other: str = other) -> _Part:
            name = term.dimension
            place = (other, name) if name in _PERIOD_NAMES else (name, other)
            label = (_PERIOD_NAMES | _APPLICANT_NAMES)[name]
            return _Part(label, term.weight, values.get(_Key(indicator, *place)))

        left, right = _parts(identity.left, find), _parts(identity.right, find)
        if all(part.item for part in chain(left, right)):
            prefix = f"{declared.indicators[indicator].label}："
            left[0] = replace(left[0], name=prefix + left[0].name)
            yield _Instance(left, right, other if by_period else "")


def _terms(identity: Identity) -> Iterator[Term]:
    for summand in (*identity.left, *identity.right):
        for alternative in summand:
            yield from alternative


def _parts(summands: Sequence[Summand], find: Callable[[Term], _Part]) -> list[_Part]:
    """The parts of a sum: of alternatives the first of which anything was printed."""
    parts: list[_Part] = []
    for summand in summands:
        options = [[find(term) for term in alternative] for alternative in summand]
        printed = (option for option in options if any(part.item for part in option))
        parts += next(printed, options[0])
    return parts


def _check(identity: Identity, instance: _Instance) -> Check | None:
    """The verdict; None where too little was printed to say anything."""
    left, right = instance.left, instance.right
    stated = [any(part.value is not None for part in side) for side in (left, right)]
    printed = all(any(part.item for part in side) for side in (left, right))
    if not printed or not (all(stated) if identity.relation == "le" else any(stated)):
        return None
    totals = _total(left), _total(right)
    verdict = _verdict(identity, instance, totals[0] - totals[1])
    evaluable = verdict != "not_evaluable"
    return Check(
        identity=identity.name,
        verdict=verdict,
        clause=_clause(identity, instance, verdict, totals[0] - totals[1]),
        applicant=instance.applicant,
        left=totals[0] if evaluable else None,
        right=totals[1] if evaluable else None,
        difference=totals[0] - totals[1] if evaluable else None,
        severity=identity.severity,
    )


def _total(parts: Iterable[_Part]) -> Decimal:
    return sum((part.weight * part.value for part in parts if part.value is not None), _ZERO)


def _verdict(identity: Identity, instance: _Instance, difference: Decimal) -> Verdict:
    """Whether the identity holds whatever the unknown parts, each at least zero, may be."""
    if any(part.is_open for part in chain(instance.left, instance.right)):
        return "not_evaluable"
    # What is unknown on the right, or subtracted on the left, can only lower the difference.
    unknown = [part.weight > 0 for part in instance.left if part.is_unknown]
    unknown += [part.weight < 0 for part in instance.right if part.is_unknown]
    lowest = difference if False not in unknown else None
    highest = difference if True not in unknown else None
    if identity.relation == "le":
        return _at_most_zero(lowest, highest)
    if (lowest is not None and lowest > 0) or (highest is not None and highest < 0):
        return "fails"
    one_sided = lowest is not None or highest is not None
    return "holds" if difference == 0 and one_sided else "not_evaluable"


def _at_most_zero(lowest: Decimal | None, highest: Decimal | None) -> Verdict:
    if lowest is not None and lowest > 0:
        return "fails"
    return "holds" if highest is not None and highest <= 0 else "not_evaluable"


def _implied(used: Iterable[Observation], check: Check) -> Iterator[int]:
    """The blanks that must be zero, since the identity holds without them."""
    if check.verdict == "holds" and check.difference == 0:
        yield from (id(item) for item in used if item.status == "blank")


def _clause(identity: Identity, instance: _Instance, verdict: Verdict, difference: Decimal) -> str:
    sign = _SIGNS[identity.relation][verdict == "fails"]
    sides = (_side(instance.left), _side(instance.right))
    who = _APPLICANT_NAMES.get(instance.applicant, "")
    clause = f"{who}：{sides[0]} {sign} {sides[1]}" if who else f"{sides[0]} {sign} {sides[1]}"
    if verdict == "fails":
        return f"{clause}（差 {difference:+f}）"
    return f"{clause}（有空白或不确定的数，无法判断）" if verdict == "not_evaluable" else clause


def _side(parts: Sequence[_Part]) -> str:
    shown = [part for part in parts if part.item is not None or not part.optional]
    first, *rest = shown
    return first.printed + "".join(
        f" {'-' if part.weight < 0 else '+'} {part.printed}" for part in rest
    )


def _tables_against_prose(
    items: Sequence[Observation], declared: FormDeclarations
) -> Iterator[tuple[Check, tuple[Observation, ...]]]:
    """The same indicator in a table and in a sentence."""
    tables = {
        (item.indicator, item.applicant.replace("total", ""), item.period): item
        for item in items
        if item.method == "table" and item.status == "reported"
    }
    for item in items:
        table = tables.get((item.indicator, item.applicant.replace("total", ""), item.period))
        if item.method == "prose" and table is not None and not item.category:
            pair = _comparable(table, item)
            if pair is not None:
                label = declared.indicators[item.indicator].label
                yield _against(label, table, item, pair), (table, item)


def _comparable(table: Observation, prose: Observation) -> tuple[Decimal, Decimal] | None:
    if table.qualifier != "exact" or prose.qualifier != "exact" or prose.value is None:
        return None
    if table.value_std is not None and prose.value_std is not None:
        return table.value_std, prose.value_std
    same = table.unit == prose.unit or not prose.value or not table.value
    return (table.value, prose.value) if same and table.value is not None else None


def _against(
    label: str, table: Observation, prose: Observation, pair: tuple[Decimal, Decimal]
) -> Check:
    holds = pair[0] == pair[1]
    clause = f"{label}：表格 {table.raw.strip()} {'=' if holds else '≠'} 正文 {prose.raw.strip()}"
    return Check(
        identity=TABLE_AGAINST_PROSE,
        verdict="holds" if holds else "fails",
        clause=clause,
        applicant=table.applicant,
        left=pair[0],
        right=pair[1],
        difference=pair[0] - pair[1],
        severity="warning",
    )
