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
from query.feed import FORMATS, NEWEST
from query.feed import feed as make_feed
from query.filters import Filters
from query.output import Answer, deliver, format_option, target

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


@click.command("feed", short_help="Change events as a feed: Atom or JSON Feed.")
@archive_option
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), default="atom",
              show_default=True, help="Atom (RFC 4287) or JSON Feed 1.1.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write to FILE.")  # fmt: skip
@click.option("--base-url", default="", metavar="URL",
              help="Where `gongkai serve` is reached, for links.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=NEWEST, show_default=True,
              help="The newest events only.")  # fmt: skip
@event_options
def feed(
    archive_dir: Path, format_name: str, output: Path | None, base_url: str, limit: int,
    **given: Any,
) -> None:  # fmt: skip
    """Writes change events as a feed. Equal events give equal bytes.

    The web site has the same at /feed.atom and /feed.json.

    \b
    gongkai feed --format atom --base-url https://gongkai.example.org -o feed.atom
    gongkai feed --format json --kind removed > removed.json
    """
    with opened(archive_dir) as corpus:
        found = chosen_events(corpus, choice_of(given, limit=limit))
        written = make_feed(found, format_name, base_url)
    with target(output, binary=False) as stream:
        stream.write(written)
