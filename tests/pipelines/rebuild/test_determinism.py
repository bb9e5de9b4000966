"""A rebuild is a function of the archive: nothing about the machine or the call comes in."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from archive.store import Archive
from tests.conftest import ROOT
from tests.pipelines.rebuild.archives import many_kinds

# Nothing is left of the tester's own locale. The last two make file names and streams ASCII, and
# the clock stand elsewhere.
SURROUNDINGS: Mapping[str, Mapping[str, str]] = {
    "2 processes, C": {"PYTHONHASHSEED": "1", "LC_ALL": "C", "jobs": "2"},
    "3 processes, ASCII only": {
        "PYTHONHASHSEED": "2",
        "LC_ALL": "POSIX",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "TZ": "Asia/Shanghai",
        "jobs": "3",
        "cwd": "/",
    },
    "GB18030, elsewhere": {
        "PYTHONHASHSEED": "2",
        "LC_ALL": "zh_CN.GB18030",
        "LANGUAGE": "zh_CN",
        "PYTHONIOENCODING": "gb18030",
        "TZ": "America/St_Johns",
        "jobs": "1",
    },
}
TIMEOUT_SECONDS = 100


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, str]:
    """An archive of many kinds of documents, and the digest of its database and texts."""
    folder = tmp_path_factory.mktemp("rebuild")
    archive = many_kinds(folder / "archive", folder / "files")
    settings = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC", "jobs": "1"}
    return archive, digest_of_rebuild(archive, settings)


def digest_of_rebuild(archive: Archive, settings: Mapping[str, str]) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given = {name: value for name, value in settings.items() if name.isupper()}
    where = settings.get("cwd", str(archive.directory))
    command = [sys.executable, "-m", "gongkai", "rebuild", "--jobs", settings["jobs"]]
    subprocess.run(
        [*command, "--archive", os.path.relpath(archive.directory, where)],
        env={**kept, **given, "PYTHONPATH": str(ROOT)},
        cwd=where,
        check=True,
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
    )
    texts = list(archive.directory.glob("gongkai.db-texts-*"))
    assert len(texts) == 1
    both = archive.database_path.read_bytes() + texts[0].read_bytes()
    return hashlib.sha256(both).hexdigest()


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_bytes_are_the_same_whatever_surrounds_the_rebuild(
    built: tuple[Archive, str], name: str
) -> None:
    archive, expected = built
    assert digest_of_rebuild(archive, SURROUNDINGS[name]) == expected


def test_the_archive_holds_what_the_comparison_is_about(built: tuple[Archive, str]) -> None:
    from archive.database import open_readonly

    connection = open_readonly(Path(built[0].database_path))
    kinds = {row[0] for row in connection.execute("SELECT DISTINCT media_type FROM documents")}
    continued = connection.execute("SELECT count(*) FROM observations WHERE held_by <> ''")
    assert kinds >= {"docx", "rtf", "xlsx", "pdf", "ofd", "mhtml", "text", "html"}
    assert continued.fetchone()[0] > 50
    connection.close()
