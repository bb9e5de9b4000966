"""Writes docs/cli.md, or the file named, from the commands' own help texts."""

import sys
from pathlib import Path

import click

import gongkai

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
HEAD = """# Commands

This page is written by `make docs` from the help texts. The exit status of each command is 0 when
all is done, 1 when something could not be fetched, read or done (it is listed), 2 for wrong usage
and 3 when the surroundings are at fault (unreadable archive, port taken, disk full).
"""


def page() -> str:
    """The whole page."""
    texts = [HEAD]
    root = gongkai.cli.make_context("gongkai", [], resilient_parsing=True)
    for name, command in gongkai.cli.every().items():
        with click.Context(command, info_name=name, parent=root, terminal_width=100) as context:
            texts.append(f"## gongkai {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(texts)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    target.write_text(page(), encoding="utf-8")
