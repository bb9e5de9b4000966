"""Gongkai (公开): annual open-government-information reports, archived, read and queryable.

The door: it assembles the commands that the packages bring.
"""

import sys
from importlib import import_module

import click

from archive.console import note, use_utf8
from archive.errors import GongkaiError
from query.api import open_library as open  # noqa: A004 - `gongkai.open(DIR)` is the contract

__all__ = ["cli", "main", "open"]
__version__ = "0.1.0"

COMMAND_MODULES = ("crawler.commands", "pipelines.commands", "archive.commands", "query.commands")


class Door(click.Group):
    """A group that turns our errors into one line and the exit status of the contract."""

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


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gongkai")
def cli() -> None:
    """Find, archive, read and query annual open-government-information reports (政府信息公开)."""


for _name in COMMAND_MODULES:
    import_module(_name).add_commands(cli)


def main() -> None:
    """The console script."""
    use_utf8()
    cli(prog_name="gongkai")


if __name__ == "__main__":
    main()
