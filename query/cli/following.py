"""`gongkai events` and `gongkai feed`: what changed in the reports, for people and programs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from archive.console import archive_option
from archive.events import KINDS
from query.corpus import opened
from query.events import COLUMNS, Choice, row
from query.events import events as chosen_events
from query.filters import Filters
from query.output import Answer, deliver, format_option

F = TypeVar("F", bound=Callable[..., object])


def event_options(command: F) -> F:
    """Adds --since, --kind, --agency, --region and --year."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def choice_of(given: dict[str, Any], **more: Any) -> Choice:
    """The events that the options of `event_options` mean."""
    filters = Filters(given["agency"], given["region"], given["years"])
    return Choice(filters, given["kinds"], given["since"], **more)


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--since", default="", metavar="DATE", help="Seen on this day (UTC) or later."),
    click.option("--kind", "kinds", multiple=True, metavar="KIND",
                 help=f"May be repeated: {', '.join(KINDS)}."),
    click.option("--agency", default="", metavar="NAME", help="Agency id, or a part of a name."),
    click.option("--region", default="", metavar="CODE", help="Division code, or part of a name."),
    click.option("--year", "years", default="", metavar="YEARS", help="Of reports on these years."),
)  # fmt: skip


@click.command("events", short_help="What changed: new, edited, moved and removed reports.")
@archive_option
@format_option()
@event_options
def events(archive_dir: Path, format_name: str | None, output: Path | None, **given: Any) -> None:
    """Lists change events, the newest first: reports that are new, edited, moved or removed.

    A date is when the collection saw the change, not when it was made. What changed in the
    template of a page only is no event.

    \b
    gongkai events --since 2024-01-01 --kind figures_changed --kind removed
    gongkai events --agency 济宁市科学技术局 --format csv -o events.csv
    """
    with opened(archive_dir) as corpus:
        found = chosen_events(corpus, choice_of(given))
        deliver(Answer(COLUMNS, map(row, found)), format_name, output)
