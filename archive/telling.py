"""Gives a hook what a crawl brought: change events, and alarms that call for a person.

From the first run with a hook on it is given everything, once: also what a run that was killed
could not give any more, and what the command failed to take.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from archive.accounts import runs
from archive.clock import iso, utc_now
from archive.database import open_readonly
from archive.events import events, facts
from archive.hooks import SECONDS_A_CALL, Deliveries, Hook
from archive.rows import digest16
from archive.state import open_state
from archive.store import Archive


class Listener:
    """A hook of the crawl. It is made before the first run that it is to hear of."""

    def __init__(self, archive: Archive, command: str, seconds: float = SECONDS_A_CALL) -> None:
        """Notes when the hook was first heard of.

        Raises:
            UsageError: the command cannot be read.
            SurroundingsError: the archive cannot be written.
        """
        self._archive = archive
        self._hook = Hook(command, archive.state_path, seconds)
        archive.create()
        with closing(open_state(archive.state_path)) as state:
            # Without its end this sorts before every moment within the second.
            named = {"hook": self._hook.name, "since": iso(utc_now()).removesuffix("Z")}
            state.table("hooks").insert(named, pk="hook", ignore=True)
            self._since = str(state.table("hooks").get(self._hook.name)["since"])

    def tell(self) -> Deliveries:
        """Gives what was not given yet, the oldest first: events, then alarms."""
        if not self._archive.database_path.is_file():
            return Deliveries()
        with closing(open_readonly(self._archive.database_path)) as database:
            rows = _Rows(database)
            found = events(rows, "e.date >= ?", [self._since], oldest_first=True)
            told = [facts(rows, event) for event in found]
        return self._hook.deliver([*told, *self._alarms()])

    def _alarms(self) -> Iterator[dict[str, Any]]:
        for run in reversed(runs(self._archive)):
            for alarm in run.alarms if run.finished_at >= self._since else ():
                if alarm["level"] == "alarm":
                    name = digest16(run.run_id, alarm["portal"], alarm["kind"])
                    named = {"event_id": name, "kind": "alarm", "date": run.finished_at}
                    yield (
                        named
                        | {"run_id": run.run_id, "portal": alarm["portal"]}
                        | {
                            "alarm": alarm["kind"],
                            "text": alarm["text"],
                        }
                    )


class _Rows:
    """A connection as `archive.events` asks it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a statement, by column name."""
        yield from self._connection.execute(sql, parameters).fetchall()
