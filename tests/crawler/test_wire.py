"""Every exchange, good or bad, is recorded as it went over the wire, before anyone sees it."""

import gzip
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.running import Recorded, facts, fetch, of_url, records
from tests.crawler.server import Reply, Server, page

LONG = "政府信息公开" * 400
ZIPPED = gzip.compress(LONG.encode(), mtime=0)


def chunked(payload: bytes, headers: bytes = b"") -> bytes:
    pieces = [payload[at : at + 700] for at in range(0, len(payload), 700)]
    body = b"".join(b"%X;x=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
        + headers
        + b"\r\n"
        + body
        + b"0\r\n\r\n"
    )


def busy_once(_request: bytes, before: int) -> Reply:
    if before == 0:
        return page("busy", "503 Busy", "Retry-After: 0\r\n")
    return page("<p>at last")


ROUTES: dict[str, Any] = {
    "/plain": page(f"<p>{LONG}"),
    "/chunked": Reply(chunked(ZIPPED, b"Content-Encoding: gzip\r\nContent-Type: text/html\r\n")),
    "/odd": Reply(
        b"HTTP/1.1 200 " + "成功".encode("gbk") + b"\r\nX-Two: a\r\nno colon here\r\nx-two: b\r\n"
        b"Content-Length: 2\r\n\r\nok"
    ),
    "/empty": Reply(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "/hop": Reply(b"HTTP/1.1 302 Found\r\nLocation: /landed\r\nContent-Length: 0\r\n\r\n"),
    "/landed": page("<p>landed"),
    "/post": page("<p>posted"),
    "/busy": busy_once,
    "/silent": Reply(b"", "hang"),
    "/slow": Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf a page", "hang"),
    "/reset": Reply(b"", "reset"),
    "/cut": Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf a page", "close"),
    "/cutchunk": Reply(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf", "close"),
    "/huge": Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n" + b"x" * 90000),
    "/endless": Reply(b"HTTP/1.1 200 OK\r\n\r\n" + b"y" * 120000, "close"),
    "/garbage": Reply(b"\x00\x01 this is no HTTP at all\r\n\r\n", "close"),
    "/gone": page("<title>404</title><p>您访问的页面不存在"),
}  # fmt: skip
RETRIED = ("/silent", "/slow", "/reset", "/cut", "/cutchunk", "/garbage", "/busy")


@dataclass(frozen=True)
class Run:
    server: Server
    told: dict[str, dict[str, Any]]
    records: list[Recorded]

    def of(self, path: str, kind: str) -> list[Recorded]:
        return of_url(self.records, self.server.url + path, kind)

    def facts(self, path: str) -> list[dict[str, Any]]:
        return facts(self.records, self.server.url + path)

    def outcome(self, path: str) -> dict[str, Any]:
        return self.told[self.server.url + path]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    archive: Path = tmp_path_factory.mktemp("wire")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    paths = [path for path in ROUTES if path not in ("/landed", "/post")]
    with Server(ROUTES) as server:
        posted = {"url": server.url + "/post", "method": "POST", "body": "a=1&b=年报"}
        others = [f"http://127.0.0.1:{port}/", "http://no-such-host.invalid/"]
        wanted: list[Any] = [*(server.url + path for path in paths), posted, *others]
        told = fetch(archive, wanted, CONCURRENT_REQUESTS_PER_DOMAIN=8,
                     GONGKAI_ALLOW_HOSTS=["127.0.0.1:*", "no-such-host.invalid"])  # fmt: skip
        yield Run(server, told, records(archive))


def test_each_exchange_of_the_server_is_recorded_byte_for_byte(run: Run) -> None:
    assert run.server.passed
    for path in {each.target for each in run.server.passed}:
        seen = sorted(each.request for each in run.server.passed if each.target == path)
        kept = sorted(record.block for record in run.of(path, "request"))
        assert kept == seen, path


WHOLE = ("/plain", "/chunked", "/odd", "/empty", "/hop", "/landed", "/post", "/gone")


@pytest.mark.parametrize("path", [*WHOLE, "/robots.txt"])
def test_whole_responses_are_kept_as_sent(run: Run, path: str) -> None:
    sent = [each.response for each in run.server.passed if each.target == path]
    assert [record.block for record in run.of(path, "response")] == sent
    assert sent


def test_a_retried_exchange_is_recorded_each_time(run: Run) -> None:
    statuses = [record.block.split()[1] for record in run.of("/busy", "response")]
    assert statuses == [b"503", b"200"]
    for path in RETRIED:
        assert run.server.times(path) == 2


@pytest.mark.parametrize(
    ("path", "truncated"),
    [("/slow", "time"), ("/cut", "disconnect"), ("/cutchunk", "disconnect"), ("/huge", "length"),
     ("/endless", "length")],
)  # fmt: skip
def test_what_came_of_a_broken_response_is_kept(run: Run, path: str, truncated: str) -> None:
    kept = run.of(path, "response")
    assert kept
    for record in kept:
        assert record.headers["warc-truncated"] == truncated
        assert record.block.startswith(b"HTTP/1.1 200 OK")
        assert ROUTES[path].sent.startswith(record.block)
    assert "error" in run.outcome(path)


@pytest.mark.parametrize(("path", "error"), [("/silent", "timeout"), ("/reset", "reset"),
                                             ("/garbage", "malformed")])  # fmt: skip
def test_failures_are_named(run: Run, path: str, error: str) -> None:
    assert {each["error"] for each in run.facts(path) if "error" in each} == {error}


def test_garbage_is_kept(run: Run) -> None:
    blocks = [record.block for record in run.of("/garbage", "metadata")]
    assert ROUTES["/garbage"].sent in blocks


def test_failures_to_connect_are_recorded(run: Run) -> None:
    others = {
        record.headers["warc-target-uri"]
        for record in run.records
        if "warc-target-uri" in record.headers
    }
    elsewhere = sorted(url for url in others if not url.startswith((run.server.url, "urn:")))
    errors = [{each.get("error") for each in facts(run.records, url)} for url in elsewhere]
    assert errors == [{"refused"}, {"dns"}]
    assert all(url.endswith("/robots.txt") for url in elsewhere)


def test_missing_pages_are_recognised_before_recording(run: Run) -> None:
    assert {each.get("wall") for each in run.facts("/gone")} == {"soft_404"}


def test_only_the_answer_has_the_role_that_was_asked_for(run: Run) -> None:
    assert {each["role"] for each in run.facts("/landed")} == {"page"}
    assert {each["role"] for each in run.facts("/hop")} == {"other"}
    assert [each["role"] for each in run.facts("/busy")] == ["other", "page"]


def test_address_and_time_are_recorded(run: Run) -> None:
    (record,) = run.of("/plain", "response")
    assert record.headers["warc-ip-address"] == "127.0.0.1"
    (noted,) = run.facts("/plain")
    assert 0 < noted["seconds"] < 5
    assert noted["fidelity"] == "wire"


def test_the_capture_travels_with_the_response(run: Run) -> None:
    (record,) = run.of("/plain", "response")
    assert record.headers["warc-record-id"].strip("<>") == run.outcome("/plain")["record_id"]
    assert run.outcome("/chunked")["body"] == len(LONG.encode())
