"""The accounts of runs as they are kept: read again, judged at a glance, told to a person."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.database import open_readonly
from archive.store import Archive

_SHOWN_REASONS = 10
_OF_A_PORTAL = ("found", "new", "changed", "unchanged", "vanished", "blocked", "failed", "skipped")
_AT_TIMES = (
    ("rested", "not yet due again"),
    ("again", "asked for again though not listed"),
    ("postponed", "put off to the next look"),
    ("unconfirmed", "gone and to be confirmed"),
)
_RUNS = "SELECT run_id, kind, started_at, finished_at, account FROM runs"
# A run that is under way or was killed has captures and no account.
_UNFINISHED = """
SELECT run_id, '' AS kind, min(date) AS started_at, '' AS finished_at, '{}' AS account
FROM captures WHERE run_id <> '' AND run_id NOT IN (SELECT run_id FROM runs) GROUP BY run_id
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the archive knows it.

    `kind` is `crawl` or `import`; `facts` is the account. Times are ISO 8601 UTC. `outcome` is
    `complete`, `incomplete`, `alarm`, or `unfinished` for a run that has captures and no account:
    it is under way, or was killed.
    """

    run_id: str
    kind: str
    started_at: str
    finished_at: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """One word on how it ended."""
        if not self.finished_at:
            return "unfinished"
        if any(alarm["level"] == "alarm" for alarm in self.alarms):
            return "alarm"
        whole = self.facts.get("complete", not self.facts.get("problems"))
        return "complete" if whole else "incomplete"

    @property
    def alarms(self) -> list[dict[str, str]]:
        """What calls for a person: `portal`, `kind`, `level`, `text`."""
        found: list[dict[str, str]] = list(self.facts.get("alarms", ()))
        return found

    def total(self, name: str) -> int:
        """A figure over all portals, such as `found`."""
        return sum(int(portal.get(name, 0)) for portal in self.facts.get("portals", ()))


def runs(archive: Archive, limit: int | None = None) -> list[Run]:
    """The runs, the newest first; all of them without a limit.

    Raises:
        SurroundingsError: if there is no readable database.
    """
    sql = f"{_RUNS} UNION ALL {_UNFINISHED} ORDER BY started_at DESC, run_id DESC LIMIT ?"
    return _read(archive, sql, [-1 if limit is None else limit])


def find(archive: Archive, run_id: str) -> Run | None:
    """The run of that name, or the only one whose name begins so; `last` is the newest.

    Raises:
        SurroundingsError: if there is no readable database.
    """
    if run_id == "last":
        return next(iter(runs(archive, 1)), None)
    known = runs(archive)
    exact = [run for run in known if run.run_id == run_id]
    alike = exact or [run for run in known if run.run_id.startswith(run_id)]
    return alike[0] if len(alike) == 1 else None


def _read(archive: Archive, sql: str, parameters: list[Any]) -> list[Run]:
    path = archive.require_database()
    with contextlib.closing(open_readonly(path)) as database:
        found = [dict(row) for row in database.execute(sql, parameters)]
    return [Run(facts=json.loads(row.pop("account")), **row) for row in found]


def lines(facts: Mapping[str, Any]) -> Iterator[str]:
    """An account for a person: a line for each portal with what it lacks, then the alarms."""
    for portal in facts.get("portals", ()):
        yield from _portal_lines(portal)
    if facts.get("kind") == "import":
        yield _import_line(facts)
    if facts.get("finish_reason", "finished") != "finished":
        yield f"the run was ended before its time ({facts['finish_reason']})"
    for alarm in facts.get("alarms", ()):
        yield f"{alarm['level'].upper()} {alarm['kind']}: {alarm['portal']}: {alarm['text']}"


def _portal_lines(portal: Mapping[str, Any]) -> Iterator[str]:
    counted = ", ".join(f"{portal.get(name, 0)} {name}" for name in _OF_A_PORTAL)
    counted += "".join(f", {portal[n]} {words}" for n, words in _AT_TIMES if portal.get(n))
    passed_over = f"{portal.get('passed_over', 0)} row(s) passed over"
    yield f"{portal['portal']}: {counted}, {passed_over}; {portal.get('verdict', '')}"
    reasons = portal.get("reasons", ())
    yield from (f"  {r['what']}: {r['url']} ({r['why']})" for r in reasons[:_SHOWN_REASONS])
    if len(reasons) > _SHOWN_REASONS:
        yield f"  and {len(reasons) - _SHOWN_REASONS} more"
    yield from (f"  note: {note}" for note in portal.get("notes", ()))


def _import_line(facts: Mapping[str, Any]) -> str:
    counted = {name: value for name, value in facts.items() if isinstance(value, int)}
    told = ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in counted.items())
    problems = facts.get("problems", ())
    return f"import: {told or 'nothing'}; {len(problems)} problem(s)"
