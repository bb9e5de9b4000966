"""`gongkai events`, `feed` and `compliance`: what changed in the reports, and what came late."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from archive.console import archive_option, note
from archive.events import KINDS, facts
from archive.hooks import SECONDS_A_CALL, Hook
from archive.store import Archive
from query.compliance import COLUMNS as COMPLIANCE_COLUMNS
from query.compliance import compliance as judged
from query.corpus import Corpus, opened
from query.events import COLUMNS, Choice, Rows, row
from query.events import events as chosen_events
from query.feed import FORMATS, NEWEST
from query.feed import feed as make_feed
from query.filters import Filters
from query.options import chosen, filter_options
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
@click.option(
    "--hook",
    default="",
    metavar="COMMAND",
    help="Give each event to COMMAND instead, once, as JSON on standard input.",
)
@click.option(
    "--hook-seconds",
    type=click.FloatRange(0.1, 3600),
    default=SECONDS_A_CALL,
    show_default=True,
    metavar="SECONDS",
    help="The time COMMAND may take for an event.",
)
@event_options
def events(
    archive_dir: Path, format_name: str | None, output: Path | None, hook: str,
    hook_seconds: float, **given: Any,
) -> None:  # fmt: skip
    """Lists change events, the newest first: reports that are new, edited, moved or removed.

    A date is when the collection saw the change, not when it was made. What changed in the
    template of a page only is no event.

    With --hook, events go to a command, the oldest first, and each only once: a mailer, a web
    request. No shell is involved. If the command fails, the exit status is 1 and the event is
    tried again the next time.

    \b
    gongkai events --since 2024-01-01 --kind figures_changed --kind removed
    gongkai events --agency 济宁市科学技术局 --format csv -o events.csv
    gongkai events --since 2024-01-01 --hook 'mail-event --to keeper@example.org'
    """
    with opened(archive_dir) as corpus:
        if hook:
            called = Hook(hook, Archive(archive_dir).state_path, hook_seconds)
            give(corpus, choice_of(given, oldest_first=True), called)
            return
        found = chosen_events(corpus, choice_of(given))
        deliver(Answer(COLUMNS, map(row, found)), format_name, output)


def give(corpus: Corpus, choice: Choice, hook: Hook) -> None:
    """Gives events to a hook, and ends with 1 if one could not be given."""
    rows = Rows(corpus)
    made = hook.deliver(facts(rows, event) for event in chosen_events(corpus, choice))
    note(made.told)
    if made.failures:
        sys.exit(1)


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


@click.command("compliance", short_help="Were reports published by the legal deadline?")
@archive_option
@format_option()
@filter_options
def compliance(
    archive_dir: Path, format_name: str | None, output: Path | None, **given: Any
) -> None:
    """Sets the stated, signed and first-seen dates of each report beside the legal deadline.

    A stated date is the page's word: pages that move are often re-dated. A report counts as not
    published only where the body's own column was read after the deadline and does not name it.

    \b
    gongkai compliance --region 3708 --year 2018-2020
    gongkai compliance --agency 济宁市科学技术局 --format csv -o compliance.csv
    """
    with opened(archive_dir) as corpus:
        found = judged(corpus, chosen(given))
        deliver(Answer(COMPLIANCE_COLUMNS, found), format_name, output)
