"""One set of figures from all stretches of rows: repeated tables, contradictions, the forms."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers.declared.forms import FormDeclarations, Label
from parsers.records import Observation, Problem
from parsers.tables.titles import NamedYear

# One row may be printed on both sides of a page break; so many are another copy.
AGAIN = 2
# Table, indicator, applicant, period.
Key = tuple[str, str, str, str]


@dataclass(slots=True)
class Stretch:
    """What one run gave. `rows` are the form's own numbers of its rows, read or not.

    `unread` is whether its columns could not be told: then nothing is known of its figures.
    `continued` is whether it stands under the heads of the stretch before it. `columns` are those
    of its figures, `missing` those that the form always has beside them.
    """

    table: str
    place: str
    items: dict[Key, Observation] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    unread: bool = False
    continued: bool = False
    columns: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    years: tuple[NamedYear, ...] = ()


@dataclass(slots=True)
class Merged:
    """What all tables together gave, and the years that those taken name."""

    items: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    years: list[NamedYear] = field(default_factory=list)


@dataclass(slots=True)
class _Copy:
    """The stretches that make one table. `proven` is whether it is surely the report's own.

    `first` is the stretch it began with.
    """

    first: Stretch
    items: dict[Key, Observation]
    rows: set[int]
    proven: bool
    years: list[NamedYear]

    @property
    def place(self) -> str:
        """Where it begins."""
        return self.first.place


def merge(
    stretches: Sequence[Stretch], declared: FormDeclarations, year: int | None = None
) -> Merged:
    """The observations of the first copy of each table; what other copies say is only compared.

    The copies that name the `year` of the report come first, those that name another one last;
    where all name their years and none that one, the latest year's is the report's.

    A stretch begins another copy where it prints figures or rows again, or, in tables that are
    printed in parts, where it goes back in the form's order. Whose a later copy is (another body's,
    another year's) cannot be told from the table, so nothing is taken from it.
    """
    merged = Merged()
    for table in dict.fromkeys(stretch.table for stretch in stretches):
        own = [stretch for stretch in stretches if stretch.table == table]
        copies, again = _copies(own, in_parts=declared.tables[table].heads_each_section)
        merged.problems += again
        copies, forms = _without_blank_forms(copies)
        merged.problems += (_blank_form(table, copy) for copy in forms)
        items: dict[Key, Observation] = {}
        before: set[int] = set()
        for copy in _by_year(copies, year):
            if problem := _compare(table, items, before, copy):
                merged.problems.append(problem)
            else:
                items |= copy.items
                merged.years += copy.years
            before |= copy.rows
        merged.items += items.values()
    return merged


def _by_year(copies: Sequence[_Copy], year: int | None) -> Sequence[_Copy]:
    """The copies by the years that they name, if each surely is a whole one of one year at most."""
    years = [{named.year for named in copy.years} for copy in copies]
    if not all(copy.proven for copy in copies) or any(len(found) > 1 for found in years):
        return copies
    if year is None and not all(years):
        return copies
    return sorted(copies, key=lambda copy: _distance(copy, year))


def _distance(copy: _Copy, year: int | None) -> tuple[int, int]:
    """Sorts copies of the report's year first, then those of no named one, then the latest."""
    if not copy.years:
        return 1, 0
    named = copy.years[0].year
    return (0 if named == year else 2), -named


def _copies(stretches: Iterable[Stretch], *, in_parts: bool) -> tuple[list[_Copy], list[Problem]]:
    copies: list[_Copy] = []
    problems: list[Problem] = []
    unread = False
    for stretch in stretches:
        if stretch.unread:
            unread |= not in_parts
        if stretch.unread or not (stretch.items or stretch.rows):
            continue
        last = copies[-1] if copies else None
        if last is None or _begins_again(stretch, last, in_parts=in_parts):
            years = list(stretch.years)
            copies.append(_Copy(stretch, dict(stretch.items), set(stretch.rows), not unread, years))
        else:
            problems += _absorb(last, stretch)
    return copies, problems


