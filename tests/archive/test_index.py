"""What the crawler learns of the past."""

import hashlib

from archive.index import SqliteCaptureIndex, validators
from archive.store import Archive
from archive.warc.writer import WarcWriter
from tests.archive.conftest import write
from tests.archive.exchanges import PAGE, URL, exchange, plain, response

SECURE = URL.replace("http:", "https:")
POST = b"POST /list HTTP/1.1\r\nHost: www.example.gov.cn\r\n\r\npage=2"


def test_the_last_good_capture_gives_the_validators(archive: Archive) -> None:
    first, second, *_ = write(
        archive,
        exchange(plain(PAGE, 'ETag: "1"'), date="2024-01-01T00:00:00Z"),
        exchange(plain(PAGE + b"!", 'ETag: "2"', "Last-Modified: x"), date="2024-01-02T00:00:00Z"),
        exchange(plain(PAGE[:50]), truncated="length", date="2024-01-03T00:00:00Z"),
        exchange(response(b"", status="500 Oops"), date="2024-01-04T00:00:00Z"),
        exchange(b"", error="timeout", date="2024-01-05T00:00:00Z"),
        exchange(plain(b"verify"), wall="captcha", date="2024-01-06T00:00:00Z"),
    )
    index = SqliteCaptureIndex(archive)
    assert index.latest(URL) == second
    assert index.latest(URL + "#part") == second
    assert validators(second) == {"If-None-Match": '"2"', "If-Modified-Since": "x"}
    assert validators(first) == {"If-None-Match": '"1"'}
    assert index.latest("http://www.example.gov.cn/none") is None
    index.close()


def test_a_request_is_method_address_and_body(archive: Archive) -> None:
    (posted,) = write(archive, exchange(plain(), method="POST", request=POST))
    index = SqliteCaptureIndex(archive)
    body = hashlib.sha256(b"page=2").hexdigest()
    assert index.latest(URL, "POST", body) == posted
    assert index.latest(URL, "POST") is None
    assert index.latest(URL) is None
    index.close()


def test_a_redirect_to_https_does_not_stand_for_its_target(archive: Archive) -> None:
    moved = response(b"", f"Location: {SECURE}", status="301 Moved Permanently")
    (redirect,) = write(archive, exchange(moved))
    index = SqliteCaptureIndex(archive)
    assert index.seen_in_run("run1", URL) == redirect
    assert index.seen_in_run("run1", SECURE) is None
    assert index.seen_in_run("run2", URL) is None
    index.close()


def test_a_failure_is_not_seen(archive: Archive) -> None:
    write(archive, exchange(b"", error="timeout"))
    index = SqliteCaptureIndex(archive)
    assert index.seen_in_run("run1", URL) is None
    index.close()


def test_equal_payloads_under_way_together_are_written_once(archive: Archive) -> None:
    with WarcWriter(archive, "run1") as writer:
        urls = [f"http://example.gov.cn/{n}" for n in range(60)]
        waiting = [writer.record(exchange(plain(), url)) for url in urls]
        kinds = [future.result(30).kind for future in waiting]
    assert kinds == ["response"] + ["revisit"] * 59


def test_truncated_and_blocked_payloads_are_no_originals(archive: Archive) -> None:
    whole = write(
        archive,
        exchange(plain(), "http://example.gov.cn/cut", truncated="length"),
        exchange(plain(), "http://example.gov.cn/wall", wall="captcha"),
        exchange(plain()),
    )[-1]
    assert whole.kind == "response"
