"""Where the crawl may go, how often it asks, and when it leaves a host alone."""

import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from crawler.politeness.addresses import AddressRefusedError, HostPolicy, is_public
from crawler.politeness.pauses import retry_after
from tests.crawler.running import captured, fetch
from tests.crawler.server import Reply, Server, page

DISALLOW = page("User-agent: *\nDisallow: /closed/\n")


def slow_robots(_request: bytes, _before: int) -> Reply:
    return Reply(DISALLOW.sent, wait_seconds=0.3)


def test_no_request_slips_through_while_robots_is_under_way(tmp_path: Path) -> None:
    with Server({"/robots.txt": slow_robots, "/open": page("open")}) as server:
        closed = [f"{server.url}/closed/{n}" for n in range(6)]
        told = fetch(tmp_path, [*closed, server.url + "/open"], CONCURRENT_REQUESTS_PER_DOMAIN=8)
        assert sorted(server.paths()) == ["/open", "/robots.txt"]
    assert {told[url]["why"] for url in closed} == {"Forbidden by robots.txt"}


ROBOTS = (("404 Not Found", 1), ("403 Forbidden", 1), ("500 Oops", 0), ("429 Slow Down", 0))


def test_robots_that_is_missing_allows_and_failing_forbids(tmp_path: Path) -> None:
    with ExitStack() as stack:
        servers = {
            status: stack.enter_context(Server({"/robots.txt": page("", status), "/a": page("a")}))
            for status, _ in ROBOTS
        }
        fetch(tmp_path, [server.url + "/a" for server in servers.values()], RETRY_TIMES=0)
        assert {status: server.times("/a") for status, server in servers.items()} == dict(ROBOTS)


def test_the_delay_that_robots_asks_for_is_kept(tmp_path: Path) -> None:
    def noted(_request: bytes, _before: int) -> Reply:
        times.append(time.monotonic())
        return page("a")

    times: list[float] = []
    robots = page("User-agent: *\nCrawl-delay: 1\n")
    with Server({"/robots.txt": robots, "/a": noted, "/b": noted}) as server:
        fetch(tmp_path, [server.url + "/a", server.url + "/b"], DOWNLOAD_DELAY_JITTER=0)
    assert times[1] - times[0] >= 0.9


def test_a_redirect_does_not_lead_off_the_permitted_hosts(tmp_path: Path) -> None:
    with Server({"/": page("elsewhere")}) as other:
        with Server({"/a": _redirect(f"{other.url}/")}) as server:
            allowed = [f"127.0.0.1:{server.port}"]
            told = fetch(tmp_path, [server.url + "/a"], GONGKAI_ALLOW_HOSTS=allowed)
        assert not other.passed
    assert told[server.url + "/a"]["error"] == "OffHostError"


def test_a_private_address_is_refused_and_recorded(tmp_path: Path) -> None:
    with Server({"/a": page("a")}) as server:
        url = f"http://localhost:{server.port}/a"
        settings: dict[str, Any] = {"GONGKAI_ALLOW_HOSTS": [], "ROBOTSTXT_OBEY": False}
        told = fetch(tmp_path, [url], GONGKAI_OFFICIAL_HOSTS=["localhost"], **settings)
        assert not server.passed
    assert told[url]["error"] == "AddressRefusedError"
    assert [row["error"] for row in captured(tmp_path)] == ["private_address"]


def test_a_redirect_does_not_lead_to_a_private_address(tmp_path: Path) -> None:
    with Server({"/b": page("b")}) as inner:
        official = f"http://localhost:{inner.port}/b"
        with Server({"/a": _redirect(official)}) as server:
            settings: dict[str, Any] = {"GONGKAI_ALLOW_HOSTS": [f"127.0.0.1:{server.port}"]}
            told = fetch(
                tmp_path, [server.url + "/a"], GONGKAI_OFFICIAL_HOSTS=["localhost"],
                ROBOTSTXT_OBEY=False, **settings,
            )  # fmt: skip
        assert not inner.passed
    assert told[server.url + "/a"]["error"] == "AddressRefusedError"
    assert [(row["url"], row["error"]) for row in captured(tmp_path)] == [
        (server.url + "/a", ""), (official, "private_address"),
    ]  # fmt: skip


def _redirect(target: str) -> Reply:
    return Reply(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())


def test_the_open_connection_is_checked_too() -> None:
    policy = HostPolicy.of(["gov.cn"], ["127.0.0.1:80"])
    policy.check_peer("127.0.0.1:80", "127.0.0.1")
    with pytest.raises(AddressRefusedError):
        policy.check_peer("www.example.gov.cn:80", "10.0.0.1")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "0.0.0.0",
     "::ffff:10.0.0.1", "fc00::1", "224.0.0.1", "", "no address"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_only_official_hosts_and_named_ones_are_permitted() -> None:
    policy = HostPolicy.of(["gov.cn"], ["*.example.org", "127.0.0.1:8000"])
    permitted = ("http://www.gov.cn/", "https://KJJ.example.GOV.cn/a", "http://a.example.org/",
                 "http://127.0.0.1:8000/", "http://gov.cn./")  # fmt: skip
    refused = ("http://gov.cn.example.com/", "http://notgov.cn/", "http://127.0.0.1:8001/",
               "ftp://www.gov.cn/", "http://www.gov.cn@example.com/", "javascript:void(0)",
               "http://example.org/")  # fmt: skip
    assert [url for url in permitted if not policy.permits(url)] == []
    assert [url for url in refused if policy.permits(url)] == []


