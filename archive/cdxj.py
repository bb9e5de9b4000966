"""CDXJ: the index by address and time that replay tools read.

One line a capture: `SURT-key YYYYMMDDhhmmss {JSON}`, sorted by bytes. Answers "304 Not Modified"
are left out, since a player would show an empty page in the place of the good capture beside it;
so are failures, answers to POST and whatever was withdrawn. What a browser made of a page has the
address of its source: it is left out too, as a player runs the source's scripts itself.
"""

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from archive.database import open_readonly
from archive.dbfile import sqlite_reported
from archive.records import Capture
from archive.rows import capture_from
from archive.store import Archive
from archive.surt import surt

REVISIT = "warc/revisit"
NOTHING_MOVED: Mapping[str, int] = MappingProxyType({})
_KINDS = ("response", "revisit", "blocked", "resource")
# The same as `is_replayed`, with withdrawals, as a condition on table `captures`.
REPLAYED = """kind IN ('response', 'revisit', 'blocked', 'resource')
  AND coalesce(status, 200) <> 304 AND method = 'GET' AND fidelity <> 'rendered'
  AND record_id NOT IN (SELECT record_id FROM withdrawals)
  AND refers_to NOT IN (SELECT record_id FROM withdrawals)"""


def lines(archive: Archive, moved: Mapping[str, int] = NOTHING_MOVED) -> Iterator[str]:
    """All lines of the archive's index, sorted, without line ends.

    Args:
        archive: whose.
        moved: by record id, offsets that are others than in the archive.

    Raises:
        SurroundingsError: without a database.
    """
    path = archive.require_database()
    with contextlib.closing(open_readonly(path)) as database, sqlite_reported(path):
        database.create_function("surt", 1, surt, deterministic=True)
        sql = f"SELECT * FROM captures WHERE {REPLAYED} ORDER BY surt(url), date, record_id"
        for row in database.execute(sql):
            offset = moved.get(row["record_id"], row["offset"])
            yield line(capture_from({**dict(row), "offset": offset}))


def lines_of(captures: Iterable[Capture]) -> list[str]:
    """The lines of some captures, sorted."""
    found = (one for one in captures if is_replayed(one))
    return sorted(line(one) for one in found)


def is_replayed(capture: Capture) -> bool:
    """Whether a player can show the capture; withdrawals apart."""
    shown = capture.kind in _KINDS and capture.status != 304
    return shown and capture.method == "GET" and capture.fidelity != "rendered"


def timestamp(date: str) -> str:
    """A date as 14 digits."""
    return "".join(character for character in date if character.isdigit())[:14].ljust(14, "0")


def line(capture: Capture) -> str:
    """One line of the index."""
    fields = {
        "url": capture.url,
        "mime": REVISIT if capture.refers_to else _mime(capture),
        "status": str(capture.status or 200),
        "digest": f"sha256:{capture.payload_sha256}",
        "length": str(capture.length),
        "offset": str(capture.offset),
        "filename": capture.warc,
    }
    return f"{surt(capture.url)} {timestamp(capture.date)} {json.dumps(fields)}"


def _mime(capture: Capture) -> str:
    declared = capture.media_type_declared.split(";")[0].strip().lower()
    return declared or "application/octet-stream"
