"""The documentation is tested: commands exist, options exist, links lead somewhere."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import gongkai
from scripts import write_cli_docs
from tests.conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
_FENCE = re.compile(r"^```(?:console|sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def command_lines() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for block in _FENCE.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                words = line.removeprefix("$ ").strip()
                if words.startswith("gongkai "):
                    yield page.name, words


@pytest.mark.parametrize(("page", "line"), list(dict.fromkeys(command_lines())))
def test_every_documented_command_is_understood(page: str, line: str) -> None:
    _, name, *words = shlex.split(line, comments=True)
    if name.startswith("-"):
        return
    commands = gongkai.cli.every()
    assert name in commands, f"{page} names an unknown command"
    command = commands[name]
    with click.Context(command, info_name=name) as context:
        parser = command.make_parser(context)
        try:
            parser.parse_args(list(words))
        except click.UsageError as fault:
            pytest.fail(f"{page}: {line}: {fault.message}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_the_page_of_commands_is_up_to_date(tmp_path: Path) -> None:
    # In a process of its own: a command remembers how it was first called.
    target = tmp_path / "cli.md"
    subprocess.run([sys.executable, write_cli_docs.__file__, target], check=True, cwd=ROOT)
    written = write_cli_docs.PAGE.read_text(encoding="utf-8")
    assert written == target.read_text(encoding="utf-8"), "run `make docs`"


def test_the_changelog_keeps_an_unreleased_head() -> None:
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
