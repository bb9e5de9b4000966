"""Exchanges over TLS are recorded as they are inside it, with the certificate's digest."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawler import certificate
from tests.crawler.running import captured, crawl, fetch, of_url, records
from tests.crawler.server import Server, page

# Made once with `openssl dhparam 1024`: it takes seconds and is no secret.
DH_1024 = """-----BEGIN DH PARAMETERS-----
MIGHAoGBAOQTObb7Nx2F4QflO8qnWFbsbjh2OdLDn1R42o8HnVmY6caCrZlbVoNm
kwqHPLTXmaswn+sJuK3iGJXKo836wkohfKe9+xGyAQv/PO9EleohC6nNrHI+2eK8
OnF1wzvquuyugCaQSVCtxbF/byDK3Bz45LDQp6bH9/+XUSAMrY0/AgEC
-----END DH PARAMETERS-----
"""


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return certificate.make(tmp_path_factory.mktemp("tls"))


def test_bytes_and_certificate_are_recorded(tmp_path: Path, pem: tuple[Path, str]) -> None:
    path, digest = pem
    with Server({"/a": page("inside")}, tls=certificate.context(path)) as server:
        told = fetch(tmp_path, [server.url + "/a"])
        passed = server.passed[-1]
    url = server.url + "/a"
    assert told[url]["status"] == 200
    kept = records(tmp_path)
    assert [r.block for r in of_url(kept, url, "request")] == [passed.request]
    assert [r.block for r in of_url(kept, url, "response")] == [passed.response]
    assert [row["tls_sha256"] for row in captured(tmp_path)] == [digest, digest]


@pytest.fixture
def outdated(pem: tuple[Path, str], tmp_path: Path) -> Iterator[int]:
    """A server that only speaks ephemeral Diffie-Hellman with a key of 1024 bits."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("the openssl program is absent")
    weak = tmp_path / "dh.pem"
    weak.write_text(DH_1024)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    key = ["-cert", str(pem[0]), "-key", str(pem[0]), "-dhparam", str(weak)]
    cipher = ["-cipher", "DHE-RSA-AES128-SHA:@SECLEVEL=0", "-tls1_2"]
    options = ["-accept", str(port), *key, *cipher, "-www", "-quiet"]
    running = subprocess.Popen([openssl, "s_server", *options], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        running.kill()
        running.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


def test_outdated_tls_is_spoken_only_where_declared(tmp_path: Path, outdated: int) -> None:
    url = f"https://127.0.0.1:{outdated}/"
    refused = fetch(tmp_path / "one", [url], ROBOTSTXT_OBEY=False, RETRY_TIMES=0)
    assert "error" in refused[url]
    assert captured(tmp_path / "one")[0]["error"] == "tls"
    declared = [f"127.0.0.1:{outdated}"]
    spoken = fetch(
        tmp_path / "two", [url], ROBOTSTXT_OBEY=False, RETRY_TIMES=0, GONGKAI_LEGACY_TLS=declared
    )
    assert spoken[url]["status"] == 200
    assert crawl(tmp_path / "three", "--url", url).returncode == 1
