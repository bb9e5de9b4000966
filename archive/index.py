"""The capture index: the only way the crawler sees the past.

`CaptureIndex` is small so that other stores can implement it; `SqliteCaptureIndex` is the one over
the derived database.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from archive.database import DatabaseWriter
from archive.errors import SurroundingsError
from archive.indexing import catch_up
from archive.records import Capture
from archive.rows import capture_from
from archive.store import Archive
from archive.urls import recorded_form, url_key
from archive.warc import manifest
from archive.warc.manifest import Entry


class CaptureIndex(Protocol):
    """What is archived."""

    def latest(
        self, url: str, method: str = "GET", body_digest: str = "", *, redirects: bool = False
    ) -> Capture | None:
        """The last good capture (status 200, whole) of a request.

        Args:
            url: the address.
            method: the request's method.
            body_digest: lower-case hex SHA-256 of the request's body, empty without one.
            redirects: whether a redirect is an answer too.
        """

    def seen_in_run(
        self, run_id: str, url: str, method: str = "GET", body_digest: str = ""
    ) -> Capture | None:
        """The last capture of a request within a run, failures left out."""

    def rendering_of(self, page: Capture) -> Capture | None:
        """What a browser made of that page, if it was opened in one."""

    def had_page(self, url: str, besides_run: str) -> bool:
        """Whether another run archived a report page at that address."""

    def by_payload(self, sha256: str) -> Capture | None:
        """The first response that brought this payload whole."""

    def by_id(self, record_id: str) -> Capture | None:
        """The capture of that record id."""

    def accounts(self, portals: Collection[str], most: int) -> dict[str, list[dict[str, Any]]]:
        """By portal: its accounts in the newest finished crawls, so many at most, newest first."""

    def listings(self, portals: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """The listings of each portal's newest finished look that was not at known ones only.

        Looks that found nothing do not count. Rows of `captures`: `context` and `notes`.
        """

    def page_answers(self, portals: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """The answers of all addresses that gave a report page of those portals, oldest first.

        Rows of `captures`: `url`, `date`, `status`, `role`, `run_id`, `payload_sha256`, `context`,
        `notes`; and, where the store has it, `reading`: a digest of the words and figures read.
        """


class WritableIndex(CaptureIndex, Protocol):
    """An index that the WARC writer keeps up to date, once records are on disk."""

    def add(
        self,
        captures: Iterable[Capture] = (),
        notes: Iterable[tuple[str, Mapping[str, Any]]] = (),
        accounts: Iterable[tuple[str, Mapping[str, Any]]] = (),
        files: Iterable[Entry] = (),
    ) -> None:
        """Adds captures, facts noted later (by record id), accounts (by run id), sealed files.

        All of it or nothing: a file that is known to the index needs no reading after a crash.
        """

    def close(self) -> None:
        """Lets go of the store."""


def validators(capture: Capture) -> dict[str, str]:
    """The header fields of a conditional request that asks whether a capture is still good."""
    notes = json.loads(capture.notes)
    named = {
        "If-None-Match": notes.get("etag", ""),
        "If-Modified-Since": notes.get("last_modified", ""),
    }
    return {name: value for name, value in named.items() if value}


_GOOD = """status = 200 AND truncated = '' AND error = '' AND kind IN ('response', 'revisit')
  AND record_id NOT IN (SELECT record_id FROM withdrawals)
  AND refers_to NOT IN (SELECT record_id FROM withdrawals)"""
# Statuses of an answer that need not be asked for again where redirects count.
SETTLED = (200, 301, 302, 303, 304, 307, 308)
_REQUEST = """url_key = ? AND url = ? AND method = ?
  AND coalesce(json_extract(notes, '$.request_body_sha256'), '') = ?"""
# What finished runs tell of each portal, the newest first.
_TOLD = """
WITH told AS (
  SELECT run_id, json_extract(each.value, '$.portal') AS portal, each.value AS account,
    row_number() OVER (
      PARTITION BY json_extract(each.value, '$.portal') ORDER BY started_at DESC, run_id DESC
    ) AS nth
  FROM runs, json_each(runs.account, '$.portals') AS each
  WHERE json_extract(runs.account, '$.finish_reason') = 'finished'
    AND json_extract(each.value, '$.portal') IN (SELECT value FROM json_each(?)) {more}
)"""
_ACCOUNTS = (
    _TOLD.format(more="") + " SELECT portal, account FROM told WHERE nth <= ? ORDER BY portal, nth"
)
_KNOWN_LISTINGS = (
    _TOLD.format(
        more="AND coalesce(json_extract(each.value, '$.look'), '') <> 'known'"
        " AND json_extract(each.value, '$.found') > 0"
    )
    + """ SELECT c.context, c.notes FROM captures c JOIN told ON told.run_id = c.run_id
    AND told.portal = json_extract(c.context, '$.portal')
