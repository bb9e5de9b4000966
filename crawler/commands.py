"""The commands of this package."""

from archive.door import Door

# Command -> where it stands.
COMMANDS = {
    "crawl": "crawler.crawl_command:crawl",
    "doctor": "crawler.portal_commands:doctor",
    "portals": "crawler.portal_commands:portals",
    "schedule": "crawler.schedule.commands:schedule",
    "worker": "crawler.fleet.commands:worker",
    "demo": "crawler.demo.command:demo",
}


def add_commands(cli: Door) -> None:
    """Adds this package's commands to the program."""
    cli.bring(COMMANDS)
