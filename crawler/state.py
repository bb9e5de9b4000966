"""What a crawl remembers for the next: hosts to leave alone, and runs that were broken off.

Losing it costs politeness history only, never a record.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from archive.clock import iso, utc_now
from archive.state import open_state


class CrawlState:
    """The tables `crawl_pauses` (host, wall, until) and `crawl_runs` (when begun, when ended).

    Times are ISO 8601 UTC.
    """

    def __init__(self, path: Path) -> None:
        """Opens the file; one that cannot be read is begun anew.

        Raises:
            SurroundingsError: if it was made by a newer version, or cannot be written.
        """
        self._database = open_state(path)

    def close(self) -> None:
        """Closes the file."""
        self._database.close()

    def pause(self, host: str, wall: str, hours: float) -> None:
        """Leaves a host alone for so many hours."""
        until = iso(utc_now() + timedelta(hours=hours))
        self._database.table("crawl_pauses").upsert(
            {"host": host, "wall": wall, "until": until}, pk="host"
        )

    def paused(self) -> dict[str, str]:
        """The hosts that are left alone now, each with its wall and until when."""
        rows = self._database.query(
            "SELECT host, wall, until FROM crawl_pauses WHERE until > ?", [iso(utc_now())]
        )
        return {row["host"]: f"{row['wall']}, until {row['until']}" for row in rows}

    def begin(self, run_id: str, asked: Iterable[str]) -> None:
        """Notes that a run has begun (or goes on), and what was asked of it."""
        run = {"run_id": run_id, "asked": _key(asked), "started_at": iso(utc_now())}
        begun = self._database.query("SELECT attempts FROM crawl_runs WHERE run_id = ?", [run_id])
        attempts = 1 + max((int(row["attempts"]) for row in begun), default=0)
        self._database.table("crawl_runs").upsert(
            {**run, "ended_at": None, "attempts": attempts}, pk="run_id"
        )

    def end(self, run_id: str) -> None:
        """Notes that a run has come to its end."""
        self._database.table("crawl_runs").update(run_id, {"ended_at": iso(utc_now())})

    def stop(self, run_id: str) -> None:
        """Notes that a run was stopped in order, before its end."""
        self._database.table("crawl_runs").update(run_id, {"attempts": 0})

    def unfinished(self, hours: float) -> frozenset[str]:
        """What the newest run was asked, if it began within `hours` and never ended."""
        since = iso(utc_now() - timedelta(hours=hours))
        rows = self._database.query(
            "SELECT asked, ended_at FROM crawl_runs WHERE started_at > ?"
            " ORDER BY started_at DESC, rowid DESC LIMIT 1",
            [since],
        )
        found = (json.loads(row["asked"]) for row in rows if row["ended_at"] is None)
        return frozenset(next(found, ()))

    def broken_off(self, asked: Iterable[str], hours: float) -> str:
        """The last run of the same portals, if it began within `hours` and never ended."""
        since = iso(utc_now() - timedelta(hours=hours))
        rows = self._database.query(
            "SELECT run_id, ended_at FROM crawl_runs WHERE asked = ? AND started_at > ?"
            " ORDER BY started_at DESC, rowid DESC LIMIT 1",
            [_key(asked), since],
        )
        return next((str(row["run_id"]) for row in rows if row["ended_at"] is None), "")


def _key(asked: Iterable[str]) -> str:
    return json.dumps(sorted(asked), ensure_ascii=False)
