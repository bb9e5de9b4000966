"""Which body followed which, as declared with its source (`data/agencies/lineage.csv`)."""

from dataclasses import dataclass
from functools import cache

from archive.declarations import data_dir
from archive.declarations.files import read_csv

FIELDS = ("before", "after", "year", "event", "source")


@dataclass(frozen=True, slots=True)
class Succession:
    """`after` took the place of `before` in `year`; both are agency ids."""

    before: str
    after: str
    year: int
    event: str
    source: str


@cache
def successions() -> dict[str, Succession]:
    """All that is declared, by the id of the earlier body."""
    path = data_dir() / "agencies" / "lineage.csv"
    return {
        row["before"]: Succession(
            row["before"], row["after"], row.integer("year"), row["event"], row["source"]
        )
        for row in read_csv(path, FIELDS)
    }
