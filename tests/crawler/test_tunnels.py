"""Through a proxy's tunnel (CONNECT) the exchange inside is recorded, and every rule holds."""

from pathlib import Path

import pytest

from tests.crawler import certificate
from tests.crawler.oddities import article, title
from tests.crawler.running import captured, crawl_portals, of_url, records
from tests.crawler.server import page
from tests.crawler.tunnels import TunnelProxy

HOST, SHUT = "tunnel.gov.cn", "shut.gov.cn"
ROBOTS = page("User-agent: *\nDisallow: /hidden/\n")
ROWS = "".join(
    f"<li><a href={link}>{title(year)}</a></li>"
    for link, year in (
        ("/nb/2025.html", 2025),
        ("/hidden/2024.html", 2024),
        ("https://10.1.2.3/2023.html", 2023),
        ("https://elsewhere.example.com/2022.html", 2022),
    )
)
ROUTES = {
    f"https://{HOST}/robots.txt": ROBOTS,
    f"https://{HOST}/nb/": page(f"<html><title>政府信息公开年报</title><ul>{ROWS}</ul>"),
    f"https://{HOST}/nb/2025.html": article(title(2025)),
    f"https://{HOST}/hidden/2024.html": article(title(2024)),
}


@pytest.fixture(scope="module")
def through(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, TunnelProxy, str, str]:
    folder = tmp_path_factory.mktemp("tunnels")
    path, digest = certificate.make(folder)
    with TunnelProxy(ROUTES, certificate.context(path), refused=(SHUT,)) as proxy:
        portals = {host: f"https://{host}/nb/" for host in (HOST, SHUT)}
        variables = {"https_proxy": proxy.url, "http_proxy": proxy.url}
        done = crawl_portals(folder, portals, variables)
    return folder, proxy, digest, done.stderr


def test_the_report_is_archived_as_it_went_through_the_tunnel(
    through: tuple[Path, TunnelProxy, str, str],
) -> None:
    folder, proxy, digest, _told = through
    url = f"https://{HOST}/nb/2025.html"
    passed = next(each for each in proxy.passed if each.target == url)
    kept = records(folder)
    assert [r.block for r in of_url(kept, url, "request")] == [passed.request]
    assert [r.block for r in of_url(kept, url, "response")] == [passed.response]
    (row,) = (each for each in captured(folder) if each["url"] == url)
    assert row["tls_sha256"] == digest


def test_robots_and_the_guard_of_hosts_hold_inside(
    through: tuple[Path, TunnelProxy, str, str],
) -> None:
    _folder, proxy, _digest, told = through
    asked = {each.target for each in proxy.passed}
    assert f"https://{HOST}/robots.txt" in asked
    assert f"https://{HOST}/hidden/2024.html" not in asked
    assert {each.partition(":")[0] for each in proxy.opened} == {HOST, SHUT}
    assert "10.1.2.3" in told
    assert "elsewhere.example.com" in told


def test_a_tunnel_that_is_refused_is_told(through: tuple[Path, TunnelProxy, str, str]) -> None:
    _folder, _proxy, _digest, told = through
    line = next(line for line in told.splitlines() if line.startswith(f"{SHUT}:"))
    assert "no report found" in line
    assert "proxy" in line
