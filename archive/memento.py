"""Addresses of captures by time, as in RFC 7089 and the players of web archives.

`/20240301080000id_/http://www.example.gov.cn/` is what was archived of that address nearest to that
time (UTC), as it came (`id_`).
"""

import contextlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from archive.cdxj import REPLAYED, is_replayed, timestamp
from archive.database import open_readonly
from archive.dbfile import sqlite_reported
from archive.errors import UsageError
from archive.records import Capture
from archive.rows import capture_from
from archive.store import Archive
from archive.urls import url_key

_DIGITS = re.compile(r"\d{4,14}")
_START = "00000101000000"


def address(capture: Capture) -> str:
    """The address of a capture within the site that shows it."""
    return f"/{timestamp(capture.date)}id_/{capture.url}"


def find(archive: Archive, moment: str, url: str) -> Capture | None:
    """The capture of an address made nearest to a time; the earlier of two equally near.

    Answers "304 Not Modified", failures and withdrawn records are never found.

    Args:
        archive: where.
        moment: 4 to 14 digits, `YYYYMMDDhhmmss`, the rest taken as small as can be.
        url: the address; see `archive.urls.url_key` for when two count as one.

    Raises:
        UsageError: if `moment` is no time.
        SurroundingsError: without a database.
    """
    wanted = _seconds(moment)
    found = mementos(archive, url)
    return min(found, key=lambda one: abs(_seconds(timestamp(one.date)) - wanted), default=None)


def mementos(archive: Archive, url: str) -> Iterator[Capture]:
    """All captures of an address that can be shown, in order of time."""
    path = archive.require_database()
    sql = f"SELECT * FROM captures WHERE url_key = ? AND {REPLAYED} ORDER BY date, record_id"
    with contextlib.closing(open_readonly(path)) as database, sqlite_reported(path):
        rows = database.execute(sql, [url_key(url)]).fetchall()
    captures = (capture_from(dict(row)) for row in rows)
    yield from (capture for capture in captures if is_replayed(capture))


def _seconds(moment: str) -> float:
    try:
        if not _DIGITS.fullmatch(moment):
            raise ValueError
        whole = moment + _START[len(moment) :]
        return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise UsageError(f"{moment!r} is no time: YYYYMMDDhhmmss") from None
