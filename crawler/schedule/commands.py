"""The commands of the timetable."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from archive.clock import utc_now
from archive.console import archive_option, note
from archive.errors import UsageError
from archive.store import Archive
from crawler.options import CrawlOptions
from crawler.portals import named_portals
from crawler.schedule import triggers
from crawler.schedule.installing import Crontab, Place, SystemdUnits, account_of, is_systemd
from crawler.schedule.loop import Loop
from crawler.schedule.plan import due_now, entries, plan, policy_of
from crawler.settings import GONGKAI_RESUME_HOURS as RESUME_HOURS

policy_option = click.option(
    "--policy", "policy_path", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE", help="A policy of your own instead of data/schedule.yml.",
)  # fmt: skip


@click.group()
def schedule() -> None:
    """Tell when portals are looked at again, and why."""


@schedule.command("next")
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="Lines for a person, or one JSON object a line.")  # fmt: skip
@policy_option
@archive_option
def next_looks(
    names: tuple[str, ...], form: str, policy_path: Path | None, archive_dir: Path
) -> None:
    """Show the next look at each portal and the reason, what is due first at the head.

    \b
    Example:
      gongkai schedule next --format json
    """
    found = entries(Archive(archive_dir), named_portals(names), policy_of(policy_path))
    for entry in found:
        facts = entry.facts()
        line = f"{facts['due_in_china']}\t{facts['portal']}\t{facts['reason']}"
        click.echo(json.dumps(facts, ensure_ascii=False) if form == "json" else line)
    note(f"{len(due_now(found))} of {len(found)} portal(s) due now; times are China's")


@schedule.command("loop")
@policy_option
@archive_option
def loop_for_ever(policy_path: Path | None, archive_dir: Path) -> None:
    """Call `gongkai crawl --due` whenever something is due, until SIGTERM or SIGINT.

    \b
    Example:
      gongkai schedule loop --archive /srv/gongkai
    """

    def seconds_left() -> float:
        found = entries(Archive(archive_dir), named_portals(()), policy_of(policy_path))
        return (found[0].due.at - utc_now()).total_seconds()

    Loop(_command(archive_dir, policy_path), seconds_left).run()


def _command(
    archive_dir: Path, policy_path: Path | None = None, contact: str = "", hook: str = ""
) -> list[str]:
    """The call that every trigger makes, with absolute paths."""
    policy = ["--policy", str(policy_path.absolute())] if policy_path else []
    named = ["--contact", contact] if contact else []
    named += ["--hook", hook] if hook else []
    directory = str(archive_dir.absolute())
    call = [sys.executable, "-m", "gongkai", "crawl", "--due", "--archive", directory]
    return [*call, *policy, *named]


@schedule.command("print")
@click.argument("kind", type=click.Choice(["systemd", "cron"]))
@click.option(
    "--run-as",
    default="",
    metavar="USER",
    help="Whom a service of the system runs as; without it, a service of a user's own.",
)
@archive_option
def print_trigger(kind: str, run_as: str, archive_dir: Path) -> None:
    """Print a systemd service and timer, or a crontab line, that call `gongkai crawl --due`.

    \b
    Example:
      gongkai schedule print systemd --run-as gongkai --archive /srv/gongkai
    """
    command = _command(archive_dir)
    account = triggers.Account(run_as, archive_dir.absolute()) if run_as else None
    if kind == "cron":
        click.echo(triggers.crontab_line(command), nl=False)
        return
    click.echo(f"# {triggers.UNIT}.service\n{triggers.service(command, account)}")
    click.echo(f"# {triggers.UNIT}.timer\n{triggers.timer()}", nl=False)


def _place_options(command: Callable[..., None]) -> Callable[..., None]:
    """Where a trigger is put or was put."""
    for name, text in (
        ("--user", "The units of this user instead of the system's."),
        ("--cron", "A line in this user's crontab."),
        ("--systemd", "A systemd service and timer; the default where systemd runs."),
    ):
        command = click.option(name, is_flag=True, help=text)(command)
    return command


def _by_systemd(systemd: bool, cron: bool, user: bool) -> bool:
    if cron and (systemd or user):
        raise UsageError("--cron does not go with --systemd or --user")
    return is_systemd(systemd=systemd, cron=cron, user=user)


@schedule.command("install")
@_place_options
@click.option(
    "--run-as",
    default="",
    metavar="USER",
    help="Whom the system's service runs as; by default the archive folder's owner.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be written; change nothing.")
@click.option("--contact", envvar="GONGKAI_CONTACT", default="", metavar="ADDRESS",
              help="Mail or web address that the user agent names.")  # fmt: skip
@click.option(
    "--hook",
    envvar="GONGKAI_HOOK",
    default="",
    metavar="COMMAND",
    help="What each crawl gives change events and alarms to.",
)
@policy_option
@archive_option
def install(
    systemd: bool, cron: bool, user: bool, run_as: str, dry_run: bool, contact: str, hook: str,
    policy_path: Path | None, archive_dir: Path,
) -> None:  # fmt: skip
    """Have `gongkai crawl --due` called every hour, by systemd or cron.

    What an earlier call installed is replaced; nothing else is touched.

    \b
    Example:
      gongkai schedule install --systemd --user --archive /srv/gongkai
    """
    command = _command(archive_dir, policy_path, contact, hook)
    place: Place = Crontab()
    if _by_systemd(systemd, cron, user):
        account = None if user else account_of(run_as, archive_dir.absolute())
        place = SystemdUnits(user=user, account=account)
    if dry_run:
        click.echo(place.preview(command), nl=False)
        return
    for line in place.install(command):
        note(line)


@schedule.command("uninstall")
@_place_options
def uninstall(systemd: bool, cron: bool, user: bool) -> None:
    """Remove what `gongkai schedule install` put in its place, and nothing else.

    \b
    Example:
      gongkai schedule uninstall --systemd --user
    """
    by_systemd = _by_systemd(systemd, cron, user)
    place: Place = SystemdUnits(user=user) if by_systemd else Crontab()
    for line in place.uninstall() or ["nothing is installed there"]:
        note(line)


def crawl_due(options: CrawlOptions, policy_path: Path | None) -> int:
    """Looks at those of the portals that are due, within the budget; the exit status.

    The archive's lock is held from the plan to the end, so that two calls never do the same looks.

    Raises:
        BusyError: if another crawl, import or rebuild is writing.
    """
    policy, archive = policy_of(policy_path), Archive(options.archive_dir)
    with archive.lock("crawl --due"):
        hours = 0.0 if options.fresh else RESUME_HOURS
        planned = plan(archive, options.portals, policy, hours)
        if not planned.taken:
            first = planned.first
            note(f"nothing is due: next {first.portal.name} at {first.due.local} (China)")
            return 0
        note(f"{len(planned.due)} portal(s) due, {len(planned.taken)} looked at in this run")
        for entry in planned.taken:
            note(f"  {entry.portal.name}: {entry.due.reason}")
        from crawler.run import run_crawl

        asked = [entry.portal for entry in planned.taken]
        status = run_crawl(options.of_due(asked, planned.looks, policy, archive))
        entries(archive, options.portals, policy)
        return status
