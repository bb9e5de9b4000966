"""The commands of this package."""

import click


def add_commands(cli: click.Group) -> None:
    """Adds this package's commands to the program."""
