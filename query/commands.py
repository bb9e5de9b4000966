"""The commands of this package."""

from archive.door import Door

# Command -> where it stands.
COMMANDS = {
    "search": "query.cli.searching:search",
    "sql": "query.cli.searching:sql",
    "export": "query.cli.exporting:export",
    "show": "query.cli.showing:show",
    "explain": "query.cli.showing:explain",
    "cite": "query.cli.showing:cite",
    "series": "query.cli.series:series",
    "indicators": "query.cli.series:indicators",
    "compare": "query.cli.comparing:compare",
    "coverage": "query.cli.comparing:coverage",
    "events": "query.cli.following:events",
    "feed": "query.cli.following:feed",
    "compliance": "query.cli.following:compliance",
    "serve": "query.cli.serving:serve",
    "regions": "query.cli.who:regions",
    "agencies": "query.cli.who:agencies",
}


def add_commands(cli: Door) -> None:
    """Adds this package's commands to the program."""
    cli.bring(COMMANDS)
