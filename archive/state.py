"""The state that cannot be derived: `state.db`, brought up to date by migrations.

Derived tables are rebuilt, never migrated; these are migrated, never rebuilt. A migration that was
once released is not changed: what is to be different comes in a further one.
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from archive.errors import SurroundingsError
from archive.store import reported

log = logging.getLogger(__name__)

migrations = Migrations("gongkai.state")


@migrations()
def m001_pauses_and_runs(database: Database) -> None:
    """Hosts to leave alone, and runs with what was asked of them. Times are ISO 8601 UTC."""
    pauses = {"host": str, "wall": str, "until": str}
    database.table("crawl_pauses").create(pauses, pk="host", if_not_exists=True)
    runs = {"run_id": str, "asked": str, "started_at": str, "ended_at": str}
    database.table("crawl_runs").create(runs, pk="run_id", if_not_exists=True)


@migrations()
def m002_timetable(database: Database) -> None:
    """What the next look at each portal follows from; `years` is JSON."""
    texts = ("portal", "last_at", "full_at", "whole_at", "outcome", "years")
    numbers = ("troubles", "quiet", "unconfirmed")
    columns = dict.fromkeys(texts, str) | dict.fromkeys(numbers, int)
    database.table("timetable").create(columns, pk="portal", if_not_exists=True)


@migrations()
def m003_hook_deliveries(database: Database) -> None:
    """Which event was given to which hook; one that failed has attempts and no `delivered_at`."""
    texts = ("hook", "event_id", "claimed_until", "delivered_at", "error")
    columns = dict.fromkeys(texts, str) | {"attempts": int}
    database.table("hook_deliveries").create(
        columns, pk=("hook", "event_id"), not_null=set(columns), if_not_exists=True
    )


@migrations()
def m004_next_looks(database: Database) -> None:
    """The next look at each portal as it was last worked out; runs that died and were begun again.

    `attempts` counts how often a run was begun since it last ended in order.
    """
    for name in ("due_at", "plan", "reason"):
        database.table("timetable").add_column(name, str, not_null_default="")
    database.table("crawl_runs").add_column("attempts", int, not_null_default=0)


@migrations()
def m005_hooks(database: Database) -> None:
    """Since when a hook of the crawl is given what happens, as ISO 8601 UTC."""
    database.table("hooks").create({"hook": str, "since": str}, pk="hook", if_not_exists=True)


def next_looks(path: Path) -> list[dict[str, str]]:
    """Portal, time (ISO 8601 UTC) and reason of the next looks last worked out, the first first.

    Changes nothing; none where there is no readable state.
    """
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as state:
            state.row_factory = sqlite3.Row
            return [dict(row) for row in state.execute(_NEXT_LOOKS)]
    except sqlite3.DatabaseError:
        return []


_NEXT_LOOKS = """SELECT portal, due_at, reason FROM timetable WHERE due_at <> ''
ORDER BY due_at, portal"""


def open_state(path: Path) -> Database:
    """Opens the state, made if absent, and applies the migrations it lacks.

    A file that cannot be read is put aside, as `state.db.unreadable`, and begun anew: what the
    timetable needs is in the archive.

    Raises:
        SurroundingsError: if it was made by a newer version, or is locked or not to be written.
    """
    try:
        return _opened(path)
    except sqlite3.OperationalError as error:
        raise SurroundingsError(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        log.warning("%s cannot be read (%s): put aside and begun anew", path, error)
        with reported(path):
            path.replace(path.with_name(f"{path.name}.unreadable"))
        return _opened(path)


def _opened(path: Path) -> Database:
    database = Database(path)
    try:
        unknown = _unknown(database)
        if unknown:
            raise SurroundingsError(
                f"{path} was made by a newer version of Gongkai ({', '.join(unknown)}): use that "
                "version, or move the file away, which costs politeness history only"
            )
        migrations.apply(database)
    except (SurroundingsError, sqlite3.Error):
        database.close()
        raise
    return database


def _unknown(database: Database) -> list[str]:
    """Migrations that were applied but are not known here."""
    with closing(Database(memory=True)) as empty:
        known = {one.name for one in migrations.pending(empty)}
    return sorted({one.name for one in migrations.applied(database)} - known)