WHERE nth = 1 AND role = 'listing' ORDER BY c.date, c.record_id"""
)
# A digest of the words and figures read of a capture; empty where none were.
READING = """coalesce((
  SELECT group_concat(digest, ' ') FROM (
    SELECT text_sha256 || figures_sha256 AS digest FROM reports
    WHERE snapshot = captures.record_id ORDER BY ordinal
  )), '')"""
_PAGE_ANSWERS = f"""
SELECT url, date, status, role, run_id, payload_sha256, context, notes, {READING} AS reading
FROM captures
WHERE method = 'GET' AND kind <> 'failure' AND url_key IN (
  SELECT url_key FROM captures WHERE role = 'page' AND {_GOOD}
    AND json_extract(context, '$.portal') IN (SELECT value FROM json_each(?))
) ORDER BY date, record_id
"""
_LAST = "ORDER BY date DESC, record_id DESC LIMIT 1"


class SqliteCaptureIndex:
    """The index over the derived database of an archive."""

    def __init__(self, archive: Archive) -> None:
        """Opens the archive's database, made anew only where nothing is archived yet.

        Raises:
            SurroundingsError: if the database is missing beside WARC files: without it nothing
                would be known of the past.
        """
        if not archive.database_path.exists() and manifest.read(archive):
            raise SurroundingsError(
                f"the archive at {archive.directory} has WARC files but no database: "
                "run `gongkai rebuild` first"
            )
        self.database = DatabaseWriter(archive.database_path)
        self.caught_up = catch_up(archive, self.database)

    def close(self) -> None:
        """Closes the database."""
        self.database.close()

    def add(
        self,
        captures: Iterable[Capture] = (),
        notes: Iterable[tuple[str, Mapping[str, Any]]] = (),
        accounts: Iterable[tuple[str, Mapping[str, Any]]] = (),
        files: Iterable[Entry] = (),
    ) -> None:
        """See `WritableIndex`; one transaction."""
        with self.database.transaction():
            self.database.insert_captures(captures)
            for record_id, facts in notes:
                self.database.merge_facts(record_id, facts)
            for run_id, account in accounts:
                self.database.insert_run(run_id, account)
            for entry in files:
                self.database.insert_file(entry)

    def latest(
        self, url: str, method: str = "GET", body_digest: str = "", *, redirects: bool = False
    ) -> Capture | None:
        """See `CaptureIndex`."""
        good = _GOOD.replace("status = 200", f"status IN {SETTLED}") if redirects else _GOOD
        where = f"{_REQUEST} AND {good} {_LAST}"
        return self._one(where, *_request(url, method, body_digest))

    def seen_in_run(
        self, run_id: str, url: str, method: str = "GET", body_digest: str = ""
    ) -> Capture | None:
        """See `CaptureIndex`."""
        where = f"{_REQUEST} AND run_id = ? AND kind NOT IN ('failure', 'resource') {_LAST}"
        return self._one(where, *_request(url, method, body_digest), run_id)

    def rendering_of(self, page: Capture) -> Capture | None:
        """See `CaptureIndex`."""
        where = f"part_of = ? AND url = ? AND fidelity = 'rendered' {_LAST}"
        return self._one(where, page.part_of or page.record_id, recorded_form(page.url))

    def had_page(self, url: str, besides_run: str) -> bool:
        """See `CaptureIndex`."""
        where = f"{_REQUEST} AND {_GOOD} AND role = 'page' AND run_id <> ? LIMIT 1"
        return self._one(where, *_request(url, "GET", ""), besides_run) is not None

    def by_payload(self, sha256: str) -> Capture | None:
        """See `CaptureIndex`."""
        where = f"payload_sha256 = ? AND kind = 'response' AND {_GOOD.replace('status = 200', '1')}"
        return self._one(f"{where} ORDER BY date, record_id LIMIT 1", sha256)

    def by_id(self, record_id: str) -> Capture | None:
        """See `CaptureIndex`."""
        return self._one("record_id = ?", record_id)

    def accounts(self, portals: Collection[str], most: int) -> dict[str, list[dict[str, Any]]]:
        """See `CaptureIndex`."""
        found: dict[str, list[dict[str, Any]]] = {portal: [] for portal in portals}
        for row in self.database.query(_ACCOUNTS, [json.dumps(sorted(portals)), most]):
            found[row["portal"]].append(json.loads(row["account"]))
        return found

    def listings(self, portals: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """See `CaptureIndex`."""
        found = self.database.query(_KNOWN_LISTINGS, [json.dumps(sorted(portals))])
        return [dict(row) for row in found]

    def page_answers(self, portals: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """See `CaptureIndex`."""
        found = self.database.query(_PAGE_ANSWERS, [json.dumps(sorted(portals))])
        return [dict(row) for row in found]

    def _one(self, where: str, *parameters: str) -> Capture | None:
        found = self.database.query(f"SELECT * FROM captures WHERE {where}", parameters)
        return capture_from(dict(found[0])) if found else None


def _request(url: str, method: str, body_digest: str) -> tuple[str, str, str, str]:
    return url_key(url), recorded_form(url), method, body_digest
