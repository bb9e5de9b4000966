"""WACZ 1.1.1: an archive, or the records behind some figures, as one file that players open.

The whole archive goes out with its WARC files byte for byte (only files with withdrawn records are
copied without them); a choice as one WARC file of copied records. Equal archives give equal files:
names and order are fixed, no clock is read.

See https://specs.webrecorder.net/wacz/1.1.1/.
"""

import json
import zipfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from archive import cdxj, texts
from archive.copying import Copied, Wanted, belonging_to, copy_records, files_of_runs
from archive.database import open_readonly
from archive.dbfile import sqlite_reported
from archive.errors import SurroundingsError
from archive.evidence import Chosen, evidence, figures_of, withdrawn_captures
from archive.records import Capture
from archive.storage.opening import open_warc
from archive.store import Archive, reported
from archive.wacz_pack import Pack
from archive.warc import manifest
from archive.zipnum import write_zipnum

CHOICE_NAME = "evidence.warc.gz"
_CHUNK = 1 << 20
_PAGES = f"""
SELECT record_id, url, date FROM captures WHERE role = 'page' AND {cdxj.REPLAYED}
ORDER BY date, record_id
"""
_SHOWN = """
SELECT coalesce((
    SELECT title FROM documents d JOIN reports r USING (snapshot) WHERE d.page_snapshot = ?1
    ORDER BY title = '', snapshot, ordinal LIMIT 1), '') AS title, coalesce((
    SELECT text FROM document_texts WHERE snapshot = ?1), '') AS text
"""


@dataclass(frozen=True, slots=True)
class Written:
    """How many lines of the index and pages went into a WACZ."""

    indexed: int
    pages: int


def write_wacz(archive: Archive, path: Path, chosen: Chosen) -> Written:
    """Writes a WACZ file; one that could not be finished is removed.

    Args:
        archive: where from.
        path: the file.
        chosen: what to put in; nothing chosen means all.

    Raises:
        UsageError: what was chosen does not exist.
        SurroundingsError: no database, a damaged file, or the disk is full.
    """
    archive.require_database()
    captures = None if chosen.everything else evidence(archive, chosen)
    unfinished = path.with_name(path.name + ".part")
    try:
        with reported(path):
            with zipfile.ZipFile(unfinished, "w") as opened:
                pack = Pack(opened)
                written = (
                    _all(archive, pack)
                    if captures is None
                    else _choice(archive, pack, captures, chosen)
                )
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def _all(archive: Archive, pack: Pack) -> Written:
    hidden = withdrawn_captures(archive)
    without = belonging_to({capture.record_id for capture in hidden})
    rewritten = set(files_of_runs(archive, hidden))
    moved: dict[str, int] = {}
    entries = manifest.read(archive)
    for entry in entries:
        if entry.name not in rewritten:
            _add_whole(archive, pack, entry)
            continue
        copied = _copy(archive, pack, entry.name, [entry.name], lambda one: not without(one))
        moved |= {one.record_id: one.offset for one in copied}
    indexed = _add_index(pack, cdxj.lines(archive, moved))
    pages = _add_pages(archive, pack, None)
    last = max((entry.last_date for entry in entries), default="")
    pack.finish("Gongkai archive", last, {})
    return Written(indexed, pages)


def _choice(archive: Archive, pack: Pack, captures: list[Capture], chosen: Chosen) -> Written:
    """Some captures, with a statement of where each record comes from."""
    ids = {capture.record_id for capture in captures}
    names = files_of_runs(archive, captures)
    copied = _copy(archive, pack, CHOICE_NAME, names, belonging_to(ids))
    offsets = {one.record_id: one.offset for one in copied}
    if lost := sorted(ids - offsets.keys()):
        raise SurroundingsError(f"{lost[0]} is not in its file: run `gongkai verify`")
    placed = (replace(one, warc=CHOICE_NAME, offset=offsets[one.record_id]) for one in captures)
    indexed = _add_index(pack, cdxj.lines_of(placed))
    pages = _add_pages(archive, pack, ids)
    pack.add("evidence.json", _statement(archive, chosen, copied))
    last = max((capture.date for capture in captures), default="")
    pack.finish("Evidence from a Gongkai archive", last, {})
    return Written(indexed, pages)


def _add_whole(archive: Archive, pack: Pack, entry: manifest.Entry) -> None:
    path = archive.warc_dir / entry.name
    with (
        reported(path),
        open_warc(path) as source,
        pack.resource(f"archive/{entry.name}") as target,
    ):
        while chunk := source.read(_CHUNK):
            target.write(chunk)
    if target.facts()["hash"] != f"sha256:{entry.sha256}":
        raise SurroundingsError(f"{entry.name} is not as it was sealed: run `gongkai verify`")


def _copy(
    archive: Archive, pack: Pack, name: str, sources: Iterable[str], wanted: Wanted
) -> list[Copied]:
    with pack.resource(f"archive/{name}") as target:
        return list(copy_records(archive, sources, wanted, target))


def _add_index(pack: Pack, lines: Iterable[str]) -> int:
    with pack.resource("indexes/index.cdx.gz") as target:
        blocks, count = write_zipnum(lines, target, "index.cdx.gz")
    pack.add("indexes/index.idx", blocks)
    return count


def _add_pages(archive: Archive, pack: Pack, ids: set[str] | None) -> int:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True}
    path, count = archive.database_path, 0
    with (
        closing(open_readonly(path)) as database,
        sqlite_reported(path),
        pack.resource("pages/pages.jsonl") as target,
    ):
        texts.require(database, path)
        target.write(_line(head))
        for row in database.execute(_PAGES):
            if ids is not None and row["record_id"] not in ids:
                continue
            facts = {"id": row["record_id"], "ts": row["date"][:19] + "Z", "url": row["url"]}
            shown = database.execute(_SHOWN, [row["record_id"]]).fetchone()
            target.write(_line(facts | dict(shown)))
            count += 1
    return count


def _statement(archive: Archive, chosen: Chosen, copied: Iterable[Copied]) -> str:
    """What the records prove, and which sealed files they are copied from."""
    records = [asdict(one) for one in copied]
    sources = {record["warc"] for record in records}
    files = [asdict(entry) for entry in manifest.read(archive) if entry.name in sources]
    said: dict[str, Any] = {
        "reports": sorted(chosen.reports),
        "figures": figures_of(archive, chosen),
        "query": chosen.query,
        "records": records,
        "manifest": files,
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _line(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"
