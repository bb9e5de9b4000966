"""A copy of what the docs name, made beside an open file, gives the same database again."""

import shutil
from pathlib import Path

from click.testing import CliRunner

import gongkai
from archive.store import Archive
from pipelines.reading import settle
from tests.crawler import site
from tests.crawler.running import crawl
from tests.crawler.server import Server


def run(*arguments: str) -> None:
    done = CliRunner().invoke(gongkai.cli, arguments)
    assert done.exit_code == 0, done.output


def test_a_backup_is_restored_to_the_same_bytes(tmp_path: Path) -> None:
    archive, copy = tmp_path / "archive", tmp_path / "copy"
    with Server(site.site()) as server:
        crawl(archive, "--url", server.url + "/")
    settle(Archive(archive))
    run("rebuild", "--archive", str(archive))
    (archive / "warc" / "gongkai-growing.warc.gz.open").write_bytes(b"\x1f\x8b")
    left_out = shutil.ignore_patterns("*.open", "gongkai.db*", "archive.lock")
    shutil.copytree(archive, copy, ignore=left_out)
    run("rebuild", "--archive", str(copy))
    run("verify", "--archive", str(copy))
    assert (copy / "gongkai.db").read_bytes() == (archive / "gongkai.db").read_bytes()
