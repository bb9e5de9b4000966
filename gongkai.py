"""Gongkai (公开): annual open-government-information reports, archived, read and queryable.

The door: it assembles the commands that the packages bring.
"""

from importlib import import_module
from typing import TYPE_CHECKING

import click

from archive.console import use_utf8
from archive.door import Door

if TYPE_CHECKING:
    from query.api import open_library as open  # noqa: A004 - `gongkai.open(DIR)` is the contract

__all__ = ["cli", "main", "open"]
__version__ = "0.1.0"

COMMAND_MODULES = ("crawler.commands", "pipelines.commands", "archive.commands", "query.commands")


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gongkai")
def cli() -> None:
    """Find, archive, read and query annual open-government-information reports (政府信息公开)."""


for _name in COMMAND_MODULES:
    import_module(_name).add_commands(cli)


def __getattr__(name: str) -> object:
    """`gongkai.open`, imported when it is asked for: the commands start without it."""
    if name == "open":
        return import_module("query.api").open_library
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def main() -> None:
    """The console script."""
    use_utf8()
    cli(prog_name="gongkai")


if __name__ == "__main__":
    main()
