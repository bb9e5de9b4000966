"""Puts what calls `gongkai crawl --due` in its place, and takes it away again.

Only what carries our mark is written over or removed, so that both may be repeated.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Protocol

from archive.errors import SurroundingsError
from archive.store import reported
from crawler.schedule import triggers
from crawler.schedule.triggers import Account

pwd: ModuleType | None
try:
    import pwd
except ImportError:  # Windows knows neither systemd nor cron
    pwd = None

MARK = "# Written by `gongkai schedule install`; `gongkai schedule uninstall` removes it."
_END = "# End of what `gongkai schedule install` wrote."
_SYSTEM_UNITS = Path("/etc/systemd/system")
_BOOTED_BY_SYSTEMD = Path("/run/systemd/system")


class Place(Protocol):
    """Where a trigger is installed. Both actions return a line for the person each."""

    def preview(self, command: Iterable[str]) -> str:
        """What `install` would write."""

    def install(self, command: Iterable[str]) -> list[str]:
        """Writes the trigger in place of an earlier one."""

    def uninstall(self) -> list[str]:
        """Removes the trigger, if there is one."""


class SystemdUnits:
    """A service and a timer, of the system or of the user."""

    def __init__(self, *, user: bool, account: Account | None = None) -> None:
        """`user` takes the units of the calling user; the system's run as `account`."""
        self._account = None if user else account
        config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        self._directory = config / "systemd" / "user" if user else _SYSTEM_UNITS
        self._systemctl = ["systemctl", *(["--user"] if user else [])]

    def preview(self, command: Iterable[str]) -> str:
        """See `Place`."""
        files = self._files(command)
        return "\n".join(f"# {path}\n{text}" for path, text in files.items())

    def install(self, command: Iterable[str]) -> list[str]:
        """See `Place`.

        Raises:
            SurroundingsError: without systemd, over files that are not ours, or if it refuses.
        """
        _require("systemctl", "use --cron, or `gongkai schedule loop` in a container")
        files = self._files(command)
        for path in files:
            if path.exists() and not _is_ours(path):
                raise SurroundingsError(f"{path} was not written by gongkai: remove it first")
        with reported(self._directory):
            self._directory.mkdir(parents=True, exist_ok=True)
            for path, text in files.items():
                path.write_text(text, encoding="utf-8")
        _run([*self._systemctl, "daemon-reload"])
        _run([*self._systemctl, "enable", "--now", f"{triggers.UNIT}.timer"])
        return [f"written: {path}" for path in files]

    def uninstall(self) -> list[str]:
        """See `Place`.

        Raises:
            SurroundingsError: if the files cannot be removed or systemd refuses.
        """
        ours = [path for path in self._files(()) if path.exists() and _is_ours(path)]
        if not ours:
            return []
        called = shutil.which("systemctl") is not None
        if called and self._timer in ours:
            _run([*self._systemctl, "disable", "--now", self._timer.name])
        with reported(self._directory):
            for path in ours:
                path.unlink()
        if called:
            _run([*self._systemctl, "daemon-reload"])
        return [f"removed: {path}" for path in ours]

    @property
    def _timer(self) -> Path:
        return self._directory / f"{triggers.UNIT}.timer"

    def _files(self, command: Iterable[str]) -> Mapping[Path, str]:
        service = self._timer.with_suffix(".service")
        return {
            service: f"{MARK}\n{triggers.service(command, self._account)}",
            self._timer: f"{MARK}\n{triggers.timer()}",
        }


class Crontab:
    """Lines between two marks in the calling user's crontab."""

    def preview(self, command: Iterable[str]) -> str:
        """See `Place`."""
        return f"{MARK}\n{triggers.crontab_line(command)}{_END}\n"

    def install(self, command: Iterable[str]) -> list[str]:
        """See `Place`.

        Raises:
            SurroundingsError: without crontab, or if it refuses.
        """
        present = self._lines()
        _run(["crontab", "-"], "".join(_foreign(present)) + self.preview(command))
        return ["written: the crontab of this user"]

    def uninstall(self) -> list[str]:
        """See `Place`.

        Raises:
            SurroundingsError: without crontab, or if it refuses.
        """
        present = self._lines()
        left = _foreign(present)
        if left == present:
            return []
        _run(["crontab", "-"], "".join(left))
        return ["removed: the lines in the crontab of this user"]

    def _lines(self) -> list[str]:
        _require("crontab", "use --systemd, or `gongkai schedule loop` in a container")
        done = _call(["crontab", "-l"])
        # A user without a crontab gets this answer too; any other failure must not empty it.
        if done.returncode and "no crontab" not in done.stderr.lower():
            raise SurroundingsError(f"crontab -l failed: {done.stderr.strip()}")
        text = "" if done.returncode else done.stdout
        return [f"{line}\n" for line in text.splitlines()]


def is_systemd(*, systemd: bool, cron: bool, user: bool) -> bool:
    """Whether systemd is meant; by default where the machine runs it, else cron."""
    return systemd or (not cron and (user or _BOOTED_BY_SYSTEMD.is_dir()))


def account_of(run_as: str, directory: Path) -> Account:
    """Whom the system's service runs as: `run_as`, by default the owner of the archive's folder.

    Raises:
        SurroundingsError: if there is no such user or no folder, or if that would be root.
    """
    advice = f"make it first: install -d -o USER {directory}"
    if pwd is None:
        raise SurroundingsError("this system has no systemd: use `gongkai schedule loop`")
    try:
        user = run_as or directory.owner()
        pwd.getpwnam(user)
    except (OSError, KeyError) as error:
        raise SurroundingsError(f"{directory} or its owner is not there; {advice}") from error
    if user == "root" and not run_as:
        raise SurroundingsError(f"{directory} is root's: name another user with --run-as")
    return Account(user, directory)


def _foreign(lines: Iterable[str]) -> list[str]:
    """The lines that are not between our marks.

    Raises:
        SurroundingsError: if the mark of the end is missing: what follows may be another's.
    """
    left: list[str] = []
    ours = False
    for line in lines:
        begins, ends = line.rstrip("\n") == MARK, line.rstrip("\n") == _END
        ours = begins or ours
        if not ours:
            left.append(line)
        ours = ours and not ends
    if ours:
        raise SurroundingsError(f"the crontab has no line {_END!r}: put it right by hand")
    return left


def _is_ours(path: Path) -> bool:
    with reported(path):
        return path.read_text(encoding="utf-8", errors="replace").startswith(MARK)


def _require(program: str, instead: str) -> None:
    if shutil.which(program) is None:
        raise SurroundingsError(f"{program} is not there: {instead}")


def _run(command: list[str], given: str = "") -> None:
    done = _call(command, given)
    if done.returncode:
        words = " ".join(command)
        raise SurroundingsError(f"{words} failed: {done.stderr.strip() or done.returncode}")


def _call(command: list[str], given: str = "") -> subprocess.CompletedProcess[str]:
    with reported(Path(command[0])):
        return subprocess.run(command, input=given, capture_output=True, text=True, check=False)
