"""`gongkai worker`: crawling on many machines."""

from pathlib import Path

import click

from archive.console import archive_option, note
from archive.errors import UsageError
from archive.postgres.readings import tell_readings
from archive.storage.commands import storage_option
from archive.storage.moving import gather
from archive.storage.objects import Storage
from archive.store import Archive
from crawler.portals import named_portals
from crawler.schedule.commands import policy_option
from crawler.schedule.plan import due_now, entries, policy_of

address_option = click.option(
    "--database", "address", required=True, envvar="GONGKAI_DATABASE", metavar="ADDRESS",
    help="The fleet's PostgreSQL: postgresql://USER@HOST/NAME. Default: GONGKAI_DATABASE.",
)  # fmt: skip
settings_option = click.option(
    "-s", "settings", multiple=True, metavar="NAME=VALUE", help="Any Scrapy setting."
)


@click.group()
def worker() -> None:
    """Crawl on many machines: workers take jobs from a PostgreSQL that they share."""


@worker.command("run")
@address_option
@storage_option
@click.option("--until-empty", is_flag=True, help="End when no job waits.")
@click.option("--heartbeat", type=click.FloatRange(0.1, 600), default=10.0, show_default=True,
              metavar="SECONDS", help="Time between two signs of life.")  # fmt: skip
@settings_option
@archive_option
def run(
    address: str, storage: str, until_empty: bool, heartbeat: float, settings: tuple[str, ...],
    archive_dir: Path,
) -> None:  # fmt: skip
    """Take jobs and crawl, until SIGTERM or SIGINT.

    Under the archive's folder each worker of this machine has an archive of its own. Sealed WARC
    files are stored at --storage; what a dead worker left in its folder is stored by the next one.

    \b
    Example:
      gongkai worker run --database postgresql://gongkai@db/gongkai --storage s3://gongkai/warc
    """
    from crawler.fleet.worker import Timing, Worker

    for setting in settings:
        if not setting.partition("=")[1]:
            raise UsageError(f"-s {setting}: a setting is given as NAME=VALUE")
    timing = Timing(heartbeat, 6 * heartbeat, min(5.0, heartbeat))
    Worker(address, archive_dir, Storage(storage), settings, timing).run(until_empty=until_empty)


@worker.command("enqueue")
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@address_option
@storage_option
@click.option("--due", is_flag=True, help="Only what is due by the timetable.")
@policy_option
@click.option("--shards", type=click.IntRange(1, 100_000), default=256, show_default=True,
              help="Locks that hosts are divided among.")  # fmt: skip
@settings_option
@archive_option
def enqueue(
    names: tuple[str, ...], address: str, storage: str, due: bool, policy_path: Path | None,
    shards: int, settings: tuple[str, ...], archive_dir: Path,
) -> None:  # fmt: skip
    """Make jobs of portals, by default of all; those in a job already are passed over.

    With --due the stored WARC files are first gathered into the archive, so that the timetable
    knows what the workers did; what was read of them here (gongkai rebuild) is told to the workers.

    \b
    Example:
      gongkai worker enqueue --due --database postgresql://gongkai@db/gongkai --storage s3://gongkai/warc
    """
    from crawler.fleet import jobs

    if policy_path and not due:
        raise UsageError("--policy goes with --due")
    portals = named_portals(names)
    if due:
        archive = Archive(archive_dir)
        archive.create()
        gather(archive, Storage(storage))
        if archive.database_path.exists():
            tell_readings(address, archive.database_path)
        policy = policy_of(policy_path)
        portals = tuple(e.portal for e in due_now(entries(archive, portals, policy)))
        hours = (f"GONGKAI_HOURS={policy.hours}",)
        settings = (*hours, f"CLOSESPIDER_TIMEOUT={int(policy.budget.hours * 3600)}", *settings)
    made, taken = jobs.enqueue(address, portals, settings, shards)
    note(f"{made} job(s) made for {taken} portal(s)")
