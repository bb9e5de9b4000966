"""The commands of this package."""

from importlib import import_module

import click

# Module of query.cli -> its commands.
COMMANDS = {
    "searching": ("search", "sql"),
    "exporting": ("export",),
    "showing": ("show", "explain", "cite"),
    "series": ("series", "indicators"),
    "comparing": ("compare", "coverage"),
    "following": ("events", "feed", "compliance"),
    "serving": ("serve",),
    "who": ("regions", "agencies"),
}


def add_commands(cli: click.Group) -> None:
    """Adds this package's commands to the program."""
    for module, names in COMMANDS.items():
        for name in names:
            cli.add_command(getattr(import_module(f"query.cli.{module}"), name))
