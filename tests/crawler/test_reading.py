"""A crawl that reads in several worker processes stores what a rebuild of its archive stores."""

import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from crawler.demo import DemoPortal
from tests.crawler.running import environment

DERIVED = ("captures", "documents", "reports", "sections", "observations", "checks", "problems")


def gongkai(*arguments: str) -> None:
    command = [sys.executable, "-m", "gongkai", *arguments]
    subprocess.run(command, env=environment(), capture_output=True, check=True, timeout=100)


def rows(path: Path) -> dict[str, Counter[str]]:
    """All rows of the derived tables, in no order."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: Counter(map(repr, connection.execute(f"SELECT * FROM {table}")))
            for table in DERIVED
        }


def test_the_rows_of_a_crawl_are_those_of_a_rebuild(tmp_path: Path) -> None:
    with DemoPortal() as portal:
        where = ("--allow-host", "127.0.0.1", "--delay", "0", "--archive", str(tmp_path))
        gongkai("crawl", "--url", portal.url, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8", *where)
    crawled = rows(tmp_path / "gongkai.db")
    gongkai("rebuild", "--archive", str(tmp_path))
    rebuilt = rows(tmp_path / "gongkai.db")
    assert crawled["observations"].total() > 100
    for table in DERIVED:
        assert crawled[table] == rebuilt[table], table
