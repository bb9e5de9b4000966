"""The index over PostgreSQL answers as the one over SQLite does, as far as a worker can read."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.errors import SurroundingsError
from archive.index import CaptureIndex, SqliteCaptureIndex, WritableIndex
from archive.postgres.index import PostgresCaptureIndex
from archive.postgres.readings import tell_readings
from archive.store import Archive
from archive.warc import manifest
from archive.warc.writer import WarcWriter
from archive.withdrawals import withdraw
from parsers.records import Context
from pipelines.rebuild import rebuild
from tests.archive.exchanges import PAGE, URL, exchange, plain, response
from tests.pipelines.conftest import REPORT

POST = b"POST /list HTTP/1.1\r\nHost: www.example.gov.cn\r\n\r\npage=2"
BODY = hashlib.sha256(b"page=2").hexdigest()
OTHER = "http://www.example.gov.cn/other.html"
NOWHERE = "http://www.example.gov.cn/none.html"


def filled(directory: Path) -> Archive:
    """An archive of two runs with captures of all kinds."""
    archive = Archive(directory)
    for number, run in enumerate(("r1", "r2"), 1):
        with WarcWriter(archive, run) as writer:
            date = f"2024-0{number}-01T00:00:0"
            context = Context(url=URL, portal="a")
            told: dict[str, Any] = {"role": "page", "context": context}
            captures = [
                exchange(plain(PAGE, 'ETag: "1"'), date=date + "0Z", **told),
                exchange(plain(PAGE + run.encode()), OTHER, date=date + "1Z", **told),
                exchange(plain(PAGE[:50]), truncated="length", date=date + "2Z"),
                exchange(response(b"", status="500 Oops"), date=date + "3Z"),
                exchange(b"", error="timeout", date=date + "4Z"),
                exchange(plain(b"<p>rows</p>"), OTHER + "?list", date=date + "5Z",
                         role="listing", context=context),
                exchange(plain(b"asked" + run.encode()), method="POST", request=POST,
                         date=date + "6Z"),
                exchange(response(b"", f"Location: {OTHER}", status="302 Found"), NOWHERE,
                         date=date + "7Z"),
            ]  # fmt: skip
            made = [writer.record(one).result(30) for one in captures]
            writer.annotate(made[5].record_id, {"rows": [{"url": URL}]}).result(30)
            account = {
                "kind": "crawl", "started_at": date + "0Z", "finish_reason": "finished",
                "portals": [{"portal": "a", "look": "whole", "found": number, "new": 1}],
            }  # fmt: skip
            writer.account(account).result(30)
    return archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return filled(tmp_path / "archive")


@pytest.fixture
def index(archive: Archive, database: str) -> Iterator[PostgresCaptureIndex]:
    with closing(PostgresCaptureIndex(database, archive, "here")) as opened:
        yield opened


def answers(index: CaptureIndex, payload: str, record_id: str) -> dict[str, Any]:
    return {
        "latest": [index.latest(url) for url in (URL, OTHER, NOWHERE, URL + "#part")],
        "redirects": index.latest(NOWHERE, redirects=True),
        "posted": [index.latest(URL, "POST", body) for body in (BODY, "")],
        "in run": [index.seen_in_run(run, URL) for run in ("r1", "r2", "r3")],
        "had": [index.had_page(url, run) for url in (URL, NOWHERE) for run in ("r1", "r3")],
        "payload": [index.by_payload(payload), index.by_payload("0" * 64)],
        "id": [index.by_id(record_id), index.by_id("urn:none")],
        "accounts": index.accounts(["a", "b"], 1),
        "listings": [json.loads(row["notes"])["rows"] for row in index.listings(["a"])],
        "answers": [dict(row) for row in index.page_answers(["a"])],
    }


def test_it_answers_as_the_index_of_one_machine(
    archive: Archive, index: PostgresCaptureIndex, database: str
) -> None:
    assert len(index.caught_up) == len(manifest.read(archive)) == 2
    with closing(PostgresCaptureIndex(database, archive, "here")) as again:
        assert not again.caught_up
    with closing(SqliteCaptureIndex(archive)) as local:
        first = local.latest(URL)
        assert first is not None
        original = first.refers_to or first.record_id
        expected = answers(local, first.payload_sha256, original)
        assert all((expected["latest"][0], expected["accounts"]["a"], expected["listings"]))
        assert answers(index, first.payload_sha256, original) == expected


def test_what_a_rebuild_read_is_told_to_the_fleet(archive: Archive, database: str) -> None:
    with WarcWriter(archive, "r3") as writer:
        page = plain(f"<html><body><p>{REPORT}".replace("\n", "<p>").encode())
        told: dict[str, Any] = {"role": "page", "context": Context(url=NOWHERE, portal="a")}
        writer.record(exchange(page, NOWHERE, date="2024-03-01T00:00:00Z", **told)).result(30)
    rebuild(archive, 1)
    with closing(PostgresCaptureIndex(database, archive, "here")) as index:
        assert not any(row["reading"] for row in index.page_answers(["a"]))
        for _ in range(2):
            tell_readings(database, archive.database_path)
        with closing(SqliteCaptureIndex(archive)) as local:
            expected = [dict(row) for row in local.page_answers(["a"])]
        assert any(row["reading"] for row in expected)
        assert [dict(row) for row in index.page_answers(["a"])] == expected


def test_what_is_not_stored_counts_for_its_own_worker_only(
    archive: Archive, index: PostgresCaptureIndex, database: str, tmp_path: Path
) -> None:
    elsewhere = Archive(tmp_path / "other")
    elsewhere.create()
    with closing(PostgresCaptureIndex(database, elsewhere, "there")) as other:
        mine = index.latest(URL)
        assert mine is not None
        assert other.latest(URL) is None
        assert not other.had_page(URL, "r3")
        assert other.by_payload(mine.payload_sha256) is None
        assert list(other.page_answers(["a"])) == []
        index.note_stored(entry.name for entry in manifest.read(archive))
        assert other.latest(URL) == mine
        assert other.had_page(URL, "r3")


def test_attempts_at_a_job_are_one_run(tmp_path: Path, database: str) -> None:
    archive = Archive(tmp_path / "archive")
    with WarcWriter(archive, "job-1.1") as writer:
        capture = writer.record(exchange(plain())).result(30)
    with closing(PostgresCaptureIndex(database, archive, "here")) as index:
        assert index.seen_in_run("job-1.2", URL) == capture
        assert index.seen_in_run("job-11.1", URL) is None
        assert index.seen_in_run("job-2.1", URL) is None


def test_a_writer_keeps_it_up_to_date(tmp_path: Path, database: str) -> None:
    archive = Archive(tmp_path / "archive")
    archive.create()
    index: WritableIndex = PostgresCaptureIndex(database, archive, "here")
    with WarcWriter(archive, "run1", index=index) as writer:
        first = writer.record(exchange(plain())).result(30)
        assert writer.index.latest(URL) == first
        again = writer.record(exchange(plain(), OTHER)).result(30)
        assert (again.kind, again.refers_to) == ("revisit", first.record_id)
        writer.annotate(first.record_id, {"note": "\0"}).result(30)
    assert not archive.database_path.exists()


def test_a_withdrawn_record_is_not_had(archive: Archive, database: str) -> None:
    with closing(SqliteCaptureIndex(archive)) as local:
        capture = local.latest(OTHER)
    assert capture is not None
    withdraw(archive, capture.record_id, "asked for", "2024-02-02T00:00:00Z")
    with closing(PostgresCaptureIndex(database, archive, "here")) as index:
        assert index.latest(OTHER) != capture


def test_a_server_that_is_not_there_is_one_clear_line(archive: Archive) -> None:
    with pytest.raises(SurroundingsError, match="PostgreSQL: "):
        PostgresCaptureIndex("postgresql://nobody@/none?host=/nowhere", archive, "here")
