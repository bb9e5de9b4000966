"""What was found in a sentence, and how it becomes an observation."""

from dataclasses import dataclass, field
from decimal import Decimal

from parsers.figures import in_unit
from parsers.prose.numerals import figure_in
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.records import Observation, Period, Problem, Qualifier, UnitFrom

# Count words that are used for one another in sentences (公开信息50件 is 50条).
_STANDS_FOR_COUNT = frozenset("条件次篇份个项则宗批部起例封期场轮处家所") | {"场次", "件次", "批次"}
_PEOPLE = frozenset({"人", "名", "位", "个", "人次", "次"})


# 主办 and 协办 count proposals of both kinds: said of one kind, they are a part.
SIBLINGS = frozenset({"proposals.npc", "proposals.cppcc"})
# What a site published, of which a body may have several.
SITES = frozenset({"proactive.channel.website", "website.items"})
PARTS_OF_SIBLINGS = frozenset({"proposals.lead", "proposals.joint"})


@dataclass(slots=True, eq=False)
class Division:
    """A list by subject: the total that it divides, None where none is given.

    `near` tells that it stands right behind the total, `beside` holds its entries by channel,
    `unread` is the sum of what it counts that is no subject, None without any;
    `counted` is the figure before the list where no rule reads that as the total.
    """

    whole: "Found | None"
    near: bool
    counted: Decimal | None = None
    unread: Decimal | None = None
    beside: "list[Found]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A figure or an outright none in a sentence, between two places of its key.

    `of` is the indicator that was counted right before and that this figure may be a part of;
    `weak` tells that what it is about was said around the sentence, not in it, or that it may be of
    the area's own web site alone; `division` is the list by subject that it is an entry of.
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
    division: Division | None = None


def problem(found_in: Sentence, begin: int, end: int, kind: str, detail: str) -> Problem:
    """A problem of prose with its place."""
    return Problem("prose", kind, detail, found_in.place(begin, end))


def observation(found: Found, read: Reader) -> Observation | Problem:
    """The observation, or the problem that its number cannot be read."""
    raw = found.sentence.printed(found.begin, found.end)
    if found.none:
        return _observed(found, read, raw, Decimal(0), "")
    if found.sentence.turned(found.begin):
        detail = f"the number {raw!r} stands where the text is shown from right to left"
        return problem(found.sentence, found.begin, found.end, "unreadable_number", detail)
    figure = figure_in(raw, read.forms.words)
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
    if not unit and not found.none:
        unit, unit_from = wanted, "form"  # only counts go without one
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
