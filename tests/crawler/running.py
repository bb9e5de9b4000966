"""Runs crawls in processes of their own, and reads what they left, independently of our reader."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from tests.conftest import ROOT

TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class Recorded:
    """A WARC record: type, headers with lower-case names, block."""

    type: str
    headers: Mapping[str, str]
    block: bytes


def environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return kept | {"PYTHONPATH": str(ROOT)}


def fetch(
    archive: Path, wanted: Iterable[str | dict[str, Any]], **settings: Any
) -> dict[str, dict[str, Any]]:
    """Fetches addresses and gives the outcome of each."""
    asked = [each if isinstance(each, dict) else {"url": each} for each in wanted]
    chosen = {"GONGKAI_ARCHIVE": str(archive), "GONGKAI_ALLOW_HOSTS": ["127.0.0.1:*"], **settings}
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawler.fetch"],
        input=json.dumps({"wanted": asked, "settings": chosen}),
        capture_output=True, text=True, timeout=TIMEOUT_SECONDS, cwd=ROOT, env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {each["asked"]: each | {"stderr": done.stderr} for each in told}


def crawl_command(archive: Path, *arguments: str) -> list[str]:
    """The command line of a quick `gongkai crawl`."""
    settings = ("ITEM_PIPELINES={}", "GONGKAI_READING=0", "GONGKAI_BACKOFF=0.01", "RETRY_TIMES=1")
    quick = ["--delay", "0", "--allow-host", "127.0.0.1:*"]
    quick += [part for setting in settings for part in ("-s", setting)]
    return [sys.executable, "-m", "gongkai", "crawl", *quick, "--archive", str(archive), *arguments]


def crawl(archive: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs `gongkai crawl` to its end."""
    return subprocess.run(
        crawl_command(archive, *arguments), capture_output=True, text=True,
        timeout=TIMEOUT_SECONDS, cwd=ROOT, env=environment(),
    )  # fmt: skip


def doctor(archive: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs `gongkai doctor`."""
    command = [sys.executable, "-m", "gongkai", "doctor", "--archive", str(archive), "--delay", "0"]
    return subprocess.run(
        [*command, *arguments], capture_output=True, text=True,
        timeout=TIMEOUT_SECONDS, cwd=ROOT, env=environment(),
    )  # fmt: skip


def crawl_through(
    proxy: str, archive: Path, portals: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Crawls portals (names and addresses) through a proxy, so that no name need be resolved."""
    return crawl_portals(archive, portals, {"http_proxy": proxy})


def crawl_portals(
    archive: Path, portals: Mapping[str, str], variables: Mapping[str, str], *,
    browser: Iterable[str] = (), **settings: Any,
) -> "subprocess.CompletedProcess[str]":  # fmt: skip
    """Crawls portals (names and addresses) in one run, with further environment variables.

    Those named by `browser` are opened in one.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawler.crawl_zoo"],
        input=json.dumps({"portals": portals, "archive": str(archive), "settings": settings,
                          "browser": list(browser)}),
        capture_output=True, text=True, timeout=100, cwd=ROOT,
        env=environment() | dict(variables),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done


def records(archive: Path) -> list[Recorded]:
    """All records of an archive, in order."""
    found = []
    for path in sorted((archive / "warc").glob("*.warc.gz*")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, no_record_parse=True):
                headers = {k.lower(): v for k, v in record.rec_headers.headers}
                found.append(Recorded(record.rec_type, headers, record.raw_stream.read()))
    return found


def of_url(found: Iterable[Recorded], url: str, kind: str) -> list[Recorded]:
    """The records of an address and a type."""
    return [r for r in found if r.type == kind and r.headers.get("warc-target-uri") == url]


def facts(found: Iterable[Recorded], url: str) -> list[dict[str, Any]]:
    """The facts noted with an address's captures."""
    return [json.loads(r.block) for r in of_url(found, url, "metadata") if r.block.startswith(b"{")]


def captured(archive: Path) -> list[dict[str, Any]]:
    """The rows of the capture table."""
    import sqlite3

    connection = sqlite3.connect(archive / "gongkai.db")
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute("SELECT * FROM captures ORDER BY date")]
    finally:
        connection.close()
