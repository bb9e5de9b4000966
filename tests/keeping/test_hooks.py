"""Hooks: each event once, again after a failure, no shell, and nothing left running."""

import json
import os
import shlex
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gongkai
from archive.errors import UsageError
from archive.hooks import Hook, run
from tests.keeping.changed_corpus import build

KEEP = "import sys; open({!r}, 'ab').write(sys.stdin.buffer.read())"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return build(tmp_path / "archive")


def python(code: str) -> str:
    return shlex.join([sys.executable, "-c", code])


def ask(archive: Path, command: str, *arguments: str) -> Result:
    options = ["events", "--archive", str(archive), "--hook", command, *arguments]
    return CliRunner().invoke(gongkai.cli, options)


def test_each_event_is_given_once_to_each_hook_the_oldest_first(
    archive: Path, tmp_path: Path
) -> None:
    first, second = (python(KEEP.format(str(tmp_path / name))) for name in ("one", "two"))
    assert ask(archive, first).exit_code == 0
    assert "0 event(s) delivered, 0 failed" in ask(archive, first).stderr
    assert ask(archive, second, "--kind", "removed").exit_code == 0
    given = [json.loads(line) for line in (tmp_path / "one").read_text("utf-8").splitlines()]
    assert [one["kind"] for one in given] == ["new_report", "figures_changed", "removed"]
    assert [(one["before"], one["after"]) for one in given[1]["changes"]] == [("11", "12")]
    assert len((tmp_path / "two").read_text("utf-8").splitlines()) == 1


def test_what_failed_is_noted_and_tried_again(archive: Path, tmp_path: Path) -> None:
    kept, broken = tmp_path / "kept", tmp_path / "broken"
    broken.touch()
    command = python(f"import os, sys; os.path.exists({str(broken)!r}) and sys.exit(7)\n"
                     + KEEP.format(str(kept)))  # fmt: skip
    failed = ask(archive, command, "--agency", "济宁市")
    assert failed.exit_code == 1
    assert len(failed.stderr.splitlines()) == 1
    assert "0 event(s) delivered, 2 failed" in failed.stderr
    assert "status 7" in failed.stderr
    with closing(sqlite3.connect(archive / "state.db")) as state:
        noted = state.execute("SELECT attempts, delivered_at, error FROM hook_deliveries")
        assert {row[:2] for row in noted} == {(1, "")}
    broken.unlink()
    assert ask(archive, command).exit_code == 0
    assert len(kept.read_text("utf-8").splitlines()) == 3


def test_a_command_that_always_fails_is_not_called_for_ever(archive: Path) -> None:
    failed = ask(archive, "/no/such/program")
    assert failed.exit_code == 1
    assert "cannot be run: No such file or directory" in failed.stderr
    hook = Hook("/no/such/program", archive / "state.db")
    made = hook.deliver({"event_id": str(n)} for n in range(100))
    assert (len(made.failures), made.gave_up) == (3, True)


def test_no_shell_reads_the_command(archive: Path, tmp_path: Path) -> None:
    aim = tmp_path / "made"
    keep = "import sys; open(sys.argv[1], 'w').write(' '.join(sys.argv[2:]))"
    shell = f"'$HOME' > x ; touch {aim}.by-shell | cat `id`"
    assert ask(archive, f"{python(keep)} {aim} {shell}").exit_code == 0
    assert aim.read_text() == f"$HOME > x ; touch {aim}.by-shell | cat `id`"
    assert [each.name for each in tmp_path.glob("made*")] == ["made"]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_after_the_time_allowed_the_whole_group_is_killed(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    child = "import time; time.sleep(60)"
    code = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {child!r}])\n"
        f"open({str(pid)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    begun = time.monotonic()
    assert "took longer than 3 s" in run([sys.executable, "-c", code], b"{}", 3)
    assert time.monotonic() - begun < 30
    assert not _runs(int(pid.read_text()))


def _runs(pid: int) -> bool:
    """Whether a process runs; a zombie, that nobody waited for yet, does not."""
    for _ in range(50):
        status = Path(f"/proc/{pid}/stat")
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True


def test_a_command_that_reads_nothing_is_none_the_worse() -> None:
    assert run([sys.executable, "-c", ""], b"x" * 1_000_000, 20) == ""


@pytest.mark.parametrize(("until", "given"), [("2000-01-01T00:00:00Z", 1), ("9999", 0)])
def test_what_another_process_is_giving_is_left_to_it_for_a_time(
    tmp_path: Path, until: str, given: int
) -> None:
    hook = Hook(python(""), tmp_path / "state.db")
    hook.deliver([])
    with closing(sqlite3.connect(hook.state_path)) as state, state:
        row = (hook.name, "e", until)
        state.execute("INSERT INTO hook_deliveries VALUES (?, ?, ?, '', '', 1)", row)
    assert hook.deliver([{"event_id": "e"}]).delivered == given


@pytest.mark.parametrize("command", ["mail 'keeper", "  "])
def test_a_command_that_cannot_be_read_is_a_usage_error(tmp_path: Path, command: str) -> None:
    with pytest.raises(UsageError):
        Hook(command, tmp_path / "state.db")
