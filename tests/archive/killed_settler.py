"""Writers of a database to be killed: each is stopped just before another step on the disk.

Prints how many were killed. All figures and texts of one round carry its number, so that a figure
with the text of another round is seen.
"""

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from archive import texts
from archive.database import DatabaseWriter, open_readonly, switch_in
from archive.store import Archive
from tests.archive.readings import capture, figure, reading, report

PAGES = 3
STEPS = ("os.rename", "os.remove", "os.link", "sqlite3.connect")
_ROUND = """SELECT o.value AS figure, t.text, s.text AS section FROM observations o
JOIN reports USING (report_id, snapshot) LEFT JOIN report_texts t USING (report_id, snapshot)
LEFT JOIN sections s USING (report_id, snapshot)"""


def store(database: DatabaseWriter, number: int) -> None:
    with database.transaction():
        for n in range(PAGES):
            page = capture(f"p{n}", f"http://www.a.gov.cn/{n}.html", payload_sha256="0" * 64)
            made = report(figure("requests.new", number), text=f"{number}", sections=())
            database.replace(reading(page, made))


def settle(archive: Archive, number: int) -> None:
    with archive.lock("test"), DatabaseWriter(archive.database_path) as database:
        store(database, number)
        database.finish()


def rebuild(archive: Archive, number: int) -> None:
    fresh = archive.directory / "gongkai.db.fresh"
    scratch = archive.directory / "scratch.db"
    for left in (scratch, fresh):
        left.unlink(missing_ok=True)
        texts.tidy(left)
    with DatabaseWriter(scratch, scratch=True) as database:
        store(database, number)
        database.finish()
        database.compact_into(fresh)
    switch_in(archive, fresh)


def killed_before(step: int, folder: Path, work: Callable[[], None]) -> bool:
    """Does the work in a process that is killed before a step there; False if it has fewer."""
    pid = os.fork()
    if pid == 0:
        left = step

        def look(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event in STEPS and str(folder) in str(arguments[0]):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(look)
        os.fsync = lambda fd: None  # a kill loses nothing that was written
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def check(archive: Archive) -> None:
    """The figures have the texts of their own round, settled or not, and no other is found."""
    path = archive.database_path
    with closing(open_readonly(path)) as database:
        texts.require(database, path)
        assert texts.is_sound(database, path)
        rows = [tuple(row) for row in database.execute(_ROUND)]
        assert len(rows) == PAGES, rows
        assert len({number for row in rows for number in row[:2]}) == 1, rows
        with suppress(sqlite3.OperationalError):  # before the first end of a run
            found = "SELECT count(*) FROM fulltext_reports JOIN reports USING (report_id, snapshot)"
            assert database.execute(found).fetchone()[0] == PAGES


def main(directory: str) -> None:
    archive = Archive(Path(directory))
    number = kills = 0
    settle(archive, number)
    for work in (settle, rebuild):
        step, killed = 0, True
        while killed:
            number += 1
            killed = killed_before(step, archive.directory, partial(work, archive, number))
            check(archive)
            kills, step = kills + killed, step + 1
        assert len(list(archive.directory.glob("gongkai.db-texts-*"))) == 1
    sys.stdout.write(f"{kills}\n")


if __name__ == "__main__":
    main(sys.argv[1])
