"""The group of all commands: each is imported when it is called, so the program starts at once."""

import sys
from collections.abc import Mapping
from importlib import import_module

import click

from archive.console import note
from archive.errors import GongkaiError


class Door(click.Group):
    """A group that turns our errors into one line and the exit status of the contract."""

    _places: Mapping[str, str] = {}

    def bring(self, places: Mapping[str, str]) -> None:
        """Adds commands by name and place, as `module:attribute`."""
        self._places = {**self._places, **places}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted({*self._places, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in self._places:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def every(self) -> dict[str, click.Command]:
        """All commands by name, imported: for what tells of them all."""
        context = click.Context(self)
        found = {name: self.get_command(context, name) for name in self.list_commands(context)}
        return {name: command for name, command in found.items() if command}

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; an error a person can act on ends it in one line."""
        try:
            return super().invoke(ctx)
        except GongkaiError as error:
            note(f"gongkai: {error}")
            sys.exit(error.exit_status)
        except click.UsageError as error:
            where = error.ctx.command_path if error.ctx else "gongkai"
            note(f"{where}: {error.format_message()} (see: {where} --help)")
            sys.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
