"""What changed from one database to another: figures, told apart by rule and form."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, TypeAlias

from archive.dbfile import open_readonly

Kind: TypeAlias = Literal["changed", "appeared", "vanished"]
KINDS: tuple[Kind, ...] = ("changed", "appeared", "vanished")


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not what it was. `before` and `after` are empty where there is none.

    Both are the value with its unit as read, or the status of a cell without a figure; `rule`,
    `form` and `locator` are those of the new reading, or of the old one where it vanished.
    """

    kind: Kind
    rule: str
    form: str
    report_id: str
    agency: str
    year: int | None
    indicator: str
    applicant: str
    category: str
    period: str
    method: str
    before: str
    after: str
    locator: str
    source_url: str
    snapshot: str


@dataclass(frozen=True, slots=True)
class Group:
    """How many figures of one rule and form changed, appeared and vanished."""

    rule: str
    form: str
    changed: int
    appeared: int
    vanished: int


# A figure is the same one where document, dimensions, method and occurrence are the same. What is
# compared is what it says, not where it stands.
_SAID = (
    "trim(CASE WHEN {0}.status <> 'reported' THEN {0}.status"
    " ELSE CASE {0}.qualifier WHEN 'exact' THEN '' ELSE {0}.qualifier || ' ' END"
    " || coalesce({0}.value, '') || {0}.unit END"
    " || CASE {0}.implied_zero WHEN 0 THEN '' ELSE ' (implied zero)' END)"
)
_ID = "report_id, indicator, applicant, category, period, method"
_COLUMNS = f"{{0}}.rule, {{0}}.form, {', '.join(f'{{0}}.{n}' for n in _ID.split(', '))}"
_JOINED = "n.observation_id = o.observation_id AND n.snapshot = o.snapshot"
_REPORT = "r.report_id = {0}.report_id AND r.snapshot = {0}.snapshot"


def _select(kind: Kind, side: str, before: str, after: str, source: str, where: str) -> str:
    schema = "former" if kind == "vanished" else "main"
    return (
        f"SELECT '{kind}' AS kind, {_COLUMNS.format(side)}, {before} AS before, {after} AS after,"
        f" {side}.locator, {side}.snapshot, r.agency, r.year, r.source_url"
        f" FROM {source} JOIN {schema}.reports r ON {_REPORT.format(side)} WHERE {where}"
    )


_OLD, _NEW = _SAID.format("o"), _SAID.format("n")
_MOVED = f"({_OLD} <> {_NEW} OR o.value_std IS NOT n.value_std)"
_FIGURES = " UNION ALL ".join(
    (
        _select(
            "changed",
            "n",
            _OLD,
            _NEW,
            f"former.observations o JOIN main.observations n ON {_JOINED}",
            _MOVED,
        ),
        _select(
            "appeared",
            "n",
            "''",
            _NEW,
            f"main.observations n LEFT JOIN former.observations o ON {_JOINED}",
            "o.report_id IS NULL",
        ),
        _select(
            "vanished",
            "o",
            _OLD,
            "''",
            f"former.observations o LEFT JOIN main.observations n ON {_JOINED}",
            "n.report_id IS NULL",
        ),
    )
)
_ORDER = "rule, form, agency, year, report_id, snapshot, indicator, applicant, category, period"


def differences(former: Path, fresh: Path) -> list[Difference]:
    """The figures that differ, in order of rule, form and report.

    Raises:
        SurroundingsError: a database cannot be read.
    """
    names = [field.name for field in fields(Difference)]
    with _both(former, fresh) as connection:
        rows = connection.execute(f"SELECT * FROM ({_FIGURES}) ORDER BY {_ORDER}, kind, locator")
        return [Difference(**{name: row[name] for name in names}) for row in rows]


@contextlib.contextmanager
def _both(former: Path, fresh: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(open_readonly(fresh)) as connection:
        address = f"{former.absolute().as_uri()}?mode=ro"
        connection.execute("ATTACH DATABASE ? AS former", [address])
        yield connection


def grouped(found: list[Difference]) -> list[Group]:
    """The numbers of differences by rule and form, the most first."""
    counts = Counter((one.rule, one.form, one.kind) for one in found)
    pairs = dict.fromkeys((one.rule, one.form) for one in found)
    groups = [Group(rule, form, *(counts[rule, form, k] for k in KINDS)) for rule, form in pairs]
    return sorted(groups, key=lambda g: (-(g.changed + g.appeared + g.vanished), g.rule, g.form))


def as_json(found: list[Difference]) -> dict[str, Any]:
    """Groups and figures as one object."""
    return {"groups": [*map(asdict, grouped(found))], "figures": [*map(asdict, found)]}