def _without_blank_forms(copies: list[_Copy]) -> tuple[list[_Copy], list[_Copy]]:
    """The copies that say anything, and those beside them that hold the same cells, all blank."""
    filled, blank = list[_Copy](), list[_Copy]()
    for copy in copies:
        (filled if any(map(_is_filled, copy.items.values())) else blank).append(copy)
    same = bool(filled) and all(filled[0].items.keys() <= copy.items.keys() for copy in blank)
    return (filled, blank) if same and all(copy.proven for copy in copies) else (copies, [])


def _is_filled(item: Observation) -> bool:
    return item.status != "blank"


def _blank_form(table: str, copy: _Copy) -> Problem:
    detail = f"{table}: a blank form, beside one that is filled in"
    return Problem("table", "conflicting_table", detail, copy.place)


def _absorb(copy: _Copy, stretch: Stretch) -> Iterator[Problem]:
    """Adds a stretch to its copy. Where the two print a row in two ways, neither is proven."""
    for key, item in stretch.items.items():
        known = copy.items.setdefault(key, item)
        if known is not item:
            detail = f"{item.evidence}: {item.raw.strip()} after {known.raw.strip()}"
            yield Problem("table", "repeated_row", detail, item.locator)
            if _said(known) != _said(item):
                copy.items[key] = replace(known, value=None, value_std=None, status="unreadable")
    copy.rows |= stretch.rows
    copy.years += stretch.years


def _is_other_half(stretch: Stretch, copy: _Copy) -> bool:
    """Whether a stretch has the same rows and just the columns that the copy lacks."""
    lacking = copy.first.missing
    return bool(lacking) and stretch.rows == copy.rows and stretch.columns == lacking


def _begins_again(stretch: Stretch, copy: _Copy, *, in_parts: bool) -> bool:
    if _is_other_half(stretch, copy):
        return False
    if len(copy.rows & stretch.rows) >= AGAIN:
        return True
    if not stretch.continued and not copy.items.keys().isdisjoint(stretch.items):
        return True
    return in_parts and bool(stretch.rows) and min(stretch.rows) <= max(copy.rows, default=-1)


def _compare(
    table: str, items: dict[Key, Observation], before: set[int], copy: _Copy
) -> Problem | None:
    """Why nothing is taken from a copy; None for what only adds to the copies before it.

    `items` were read from those copies and `before` are their rows, read or not.
    """
    same = [_said(items[key]) == _said(item) for key, item in copy.items.items() if key in items]
    if not copy.proven or (not same and len(copy.rows & before) >= AGAIN):
        detail = f"{table}: stands below one that could not be read, and may be another's"
        return Problem("table", "unproven_table", detail, copy.place)
    if not all(same):
        detail = f"{table}: {same.count(False)} cells differ from the table before it"
        return Problem("table", "conflicting_table", detail, copy.place)
    if same:
        detail = f"{table}: {len(same)} cells stand there again"
        return Problem("table", "repeated_table", detail, copy.place)
    return None


def _said(item: Observation) -> tuple[object, ...]:
    return (item.value, item.status, item.unit, item.qualifier)


def settle_forms(labels: Sequence[Label], declared: FormDeclarations) -> dict[tuple[str, ...], str]:
    """The one form for each set of forms that share a row.

    A shared row belongs to the form that most other rows show, else to the one that misses fewest
    of its own. `labels` are those of all figures found.
    """
    met = Counter(label.forms for label in labels)
    codes = {label.indicator for label in labels}
    tables = {label.table for label in labels}
    certain = {forms[0]: count for forms, count in met.items() if len(forms) == 1}

    def missing(form: str) -> int:
        own = (item for item in declared.labels if form in item.forms and item.table in tables)
        return sum(label.indicator not in codes for label in own)

    def choose(forms: tuple[str, ...]) -> str:
        if shown := [form for form in forms if form in certain]:
            return max(shown, key=lambda form: certain[form])
        return min(forms, key=missing)

    return {forms: choose(forms) for forms in met}
