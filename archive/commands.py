"""The commands of this package."""

from archive.door import Door

# Command -> where it stands.
COMMANDS = {
    "verify": "archive.keeping_commands:verify",
    "status": "archive.keeping_commands:status",
    "withdraw": "archive.keeping_commands:withdraw",
    "runs": "archive.run_commands:runs",
    "storage": "archive.storage.commands:storage",
    "cdxj": "archive.outgoing_commands:cdxj",
    "wacz": "archive.outgoing_commands:wacz",
}


def add_commands(cli: Door) -> None:
    """Adds this package's commands to the program."""
    cli.bring(COMMANDS)
