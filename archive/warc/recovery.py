"""After a crash: open files are cut to their last whole record, sealed and entered.

What is cut off is kept beside the file as `.torn`. Records that the database lacks are added by
`archive.indexing`, which goes by the manifest.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from archive.store import Archive, reported, sync_directory
from archive.warc import manifest, members, records
from archive.warc.files import OPEN_SUFFIX, rename_sealed
from archive.warc.members import Member

TORN_SUFFIX = ".torn"


def recover(archive: Archive) -> tuple[str, ...]:
    """Mends the files of a run that did not end; to be called under the archive's lock.

    Returns:
        One line for each thing done, for the person at the terminal.

    Raises:
        SurroundingsError: if the files cannot be read or moved.
    """
    with reported(archive.warc_dir):
        open_files = sorted(archive.warc_dir.glob(f"*.warc.gz{OPEN_SUFFIX}"))
        said = [_mend(archive, path) for path in open_files]
        entered = {entry.name for entry in manifest.read(archive)}
        left = sorted(p for p in archive.warc_dir.glob("*.warc.gz") if p.name not in entered)
        return (*said, *(_enter(archive, path) for path in left))


def _mend(archive: Archive, path: Path) -> str:
    entry, end = _measure(path, path.name.removesuffix(OPEN_SUFFIX))
    torn = path.stat().st_size - end
    if torn:
        _cut(path, end)
    if not entry.records:
        path.unlink()
        return f"{entry.name}: held no whole record, removed"
    rename_sealed(archive, path, entry)
    tail = f", {torn} bytes of a torn record moved to {TORN_SUFFIX}" if torn else ""
    return f"{entry.name}: sealed with {entry.records} records after a run that did not end{tail}"


def _enter(archive: Archive, path: Path) -> str:
    entry, _ = _measure(path, path.name)
    manifest.append(archive, entry)
    return f"{entry.name}: entered in the manifest"


def _cut(path: Path, end: int) -> None:
    torn = path.with_name(path.name.removesuffix(OPEN_SUFFIX) + TORN_SUFFIX)
    with path.open("rb+") as stream:
        stream.seek(end)
        with torn.open("wb") as kept:
            kept.write(stream.read())
            os.fsync(kept.fileno())
        sync_directory(path.parent)
        stream.truncate(end)
        os.fsync(stream.fileno())


def _measure(path: Path, name: str) -> tuple[manifest.Entry, int]:
    """The manifest entry for the whole records of a file, and where they end."""
    sha256 = hashlib.sha256()
    dates: set[str] = set()
    end = count = 0
    with path.open("rb") as stream:
        for member in members.walk(stream):
            if not isinstance(member, Member):
                continue  # a damaged stretch is kept where records follow it, and named by verify
            dates = _widened(dates, _date(member))
            end, count = member.offset + member.length, count + 1
        stream.seek(0)
        left = end
        while left and (chunk := stream.read(min(left, 1 << 20))):
            sha256.update(chunk)
            left -= len(chunk)
    first, last = min(dates, default=""), max(dates, default="")
    return manifest.Entry(name, end, sha256.hexdigest(), count, first, last, _run_id(name)), end


def _widened(dates: Iterable[str], date: str) -> set[str]:
    known = {*dates, date} - {""}
    return {min(known), max(known)} if known else set()


def _date(member: Member) -> str:
    try:
        return records.parse(member.data).get("warc-date")
    except records.RecordError:
        return ""


def _run_id(name: str) -> str:
    return name.removeprefix("gongkai-").removesuffix(".warc.gz").rpartition("-")[0]
