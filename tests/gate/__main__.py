"""Prints the figures of the accuracy gate.

Run: `python -m tests.gate [--update [--lower]]`. `--update` writes what was measured as the new
floors and refuses to lower one, unless `--lower` says that this is meant.
"""

import sys

import click

from tests.gate import floors
from tests.gate.corpus import digest
from tests.gate.measure import measure
from tests.gate.media import MEDIA, measured


def main(arguments: list[str]) -> int:
    figures, notes = measure()
    click.echo("\n".join(notes))
    for name, value in figures.items():
        click.echo(f"{name:32} {value:.4f}")
    for name, write in MEDIA.items():
        told = (f"{part} {value:.4g}" for part, value in measured(name, write).items())
        click.echo(f"{name:32} {'  '.join(told)}")
    worse = floors.worse(figures, floors.load()[1]) if floors.PATH.exists() else []
    if worse and "--lower" not in arguments:
        click.echo("below the floors:\n" + "\n".join(worse))
        return 1
    if "--update" in arguments:
        floors.save(digest(), figures)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
