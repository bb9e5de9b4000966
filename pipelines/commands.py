"""The commands of this package."""

from archive.door import Door

# Command -> where it stands.
COMMANDS = {
    "import": "pipelines.import_command:import_command",
    "rebuild": "pipelines.rebuild_command:rebuild_command",
    "judge": "pipelines.import_command:judge_command",
    "check": "pipelines.checking.command:check_command",
}


def add_commands(cli: Door) -> None:
    """Adds this package's commands to the program."""
    cli.bring(COMMANDS)
