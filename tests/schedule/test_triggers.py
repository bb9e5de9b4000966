"""What calls the crawl, as text: words stay words, whatever is in them."""

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from crawler.schedule import triggers
from tests.conftest import ROOT

COMMAND = ["/opt/my env/python", "-m", "gongkai", "--archive", '/srv/50% "a$b"']


def test_a_crontab_line_says_the_command() -> None:
    line = triggers.crontab_line(COMMAND)
    assert line.count("\n") == 1
    assert shlex.split(line.replace(r"\%", "%"))[5:] == COMMAND
    assert "%" not in line.replace(r"\%", "")


def test_a_service_says_the_command() -> None:
    text = triggers.service(COMMAND)
    assert r'ExecStart="/opt/my env/python" "-m" "gongkai" "--archive" "/srv/50%% \"a$$b\""' in text


def test_the_timer_catches_up_once() -> None:
    assert "Persistent=true" in triggers.timer()


ACCOUNT = triggers.Account("gongkai", Path("/srv/an archive"))


def test_a_service_of_the_system_may_write_to_the_archive_alone() -> None:
    text = triggers.service(COMMAND, ACCOUNT)
    assert "\nUser=gongkai\n" in text
    assert '\nReadWritePaths="/srv/an archive"\n' in text
    assert "ProtectSystem=strict" in text
    assert "User=" not in triggers.service(COMMAND)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
@pytest.mark.parametrize("account", [None, triggers.Account("daemon", Path("/srv/an archive"))])
def test_systemd_takes_the_units(tmp_path: Path, account: triggers.Account | None) -> None:
    command = [shutil.which("true") or "", *COMMAND[1:]]
    (tmp_path / "gongkai.service").write_text(triggers.service(command, account))
    (tmp_path / "gongkai.timer").write_text(triggers.timer())
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "gongkai.timer"], capture_output=True, text=True
    )
    told = [line for line in done.stderr.splitlines() if "gongkai" in line]
    assert (done.returncode, told) == (0, [])


def test_the_units_that_are_shipped_are_those_that_are_installed() -> None:
    command = ["/opt/gongkai/bin/gongkai", "crawl", "--due", "--archive", "/srv/gongkai"]
    shipped = ROOT / "deploy" / "systemd"
    account = triggers.Account("gongkai", Path("/srv/gongkai"))
    service = (shipped / "gongkai.service").read_text(encoding="utf-8")
    assert service.endswith(triggers.service(command, account))
    assert (shipped / "gongkai.timer").read_text(encoding="utf-8") == triggers.timer()
