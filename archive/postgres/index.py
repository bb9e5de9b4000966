"""The capture index over PostgreSQL.

A worker believes only what it can read: captures in its own folder, and those in files that lie
whole in the shared storage. What another worker has on its disk alone may be lost with it, and is
neither referred to nor counted as archived.

The attempts at one job are one run: their run ids are `JOB.1`, `JOB.2`, and a later one is answered
with what the earlier ones captured.
"""

import json
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from archive.index import SETTLED
from archive.indexing import catch_up_with
from archive.postgres.connection import connect, told
from archive.records import Capture
from archive.rows import capture_from, capture_row
from archive.store import Archive
from archive.urls import recorded_form, url_key
from archive.warc.facts import merge
from archive.warc.manifest import Entry
from archive.withdrawals import withdrawn

_SELECT = "SELECT c.* FROM gongkai.captures c WHERE "
_READABLE = """(c.worker = %(worker)s OR EXISTS (
  SELECT FROM gongkai.warc_files f WHERE f.name = c.warc AND f.stored))"""
_WHOLE = """c.truncated = '' AND c.error = '' AND c.kind IN ('response', 'revisit')
  AND NOT EXISTS (SELECT FROM gongkai.withdrawals w WHERE w.record_id IN (c.record_id, c.refers_to))
"""
_REQUEST = """c.url_key = %(url_key)s AND c.url = %(url)s AND c.method = %(method)s
  AND c.body_sha256 = %(body)s"""
_FAMILY = "(c.run_id = %(run)s OR starts_with(c.run_id, %(run)s || '.'))"
_LAST = " ORDER BY c.date DESC, c.record_id DESC LIMIT 1"
_TOLD = """
WITH told AS (
  SELECT run_id, each ->> 'portal' AS portal, each AS account,
    row_number() OVER (PARTITION BY each ->> 'portal' ORDER BY started_at DESC, run_id DESC) AS nth
  FROM gongkai.runs, jsonb_array_elements(account -> 'portals') AS each
  WHERE account ->> 'finish_reason' = 'finished' AND each ->> 'portal' = ANY(%(portals)s) {more}
)"""
_ACCOUNTS = (
    _TOLD.format(more="")
    + " SELECT portal, account FROM told WHERE nth <= %(most)s ORDER BY portal, nth"
)
_LISTINGS = (
    _TOLD.format(
        more="AND coalesce(each ->> 'look', '') <> 'known' AND (each ->> 'found')::int > 0"
    )
    + """ SELECT c.context, c.notes FROM gongkai.captures c JOIN told
  ON told.run_id = c.run_id AND told.portal = c.portal
  WHERE nth = 1 AND c.role = 'listing' ORDER BY c.date, c.record_id"""
)
_PAGE_ANSWERS = f"""
SELECT c.url, c.date, c.status, c.role, c.run_id, c.payload_sha256, c.context, c.notes,
  coalesce(r.reading, '') AS reading
FROM gongkai.captures c LEFT JOIN gongkai.readings r USING (record_id)
WHERE c.method = 'GET' AND c.kind <> 'failure' AND c.url_key IN (
  SELECT c.url_key FROM gongkai.captures c WHERE c.role = 'page' AND c.status = 200
    AND c.portal = ANY(%(portals)s) AND {_WHOLE} AND {_READABLE}
) ORDER BY c.date, c.record_id"""


