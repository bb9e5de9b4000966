"""pywb, a player that others wrote, replays our archives byte for byte.

It runs in an environment of its own, since it pins old libraries: made once under the user's cache
folder, or named by `GONGKAI_PYWB` (`off` leaves these tests out). They are skipped, saying why,
where it cannot be had.
"""

import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.cdxj import lines, timestamp
from archive.evidence import Chosen
from archive.records import Capture
from archive.store import Archive
from archive.surt import surt
from archive.wacz import write_wacz
from archive.warc.reader import iter_captures, read_part, warc_files
from pipelines.reading import settle
from tests.archive.conftest import write
from tests.archive.exchanges import chunked, exchange, packed, plain, response

PYWB = "pywb==2.10.0"
INSTALL_SECONDS = 100
START_SECONDS = 40
SITE = "http://www.qinghe.gov.cn"
NOISE = "".join(random.Random(3).choices("政府信息公开年度报告申请答复", k=1500))
TEXT = f"<html><title>青禾县年度报告</title><body>{NOISE}</body></html>"
KEYS = "import json,sys; from pywb.utils.canonicalize import canonicalize as key\n"
KEYS += "print(json.dumps([key(url) for url in json.load(sys.stdin)]))"


@pytest.fixture(scope="session")
def pywb() -> Path:
    """The folder of pywb's programs."""
    named = os.environ.get("GONGKAI_PYWB", "")
    if named == "off":
        pytest.skip("GONGKAI_PYWB=off")
    python = f"py{sys.version_info.major}{sys.version_info.minor}"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(named) if named else cache / "gongkai" / f"{PYWB.replace('==', '-')}-{python}"
    programs = folder / "bin"
    if not (programs / "wayback").exists():
        _install(folder)
    return programs


def _install(folder: Path) -> None:
    pip: list[str | Path] = [
        folder / "bin" / "python",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--quiet",
    ]
    steps: tuple[list[str | Path], ...] = (
        [sys.executable, "-m", "venv", folder],
        [*pip, "install", "--retries", "1", "--timeout", "5", PYWB],
    )
    for step in steps:
        try:
            subprocess.run(step, check=True, capture_output=True, timeout=INSTALL_SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or str(error).encode()
            last = said.decode(errors="replace").strip().splitlines()[-1:]
            pytest.skip(f"{PYWB} cannot be installed in {folder}, so replay is NOT tested: {last}")


def on(day: int, answer: bytes, path: str) -> Any:
    return exchange(answer, SITE + path, date=f"2024-03-{day:02d}T08:00:00.000001Z")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Pages of every coding, revisits of the same and of another address, a 304 beside them."""
    archive = Archive(tmp_path_factory.mktemp("replay") / "archive")
    national = TEXT.encode("gb18030")
    whole = response(chunked(TEXT.encode()), "Transfer-Encoding: chunked")
    write(
        archive,
        on(1, plain(national), "/gb.htm"),
        on(1, packed(national), "/packed.htm"),
        on(1, whole, "/chunked.htm"),
        on(1, response(b"", "Location: /gb.htm", status="302 Moved"), "/old.htm"),
        on(1, plain(b"%PDF-1.4 " + NOISE.encode()), "/年报.pdf?ID=1&A=2"),
        run_id="one",
    )
    write(
        archive,
        on(9, plain(national), "/gb.htm"),
        on(9, packed(national), "/other.htm"),
        on(5, response(b"", status="304 Not Modified"), "/chunked.htm"),
        run_id="two",
    )
    settle(archive)
    return archive


@pytest.fixture(scope="module")
def player(pywb: Path, archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of pywb, serving the WARC files by our index, and a WACZ of them by its own."""
    folder = tmp_path_factory.mktemp("pywb")
    collection = folder / "collections" / "own"
    for name in ("archive", "indexes"):
        (collection / name).mkdir(parents=True)
    for path in warc_files(archive):
        (collection / "archive" / path.name).symlink_to(path)
    index = "".join(f"{line}\n" for line in lines(archive))
    (collection / "indexes" / "index.cdxj").write_text(index)
    _add_wacz(pywb, folder, archive)
    port = _free_port()
    command = [str(pywb / "wayback"), "-b", "127.0.0.1", "-p", str(port), "-d", str(folder)]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/", folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _add_wacz(pywb: Path, folder: Path, archive: Archive) -> None:
    write_wacz(archive, folder / "all.wacz", Chosen())
    for words in (["init", "wacz"], ["add", "--unpack-wacz", "wacz", folder / "all.wacz"]):
        command = [pywb / "wb-manager", *words]
        subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=60)


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _wait_for(url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"pywb did not start: {log.read_text()[-500:]}")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_about: Any) -> None:
        return None


def replayed(player: str, collection: str, capture: Capture) -> tuple[int, bytes]:
    moment = timestamp(capture.date)
    opener = urllib.request.build_opener(_Stay())
    try:
        with opener.open(f"{player}/{collection}/{moment}id_/{capture.url}", timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.mark.parametrize("collection", ["own", "wacz"])
def test_every_capture_is_replayed_byte_for_byte(
    player: str, archive: Archive, collection: str
) -> None:
    captures = {one.record_id: one for one in iter_captures(archive) if one.status != 304}
    assert len([one for one in captures.values() if one.refers_to]) == 2
    for capture in captures.values():
        status, body = replayed(player, collection, capture)
        payload = read_part(archive, capture, captures.get).payload
        assert (status, body) == (capture.status, payload), capture.url


def test_a_304_does_not_hide_the_good_capture(player: str, archive: Archive) -> None:
    (unmodified,) = [one for one in iter_captures(archive) if one.status == 304]
    assert replayed(player, "own", unmodified)[1] != b""


def test_keys_are_those_of_pywb(pywb: Path) -> None:
    drawn = random.Random(7)
    pieces = ["a", "B", "..", ".", "/", "//", "%20", "%e5%85%ac", "开", "?", "&", "=", "a=1", "+"]
    pieces += ["sid=" + "a" * 32, "jsessionid=" + "0" * 32, " ", "#x", ";", "%25", "%2f", "~", "|"]
    pieces += ["index.aspx", "(abcdefghijklmnopqrstuvwx)/"]
    hosts = ["www.a.gov.cn", "WWW2.a.gov.cn:8080", "政府.cn", "192.0.2.1", "a.gov.cn:443"]
    urls = [
        f"{drawn.choice(['http', 'https'])}://{drawn.choice(hosts)}/"
        + "".join(drawn.choices(pieces, k=drawn.randint(0, 7)))
        for _ in range(3000)
    ]
    asked = json.dumps(urls)
    command = [str(pywb / "python"), "-W", "ignore", "-c", KEYS]
    told = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    assert [surt(url) for url in urls] == json.loads(told.stdout)