def test_a_host_in_chinese_is_the_same_in_either_form() -> None:
    policy = HostPolicy.of([], ["政府.中国", "*.政务.cn:8000"])
    same = ("http://政府.中国/", "http://xn--mxtq1m.xn--fiqs8s/", "http://a.xn--zfr164b.cn:8000/")
    assert [url for url in same if not policy.permits(url)] == []
    assert not policy.permits("http://a.xn--zfr164b.cn/")


def test_a_wall_is_recorded_as_blocked_and_the_host_left_alone(tmp_path: Path) -> None:
    wall = page("<script>$_ts={}</script>", "412 Precondition Failed")
    with Server({"/a": wall, "/b": page("b")}) as server:
        told = fetch(tmp_path, [server.url + "/a", server.url + "/b"])
        assert server.paths() == ["/robots.txt", "/a"]
    assert told[server.url + "/a"]["wall"] == "ruishu"
    assert told[server.url + "/b"]["error"] == "HostPausedError"
    assert [row["kind"] for row in captured(tmp_path)] == ["response", "blocked"]


def test_the_whole_host_waits_as_long_as_it_asks(tmp_path: Path) -> None:
    def busy(_request: bytes, before: int) -> Reply:
        started.append(time.monotonic())
        return page("x", "503 Busy", "Retry-After: 1\r\n") if before == 0 else page("a")

    started: list[float] = []
    with Server({"/a": busy, "/b": busy}) as server:
        fetch(tmp_path, [server.url + "/a", server.url + "/b"])
        assert server.times("/a") == 2
    assert started[1] - started[0] >= 0.9


def test_a_page_that_asks_for_patience_is_asked_for_again(tmp_path: Path) -> None:
    def asked(_request: bytes, before: int) -> Reply:
        return page("<p>您的访问过于频繁，请稍后再试</p>") if before == 0 else page("a")

    with Server({"/a": asked}) as server:
        told = fetch(tmp_path, [server.url + "/a"])[server.url + "/a"]
        assert server.times("/a") == 2
    assert (told["wall"], told["body"]) == ("", 1)
    assert [row["kind"] for row in captured(tmp_path)] == ["response", "blocked", "response"]


def test_a_wait_that_is_too_long_is_not_waited(tmp_path: Path) -> None:
    busy = page("x", "503 Busy", "Retry-After: 9999\r\n")
    with Server({"/a": busy}) as server:
        told = fetch(tmp_path, [server.url + "/a"])
        assert server.times("/a") == 1
    assert told[server.url + "/a"]["status"] == 503


def test_retry_after_is_read_as_number_and_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    asked = [retry_after(Response("http://a/", headers={"Retry-After": value}))
             for value in ("7", later, "soon", "")]  # fmt: skip
    assert asked[0] == 7
    assert 90 < (asked[1] or 0) <= 100
    assert asked[2:] == [None, None]


def test_unchanged_pages_are_asked_for_conditionally(tmp_path: Path) -> None:
    def validated(request: bytes, _before: int) -> Reply:
        if b'If-None-Match: "v1"' in request:
            return Reply(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
        return page("<p>" + "年报" * 600, headers='ETag: "v1"\r\n')

    with Server({"/a": validated}) as server:
        first = fetch(tmp_path, [server.url + "/a"])[server.url + "/a"]
        second = fetch(tmp_path, [server.url + "/a"])[server.url + "/a"]
    assert (second["status"], second["flags"]) == (200, ["not_modified"])
    assert second["body"] == first["body"]
    last = captured(tmp_path)[-1]
    assert (last["kind"], last["status"], last["refers_to"]) == ("revisit", 304, first["record_id"])


def test_an_exchange_through_a_proxy_is_marked_and_its_secrets_are_cut(tmp_path: Path) -> None:
    with Server({"/a": page("through")}) as proxy:
        url = "http://www.example.gov.cn/a"
        through = {"proxy": f"http://me:secret@127.0.0.1:{proxy.port}"}
        told = fetch(tmp_path, [{"url": url, "meta": through}], ROBOTSTXT_OBEY=False)
        assert proxy.passed[0].target == url
        assert b"Proxy-Authorization: Basic" in proxy.passed[0].request
    assert told[url]["status"] == 200
    (row,) = captured(tmp_path)
    assert row["ip"] == ""
    assert '"via_proxy":true' in row["notes"]
    stored = b"".join(path.read_bytes() for path in (tmp_path / "warc").glob("*.gz"))
    assert b"secret" not in stored
