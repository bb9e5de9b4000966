"""`gongkai runs`: what each run did."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from archive.accounts import Run, find, lines
from archive.accounts import runs as runs_of
from archive.console import archive_option, format_option
from archive.errors import UsageError
from archive.store import Archive

_COUNTED = ("found", "new", "changed", "vanished", "blocked", "failed", "skipped")
_PLAIN_WIDTH = 200


@click.command()
@click.argument("run", required=False)
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="Newest runs listed."
)
@click.option("--alarms", "alarmed", is_flag=True, help="Only runs with an alarm.")
@format_option
@archive_option
def runs(run: str | None, limit: int, alarmed: bool, output: str, archive_dir: Path) -> None:
    """List the runs, or show the account of RUN (a name, its beginning, or `last`).

    The account tells for each portal what was found, new, changed, vanished, blocked, failed and
    skipped, and why; and the alarms: what calls for a person, seen against the runs before. Exit
    status 1 if the run shown has an alarm.

    \b
    Example:
      gongkai runs
      gongkai runs last
      gongkai runs 20240301T0 --format json
    """
    archive = Archive(archive_dir)
    if run is not None:
        _show(archive, run, output)
        return
    listed = runs_of(archive, None if alarmed else limit)
    chosen = [one for one in listed if not alarmed or one.outcome == "alarm"][:limit]
    if output == "json":
        _print_json([_summary(one) for one in chosen])
    else:
        _print_table(chosen)


def _show(archive: Archive, name: str, output: str) -> None:
    found = find(archive, name)
    if found is None:
        raise UsageError(f"no run {name!r}, or several: see `gongkai runs`")
    if output == "json":
        _print_json(asdict(found) | {"outcome": found.outcome})
    else:
        click.echo(f"{found.run_id} {found.kind}: {found.outcome}")
        click.echo(f"{found.started_at} to {found.finished_at or '?'}")
        for line in lines(found.facts):
            click.echo(line)
    sys.exit(1 if found.outcome == "alarm" else 0)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _summary(run: Run) -> dict[str, object]:
    counted = {name: run.total(name) for name in _COUNTED}
    named = {"run_id": run.run_id, "kind": run.kind, "outcome": run.outcome}
    times = {"started_at": run.started_at, "finished_at": run.finished_at}
    portals = len(run.facts.get("portals", ()))
    return {**named, **times, "portals": portals, **counted, "alarms": run.alarms}


def _print_table(listed: Iterable[Run]) -> None:
    table = Table("run", "kind", "outcome", "started", "portals", *_COUNTED, "alarms")
    for run in listed:
        table.add_row(*_cells(run))
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    console.print(table)


def _cells(run: Run) -> Iterator[str]:
    yield from (run.run_id, run.kind, run.outcome, run.started_at[:16])
    portals = run.facts.get("portals")
    yield str(len(portals)) if portals is not None else ""
    yield from (str(run.total(name)) if portals is not None else "" for name in _COUNTED)
    yield ", ".join(dict.fromkeys(alarm["kind"] for alarm in run.alarms))
