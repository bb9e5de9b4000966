"""The layout that DESIGN fixes: what may import what, and how small the door is."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import gongkai
from tests.conftest import ROOT

PACKAGES = ("crawler", "query", "pipelines", "archive", "parsers")


def test_the_door_is_under_100_lines() -> None:
    assert len((ROOT / "gongkai.py").read_text(encoding="utf-8").splitlines()) < 100


def test_no_package_imports_the_door() -> None:
    sources = [path for package in PACKAGES for path in Path(ROOT / package).rglob("*.py")]
    assert sources
    assert not [p for p in sources if "import gongkai" in p.read_text(encoding="utf-8")]


def test_every_command_has_help() -> None:
    assert CliRunner().invoke(gongkai.cli, ["--help"]).exit_code == 0
    assert not [name for name, command in gongkai.cli.every().items() if not command.help]


@pytest.mark.parametrize("arguments", [["--version"], ["search", "--help"]])
def test_a_command_waits_for_no_other(arguments: list[str]) -> None:
    program = "import sys, gongkai; gongkai.cli({!r}, standalone_mode=False); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program.format(arguments)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "click" in ran.stdout.split()
    assert not {"scrapy", "lxml.etree", "sqlite_utils", "pandas"} & set(ran.stdout.split())
