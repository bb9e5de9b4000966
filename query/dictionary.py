"""What indicators there are, as declared: code, printed label, unit, forms."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from archive.errors import UsageError
from query.columns import Column
from query.forms import declared

COLUMNS = (
    Column("indicator", "text", "Indicator code 指标"),
    Column("label", "text", "Label as the form prints it"),
    Column("unit", "text", "Unit of standard values"),
    Column("measure", "text", "flow, stock, change, money or ratio"),
    Column("applicants", "text", "yes where the figure is given for each kind of applicant"),
    Column("forms", "text", "Forms that print it"),
    Column("concept", "text", "Concept that ties it to other forms"),
    Column("relation", "text", "How close it is to the concept"),
    Column("note", "text", "Note"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator. `forms` is empty for what only sentences state."""

    code: str
    label: str
    unit: str
    measure: str
    applicants: bool
    forms: tuple[str, ...]
    note: str = ""


@cache
def entries() -> dict[str, Entry]:
    """All declared indicators, in the order declared."""
    printed: dict[str, dict[str, None]] = defaultdict(dict)
    for label in declared().labels:
        printed[label.indicator].update(dict.fromkeys(label.forms))
    return {
        one.code: Entry(
            one.code, one.label, one.unit, one.measure, one.applicants, tuple(printed[one.code]),
            one.note,
        )
        for one in declared().indicators.values()
    }  # fmt: skip


def label(code: str) -> str:
    """The printed label; the code itself where none is declared."""
    entry = entries().get(code)
    return entry.label if entry else code


def require(code: str, also: tuple[str, ...] = ()) -> str:
    """The code, if it is an indicator or one of `also`.

    Raises:
        UsageError: it is neither; the message names what comes nearest.
    """
    known = (*entries(), *also)
    if not known or code in known:
        return code
    nearest = get_close_matches(code, known, n=3, cutoff=0.5)
    nearest += [entry.code for entry in entries().values() if code and code in entry.label][:3]
    hint = f"; did you mean {', '.join(dict.fromkeys(nearest))}?" if nearest else ""
    raise UsageError(f"unknown indicator {code[:60]!r}{hint} (gongkai indicators lists all)")


def require_stem(stem: str) -> str:
    """The stem, if it is an indicator or begins some (`requests` begins `requests.new`).

    Raises:
        UsageError: it does neither.
    """
    begins = any(code.startswith(f"{stem}.") for code in entries())
    return stem if begins else require(stem)


def find(words: str) -> Iterator[Entry]:
    """The indicators whose code or label contains the words."""
    wanted = words.casefold()
    for entry in entries().values():
        if wanted in entry.code.casefold() or wanted in entry.label.casefold():
            yield entry
