"""Installing what calls the crawl: repeated, removed, and never over what is another's."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai import cli

CRONTAB = """#!/bin/sh
[ -f "$HOME/tab" ] || [ "$1" = - ] || { echo "no crontab for me" >&2; exit 1; }
if [ "$1" = - ]; then cat > "$HOME/tab"; else cat "$HOME/tab"; fi
"""
SYSTEMCTL = '#!/bin/sh\necho "$@" >> "$HOME/calls"\n'
OTHERS = "5 4 * * * /bin/backup 100\\%\n# mine\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, with only stand-ins for crontab and systemctl to call."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in (("crontab", CRONTAB), ("systemctl", SYSTEMCTL)):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return tmp_path


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, ["schedule", *words])


def test_a_crontab_keeps_the_lines_of_others(home: Path) -> None:
    tab = home / "tab"
    tab.write_text(OTHERS, encoding="utf-8")
    archive = ("--archive", str(home / "an archive"))
    assert call("install", "--cron", *archive, "--contact", "a@b.example").exit_code == 0
    once = tab.read_text(encoding="utf-8")
    assert once.startswith(OTHERS)
    assert once.count("crawl --due") == 1
    assert "--contact a@b.example" in once
    assert f"'{home / 'an archive'}'" in once
    call("install", "--cron", *archive, "--contact", "a@b.example")
    assert tab.read_text(encoding="utf-8") == once
    assert call("uninstall", "--cron").exit_code == 0
    assert tab.read_text(encoding="utf-8") == OTHERS
    assert "nothing is installed" in call("uninstall", "--cron").stderr


def test_a_user_without_a_crontab_gets_one(home: Path) -> None:
    assert call("install", "--cron", "--archive", str(home / "a")).exit_code == 0
    assert (home / "tab").read_text(encoding="utf-8").count("\n") == 3


@pytest.mark.parametrize("failing", ["echo permission denied >&2; exit 1", "exit 1"])
def test_a_crontab_that_cannot_be_read_is_not_emptied(home: Path, failing: str) -> None:
    (home / "tab").write_text(OTHERS, encoding="utf-8")
    script = home / "bin" / "crontab"
    script.write_text(CRONTAB.replace("#!/bin/sh", f"#!/bin/sh\n[ $1 = - ] || {{ {failing}; }}"))
    result = call("install", "--cron", "--archive", str(home / "a"))
    assert result.exit_code == 3
    assert "crontab -l failed" in result.stderr
    assert (home / "tab").read_text(encoding="utf-8") == OTHERS


def test_a_crontab_whose_mark_of_the_end_was_lost_is_left_alone(home: Path) -> None:
    call("install", "--cron", "--archive", str(home / "a"))
    cut = (home / "tab").read_text(encoding="utf-8").rsplit("# End", 1)[0] + OTHERS
    (home / "tab").write_text(cut, encoding="utf-8")
    assert call("uninstall", "--cron").exit_code == 3
    assert (home / "tab").read_text(encoding="utf-8") == cut


def test_units_of_the_user_come_and_go(home: Path) -> None:
    units = home / ".config" / "systemd" / "user"
    install = ("install", "--systemd", "--user", "--archive", str(home / "a"))
    assert call(*install).exit_code == 0
    first = {path.name: path.read_bytes() for path in units.iterdir()}
    assert set(first) == {"gongkai.service", "gongkai.timer"}
    assert call(*install).exit_code == 0
    assert {path.name: path.read_bytes() for path in units.iterdir()} == first
    (home / "calls").unlink()
    (units / "other.timer").write_text("[Timer]\n", encoding="utf-8")
    assert call("uninstall", "--systemd", "--user").exit_code == 0
    assert [path.name for path in units.iterdir()] == ["other.timer"]
    calls = (home / "calls").read_text(encoding="utf-8").splitlines()
    assert calls == ["--user disable --now gongkai.timer", "--user daemon-reload"]


def test_a_unit_of_another_is_not_written_over(home: Path) -> None:
    unit = home / ".config" / "systemd" / "user" / "gongkai.timer"
    unit.parent.mkdir(parents=True)
    unit.write_text("[Timer]\n", encoding="utf-8")
    result = call("install", "--systemd", "--user", "--archive", str(home / "a"))
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert "was not written by gongkai" in result.stderr
    call("uninstall", "--systemd", "--user")
    assert unit.read_text(encoding="utf-8") == "[Timer]\n"
    assert not unit.with_suffix(".service").exists()


@pytest.mark.parametrize(("kind", "program"), [("--cron", "crontab"), ("--user", "systemctl")])
def test_without_the_program_one_line_says_what_to_do(
    home: Path, monkeypatch: pytest.MonkeyPatch, kind: str, program: str
) -> None:
    monkeypatch.setenv("PATH", str(home))
    result = call("install", kind, "--archive", str(home / "a"))
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert f"{program} is not there" in result.stderr


def test_a_dry_run_changes_nothing(home: Path) -> None:
    before = sorted(home.rglob("*"))
    for kind in (["--cron"], ["--systemd", "--user"]):
        result = call("install", *kind, "--dry-run", "--archive", str(home / "a"))
        assert result.exit_code == 0
        assert str(home / "a") in result.stdout
    assert sorted(home.rglob("*")) == before


def test_the_systems_service_runs_as_whoever_has_the_archive_and_never_as_root_unasked(
    home: Path,
) -> None:
    archive = home / "a"
    install = ("install", "--systemd", "--dry-run", "--archive", str(archive))
    assert "install -d -o USER" in call(*install).stderr
    archive.mkdir()
    owner = archive.owner()
    told = call(*install)
    if owner == "root":
        assert (told.exit_code, "--run-as" in told.stderr) == (3, True)
    else:
        assert f"\nUser={owner}\n" in told.stdout
    assert "\nUser=daemon\n" in call(*install, "--run-as", "daemon").stdout
    assert call(*install, "--run-as", "no-such-user").exit_code == 3


def test_kinds_that_do_not_go_together_are_told() -> None:
    assert call("install", "--cron", "--user", "--dry-run").exit_code == 2
