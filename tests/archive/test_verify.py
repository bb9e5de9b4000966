"""Every kind of damage is found and named."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.errors import GongkaiError, SurroundingsError, UsageError
from archive.keeping_commands import status, verify, withdraw
from archive.store import Archive
from archive.verify import verify as check
from archive.warc import manifest, members, records
from archive.warc.reader import WithdrawnError, iter_captures, read_part, warc_files
from tests.archive.conftest import write
from tests.archive.exchanges import exchange, packed, plain, response


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """Three sealed files with all kinds of records."""
    write(archive, exchange(plain()), exchange(b"", error="timeout"))
    write(
        archive,
        exchange(packed(), "http://example.gov.cn/packed"),
        exchange(plain(), "http://example.gov.cn/same"),
        run_id="run2",
    )
    write(archive, exchange(response(b"", status="304 Not Modified")), run_id="run3")
    assert check(archive).findings == []
    return archive


def kinds(archive: Archive) -> set[str]:
    return {finding.kind for finding in check(archive).findings}


@contextmanager
def database(archive: Archive) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(archive.database_path)) as connection, connection:
        yield connection


def flip_bit(archive: Archive) -> None:
    path = warc_files(archive)[0]
    data = bytearray(path.read_bytes())
    capture = next(iter_captures(archive))
    data[capture.offset + capture.length // 2] ^= 1
    path.write_bytes(data)


def cut_tail(archive: Archive) -> None:
    path = warc_files(archive)[0]
    path.write_bytes(path.read_bytes()[:-40])


def remove_file(archive: Archive) -> None:
    warc_files(archive)[0].unlink()


def swap_files(archive: Archive) -> None:
    first, second, _ = warc_files(archive)
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)


def add_file(archive: Archive) -> None:
    copy = archive.warc_dir / "gongkai-foreign-00001.warc.gz"
    copy.write_bytes(warc_files(archive)[0].read_bytes())


def edit_manifest(archive: Archive) -> None:
    text = archive.manifest_path.read_text()
    archive.manifest_path.write_text(text.replace('"run2"', '"runX"'))


def drop_manifest_line(archive: Archive) -> None:
    lines = archive.manifest_path.read_text().splitlines(keepends=True)
    archive.manifest_path.write_text(lines[0] + lines[2])


def spoil_manifest_line(archive: Archive) -> None:
    lines = archive.manifest_path.read_text().splitlines(keepends=True)
    archive.manifest_path.write_text(lines[0] + "{]\n" + lines[2])


def rewrite(archive: Archive, change: Callable[[bytes], bytes]) -> None:
    """Changes a record as a careful forger would: file, digest and manifest fit each other."""
    path = warc_files(archive)[0]
    with path.open("rb") as stream:
        held = [m.data for m in members.walk(stream) if isinstance(m, members.Member)]
    path.write_bytes(b"".join(members.compress(change(data)) for data in held))
    _forge_manifest(archive, path)


def _forge_manifest(archive: Archive, path: Path) -> None:
    entries = manifest.read(archive)
    archive.manifest_path.unlink()
    for entry in entries:
        values = asdict(entry)
        if entry.name == path.name:
            values |= {
                "sha256": records.digest(path.read_bytes()).removeprefix("sha256:"),
                "bytes": path.stat().st_size,
            }
        manifest.append(archive, manifest.Entry(**values))


def forge_block(archive: Archive) -> None:
    old, new = "2023年".encode(), "2022年".encode()
    rewrite(archive, lambda data: data.replace(old, new))


def forge_payload(archive: Archive) -> None:
    def change(data: bytes) -> bytes:
        record = records.parse(data)
        if record.type != "response":
            return data
        block = record.block.replace("2023年".encode(), "2022年".encode())
        old = record.headers["warc-block-digest"].encode()
        return data.replace(record.block, block).replace(old, records.digest(block).encode())

    rewrite(archive, change)


def swap_records(archive: Archive) -> None:
    path = warc_files(archive)[0]
    with path.open("rb") as stream:
        held = [m.data for m in members.walk(stream) if isinstance(m, members.Member)]
    held[1], held[-1] = held[-1], held[1]
    path.write_bytes(b"".join(map(members.compress, held)))
    _forge_manifest(archive, path)


def remove_original(archive: Archive) -> None:
    entries = manifest.read(archive)
    (archive.warc_dir / entries[0].name).unlink()
    archive.database_path.unlink()


def drop_row(archive: Archive) -> None:
    with database(archive) as connection:
        connection.execute("DELETE FROM captures WHERE kind = 'failure'")


def add_row(archive: Archive) -> None:
    with database(archive) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(captures)")]
        listed = ", ".join("'urn:x'" if name == "record_id" else name for name in names)
        connection.execute(f"INSERT INTO captures SELECT {listed} FROM captures LIMIT 1")


def change_row(archive: Archive) -> None:
    with database(archive) as connection:
        connection.execute("UPDATE captures SET status = 500 WHERE status = 200")


def drop_file_row(archive: Archive) -> None:
    with database(archive) as connection:
        connection.execute("DELETE FROM warc_files WHERE name LIKE '%run2%'")


def spoil_database(archive: Archive) -> None:
    archive.database_path.write_bytes(b"no database at all" * 500)


DAMAGE = {
    flip_bit: {"file_digest", "record_damaged"},
    cut_tail: {"file_size", "file_digest", "record_damaged"},
    remove_file: {"file_missing", "row_without_record"},
    swap_files: {"file_digest", "row_differs"},
    add_file: {"file_unlisted"},
    edit_manifest: {"manifest_edited"},
    drop_manifest_line: {"manifest_chain", "file_unlisted"},
    spoil_manifest_line: {"manifest_line", "manifest_chain"},
    forge_block: {"block_digest", "payload_digest"},
    forge_payload: {"payload_digest"},
    swap_records: {"row_differs"},
    remove_original: {"file_missing", "revisit_target"},
    drop_row: {"row_missing"},
    add_row: {"row_without_record"},
    change_row: {"row_differs"},
    drop_file_row: {"row_of_file"},
    spoil_database: {"database_unreadable"},
}


@pytest.mark.parametrize(
    ("spoil", "expected"), DAMAGE.items(), ids=lambda v: getattr(v, "__name__", "")
)
def test_damage_is_found(
    filled: Archive, spoil: Callable[[Archive], None], expected: set[str]
) -> None:
    spoil(filled)
    assert expected <= kinds(filled)


def test_the_rest_of_a_damaged_file_is_still_read(filled: Archive) -> None:
    before = list(iter_captures(filled))
    flip_bit(filled)
    assert list(iter_captures(filled)) == before[1:]


def test_a_sample_reads_some_files(filled: Archive) -> None:
    assert check(filled, 0.34).files == 1
    for _ in range(4):
        assert check(filled, 0.5).findings == []


def invoke(command: object, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(arguments), standalone_mode=True)  # type: ignore[arg-type]
    if result.exception is not None and isinstance(result.exception, GongkaiError):
        raise result.exception
    return result.exit_code, result.stdout


def test_the_command_tells_and_fails(filled: Archive) -> None:
    folder = str(filled.directory)
    assert invoke(verify, "--archive", folder)[0] == 0
    flip_bit(filled)
    code, told = invoke(verify, "--archive", folder)
    assert code == 1
    assert "record_damaged: gongkai-run1-00001.warc.gz at " in told
    code, told = invoke(verify, "--archive", folder, "--format", "json")
    assert code == 1
    assert {f["kind"] for f in json.loads(told)["findings"]} >= {"file_digest", "record_damaged"}


def test_status_counts(filled: Archive) -> None:
    code, told = invoke(status, "--archive", str(filled.directory), "--format", "json")
    found = json.loads(told)
    assert code == 0
    assert found["captures"] == {"failure": 1, "response": 2, "revisit": 2}
    assert found["unread"] == 4
    assert "3 sealed" in invoke(status, "--archive", str(filled.directory))[1]


def test_status_needs_an_archive(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError):
        invoke(status, "--archive", str(tmp_path / "none"))


def test_a_withdrawn_record_and_its_revisits_are_not_read(filled: Archive) -> None:
    folder = str(filled.directory)
    captures = list(iter_captures(filled))
    original = captures[0]
    assert invoke(withdraw, original.record_id, "--reason", "private", "--archive", folder)[0] == 0
    known = {capture.record_id: capture for capture in captures}
    for capture in captures:
        if original.record_id in (capture.record_id, capture.refers_to):
            with pytest.raises(WithdrawnError, match="private"):
                read_part(filled, capture, known.get)
    (again,) = write(filled, exchange(plain()), run_id="run4")
    assert again.kind == "response"
    assert check(filled).findings == []


def test_only_archived_records_can_be_withdrawn(filled: Archive) -> None:
    with pytest.raises(UsageError, match="urn:x"):
        invoke(withdraw, "urn:x", "--reason", "r", "--archive", str(filled.directory))
