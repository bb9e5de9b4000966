"""What is recorded is read back, whole and the same."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.database import DatabaseWriter
from archive.index import SqliteCaptureIndex
from archive.indexing import load_scans
from archive.records import Capture
from archive.rows import capture_from
from archive.store import Archive
from archive.urls import url_key
from archive.warc.reader import (
    iter_captures,
    read_part,
    read_record,
    scan,
    scan_in_parts,
    warc_files,
)
from archive.warc.writer import WarcWriter
from tests.archive.conftest import write
from tests.archive.exchanges import PAGE, URL, chunked, exchange, packed, plain, response


def known(archive: Archive) -> dict[str, Capture]:
    return {capture.record_id: capture for capture in iter_captures(archive)}


@pytest.mark.parametrize("make", [plain, packed], ids=["plain", "gzip, chunked"])
def test_a_response_comes_back_byte_for_byte(archive: Archive, make: Callable[[], bytes]) -> None:
    (capture,) = write(archive, exchange(make()))
    record = read_record(archive, capture.warc, capture.offset, capture.length)
    assert record.block == make()
    part = read_part(archive, capture, known(archive).get)
    assert part.payload == PAGE
    assert part.headers["content-type"] == "text/html"


def test_the_payload_digest_is_of_the_body_without_chunks(archive: Archive) -> None:
    body = b"x" * 5000
    (capture,) = write(archive, exchange(response(chunked(body), "Transfer-Encoding: chunked")))
    assert capture.payload_sha256 == hashlib.sha256(body).hexdigest()
    assert capture.payload_bytes == 5000


def test_writer_reader_and_index_agree_on_every_capture(archive: Archive) -> None:
    with WarcWriter(archive, "run1") as writer:
        page = writer.record(exchange(plain(PAGE, 'ETag: "1"'))).result(30)
        others = [
            writer.record(exchange(plain(), "http://example.gov.cn/other")),
            writer.record(exchange(response(b"", status="304 Not Modified"))),
            writer.record(exchange(b"", error="timeout")),
            writer.record(exchange(b"\x00\x01garbage", error="garbage")),
            writer.record(exchange(plain(PAGE[:500]), truncated="disconnect", error="lost")),
            writer.record(exchange(plain(b"verify"), "http://example.gov.cn/w", wall="captcha")),
        ]
        kept = writer.record_file(b"abc", media_type="text/plain", date="2024-01-01")
        written = [page, *(future.result(30) for future in others), kept]
    assert list(iter_captures(archive)) == written
    kinds = ["response", "revisit", "revisit", "failure", "failure", "response", "blocked"]
    assert [capture.kind for capture in written] == [*kinds, "resource"]
    index = SqliteCaptureIndex(archive)
    assert [index.by_id(capture.record_id) for capture in written] == written
    index.close()


def test_identical_payloads_become_revisits_of_the_first(archive: Archive) -> None:
    first, second, third = write(
        archive,
        exchange(plain()),
        exchange(plain(), "http://example.gov.cn/copy"),
        exchange(packed(), "http://example.gov.cn/packed"),
    )
    assert (second.kind, second.refers_to) == ("revisit", first.record_id)
    assert third.kind == "response"  # packed bytes are another payload
    headers = read_record(archive, second.warc, second.offset, second.length).headers
    assert headers["warc-refers-to-target-uri"] == URL
    assert headers["warc-refers-to-date"] == first.date
    assert headers["warc-truncated"] == "length"
    assert second.payload_bytes == len(PAGE)
    assert read_part(archive, second, known(archive).get).payload == PAGE


def test_small_payloads_are_written_again(archive: Archive) -> None:
    captures = write(archive, exchange(plain(b"short")), exchange(plain(b"short")))
    assert [capture.kind for capture in captures] == ["response", "response"]


def test_not_modified_refers_to_what_holds_the_payload(archive: Archive) -> None:
    first, again, unmodified = write(
        archive,
        exchange(plain(), "http://example.gov.cn/first"),
        exchange(plain()),
        exchange(response(b"", 'ETag: "new"', status="304 Not Modified")),
    )
    assert (again.kind, unmodified.kind) == ("revisit", "revisit")
    assert unmodified.refers_to == first.record_id
    part = read_part(archive, unmodified, known(archive).get)
    assert part.payload == PAGE
    assert part.headers["etag"] == '"new"'


def test_a_reason_phrase_in_gbk_is_kept_and_read(archive: Archive) -> None:
    answer = b"HTTP/1.1 404 " + "找不到".encode("gbk") + b"\r\nX-Bad line\r\n\r\nnot here"
    (capture,) = write(archive, exchange(answer))
    assert (capture.status, capture.reason) == (404, "找不到")
    record = read_record(archive, capture.warc, capture.offset, capture.length)
    assert record.block == answer


def test_a_failure_keeps_its_request_and_its_bytes(archive: Archive) -> None:
    timeout, garbage = write(
        archive, exchange(b"", error="timeout"), exchange(b"SSH-2.0-x\r\n", error="garbage")
    )
    assert (timeout.kind, timeout.error, timeout.status) == ("failure", "timeout", None)
    assert json.loads(garbage.notes)["garbage_bytes"] == 11
    stored = b"".join(path.read_bytes() for path in warc_files(archive))
    assert stored
    assert read_part(archive, garbage, known(archive).get).payload == b""


def test_secrets_are_cut_and_marked(archive: Archive) -> None:
    request = (
        b"GET http://u:secret1@example.gov.cn/ HTTP/1.1\r\nCookie: secret2\r\n"
        b"Proxy-Authorization: Basic secret3\r\nReferer: http://u:secret4@example.gov.cn/\r\n\r\n"
    )
    url = "http://u:secret5@example.gov.cn/"
    (capture,) = write(archive, exchange(plain(), url, request=request))
    found = ["cookie", "proxy-authorization", "url-password"]
    assert json.loads(capture.notes)["redacted"] == found
    assert capture.url == "http://example.gov.cn/"
    from archive.warc import members

    for path in warc_files(archive):
        with path.open("rb") as stream:
            held = [m.data for m in members.walk(stream) if isinstance(m, members.Member)]
        assert held
        assert not any(b"secret" in data for data in held)


def test_through_a_proxy_there_is_no_address(archive: Archive) -> None:
    (capture,) = write(archive, exchange(plain(), via_proxy=True))
    assert capture.ip == ""
    assert json.loads(capture.notes)["via_proxy"] is True


def test_later_notes_are_merged_across_files(archive: Archive) -> None:
    (capture,) = write(archive, exchange(plain(), role="other"))
    with WarcWriter(archive, "run2") as writer:
        facts = {"role": "page", "context": {"portal": "p1"}, "rows": [{"title": "年报"}]}
        writer.annotate(capture.record_id, facts)
    merged = known(archive)[capture.record_id]
    assert (merged.role, merged.context.portal) == ("page", "p1")
    assert merged.context.link_text == "2023年度报告"
    assert json.loads(merged.notes)["rows"] == [{"title": "年报"}]
    index = SqliteCaptureIndex(archive)
    assert index.by_id(capture.record_id) == merged
    index.close()


def test_the_account_of_a_run_is_kept(archive: Archive) -> None:
    with WarcWriter(archive, "run1") as writer:
        writer.account({"kind": "crawl", "pages": 3})
    (account,) = scan(warc_files(archive)).accounts
    assert (account.run_id, account.facts) == ("run1", {"kind": "crawl", "pages": 3})


def test_files_rotate_by_size(archive: Archive) -> None:
    with WarcWriter(archive, "run1", rotate_bytes=3000) as writer:
        bodies = [hashlib.sha512(bytes([n])).digest() * 40 for n in range(12)]
        for body in bodies:
            writer.record(exchange(plain(body))).result(30)
    files = warc_files(archive)
    assert len(files) > 2
    assert all(path.stat().st_size <= 3000 for path in files)
    assert files[0].name == "gongkai-run1-00001.warc.gz"
    found = [read_part(archive, c, known(archive).get).payload for c in iter_captures(archive)]
    assert found == bodies


def test_a_file_read_in_parts_gives_what_it_gives_at_once(archive: Archive, tmp_path: Path) -> None:
    with WarcWriter(archive, "run1") as writer:
        made = [writer.record(exchange(plain(bytes([n])))).result(30) for n in range(5)]
        writer.annotate(made[0].record_id, {"wall": "slider", "rows": [1]})
    (path,) = warc_files(archive)
    parts = list(scan_in_parts(path, most=2))
    assert [len(part.captures) for part in parts] == [2, 2, 1]
    with DatabaseWriter(tmp_path / "parts.db") as database:
        load_scans(archive, database, parts)
        rows = [dict(row) for row in database.query("SELECT * FROM captures")]
    whole = {capture.record_id: capture for capture in iter_captures(archive)}
    assert {row["record_id"]: capture_from(row) for row in rows} == whole
    assert whole[made[0].record_id].kind == "blocked"


def test_a_growing_file_can_be_read(archive: Archive) -> None:
    with WarcWriter(archive, "run1") as writer:
        capture = writer.record(exchange(plain())).result(30)
        assert list(iter_captures(archive)) == []
        assert list(iter_captures(archive, sealed_only=False)) == [capture]
        assert read_part(archive, capture).payload == PAGE


def test_equal_addresses() -> None:
    keys = {
        url_key(url)
        for url in (
            "http://www.Example.gov.cn/a/%E5%B9%B4.html#top",
            "https://example.gov.cn:443/a/年.html",
            "http://u:p@example.gov.cn/b/../a/年.html",
        )
    }
    assert len(keys) == 1
    assert url_key("http://example.gov.cn/a") != url_key("http://example.gov.cn/a?id=1")
    assert url_key("urn:x") == "urn:x"
    assert url_key("http://[broken/") == "http://[broken/"