class PostgresCaptureIndex:
    """See `archive.index.CaptureIndex` and `WritableIndex`. Any thread may call it."""

    def __init__(self, address: str, archive: Archive, worker: str) -> None:
        """Opens the index and adds what the folder's sealed files hold and it lacks.

        Args:
            address: of the server, as libpq understands it.
            archive: the worker's own folder.
            worker: the folder's name in the fleet.

        Raises:
            SurroundingsError: if the server does not answer.
        """
        self._guard = threading.RLock()
        self._worker = worker
        self._connection = connect(address)
        with self._transaction():
            for record_id in withdrawn(archive):
                self._execute(
                    "INSERT INTO gongkai.withdrawals VALUES (%(id)s) ON CONFLICT DO NOTHING",
                    id=record_id,
                )
        rows = self._query("SELECT name FROM gongkai.warc_files WHERE worker = %(worker)s")
        self.caught_up = catch_up_with(archive, {row["name"] for row in rows}, self.add)

    def stored(self) -> set[str]:
        """The names of this worker's files that lie whole in the shared storage."""
        sql = "SELECT name FROM gongkai.warc_files WHERE stored AND worker = %(worker)s"
        return {row["name"] for row in self._query(sql)}

    def close(self) -> None:
        """Closes the connection."""
        with self._guard:
            self._connection.close()

    def add(
        self,
        captures: Iterable[Capture] = (),
        notes: Iterable[tuple[str, Mapping[str, Any]]] = (),
        accounts: Iterable[tuple[str, Mapping[str, Any]]] = (),
        files: Iterable[Entry] = (),
    ) -> None:
        """See `WritableIndex`; one transaction."""
        with self._transaction():
            for capture in captures:
                self._insert(capture)
            for record_id, facts in notes:
                found = self.by_id(record_id)
                if found is not None:
                    self._insert(merge(found, facts))
            for run_id, account in accounts:
                self._insert_run(run_id, account)
            for entry in files:
                self._execute(
                    "INSERT INTO gongkai.warc_files (name, worker) VALUES (%(name)s, %(worker)s)"
                    " ON CONFLICT DO NOTHING",
                    name=entry.name,
                )

    def note_stored(self, names: Iterable[str]) -> None:
        """Notes files that lie whole in the shared storage: from now on all workers count them."""
        sql = "UPDATE gongkai.warc_files SET stored = TRUE WHERE name = ANY(%(names)s)"
        self._execute(sql, names=list(names))

    def latest(
        self, url: str, method: str = "GET", body_digest: str = "", *, redirects: bool = False
    ) -> Capture | None:
        """See `CaptureIndex`."""
        statuses = list(SETTLED if redirects else (200,))
        where = f"{_REQUEST} AND c.status = ANY(%(statuses)s) AND {_WHOLE} AND {_READABLE}"
        return self._one(where + _LAST, **_asked(url, method, body_digest), statuses=statuses)

    def seen_in_run(
        self, run_id: str, url: str, method: str = "GET", body_digest: str = ""
    ) -> Capture | None:
        """See `CaptureIndex`; all attempts at a job are one run."""
        answered = "c.kind NOT IN ('failure', 'resource')"
        where = f"{_REQUEST} AND {_FAMILY} AND {answered} AND {_READABLE}"
        return self._one(where + _LAST, **_asked(url, method, body_digest), run=_family(run_id))

    def rendering_of(self, page: Capture) -> Capture | None:
        """See `CaptureIndex`."""
        shown = "c.part_of = %(of)s AND c.url = %(url)s AND c.fidelity = 'rendered'"
        asked = {"of": page.part_of or page.record_id, "url": recorded_form(page.url)}
        return self._one(f"{shown} AND {_READABLE}{_LAST}", **asked)

    def had_page(self, url: str, besides_run: str) -> bool:
        """See `CaptureIndex`."""
        where = (
            f"{_REQUEST} AND c.status = 200 AND {_WHOLE} AND {_READABLE} AND c.role = 'page'"
            f" AND NOT {_FAMILY} LIMIT 1"
        )
        asked = _asked(url, "GET", "")
        return self._one(where, **asked, run=_family(besides_run)) is not None

    def by_payload(self, sha256: str) -> Capture | None:
        """See `CaptureIndex`."""
        where = f"c.payload_sha256 = %(sha256)s AND c.kind = 'response' AND {_WHOLE}"
        order = " ORDER BY c.date, c.record_id LIMIT 1"
        return self._one(f"{where} AND {_READABLE}{order}", sha256=sha256)

    def by_id(self, record_id: str) -> Capture | None:
        """See `CaptureIndex`."""
        return self._one("c.record_id = %(id)s", id=record_id)

    def accounts(self, portals: Collection[str], most: int) -> dict[str, list[dict[str, Any]]]:
        """See `CaptureIndex`."""
        found: dict[str, list[dict[str, Any]]] = {portal: [] for portal in portals}
        for row in self._query(_ACCOUNTS, portals=sorted(portals), most=most):
            found[row["portal"]].append(row["account"])
        return found

    def listings(self, portals: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """See `CaptureIndex`."""
        return self._query(_LISTINGS, portals=sorted(portals))

    def page_answers(self, portals: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """See `CaptureIndex`."""
        return self._query(_PAGE_ANSWERS, portals=sorted(portals))

    def _insert(self, capture: Capture) -> None:
        row = capture_row(capture)
        row["portal"] = capture.context.portal
        row["body_sha256"] = json.loads(capture.notes).get("request_body_sha256", "")
        row["worker"] = self._worker
        listed = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join(f"%({name})s" for name in row)
        fresh = ", ".join(
            f'"{n}" = excluded."{n}"' for n in row if n not in ("record_id", "worker")
        )
        self._execute(
            f"INSERT INTO gongkai.captures ({listed}) VALUES ({marks})"
            f" ON CONFLICT (record_id) DO UPDATE SET {fresh}",
            **{name: _plain(value) for name, value in row.items()},
        )

    def _insert_run(self, run_id: str, account: Mapping[str, Any]) -> None:
        self._execute(
            "INSERT INTO gongkai.runs VALUES (%(run)s, %(started)s, %(account)s::jsonb)"
            " ON CONFLICT (run_id) DO UPDATE SET account = excluded.account",
            run=run_id,
            started=str(account.get("started_at", "")),
            account=json.dumps(account, ensure_ascii=False).replace("\\u0000", "\\ufffd"),
        )

    def _one(self, where: str, **parameters: Any) -> Capture | None:
        found = self._query(_SELECT + where, **parameters)
        return capture_from(found[0]) if found else None

    def _query(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        with self._asking() as connection:
            rows: list[dict[str, Any]] = connection.execute(
                sql, {"worker": self._worker, **parameters}
            ).fetchall()
            return rows

    def _execute(self, sql: str, **parameters: Any) -> None:
        with self._asking() as connection:
            connection.execute(sql, {"worker": self._worker, **parameters})

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._asking() as connection, connection.transaction():
            yield

    @contextmanager
    def _asking(self) -> Iterator[Any]:
        import psycopg

        with self._guard:
            try:
                yield self._connection
            except psycopg.Error as error:
                raise told(error) from error


def _asked(url: str, method: str, body: str) -> dict[str, str]:
    return {"url_key": url_key(url), "url": recorded_form(url), "method": method, "body": body}


def _family(run_id: str) -> str:
    """The run of which an attempt is one: `JOB.2` is one of `JOB`."""
    job, _, attempt = run_id.rpartition(".")
    return job if job and attempt.isdigit() else run_id


def _plain(value: Any) -> Any:
    """A text that PostgreSQL takes: no NUL, no half of a surrogate pair."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    return value
