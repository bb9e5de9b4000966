"""The linking pass: all that follows from several documents, redone whole over stored rows.

Works, versions, the preferred version, checks across documents and years, events, the state of
corrections. Nothing here reads what an earlier pass wrote: running it twice changes nothing.
"""

from archive.database import DatabaseWriter
from archive.links import checks, corrections, events, versions, works

_STEPS = (
    versions.number,
    works.group,
    works.prefer,
    checks.compare,
    events.tell,
    corrections.judge,
)


def link(database: DatabaseWriter) -> None:
    """Redoes all links within the transaction under way."""
    for step in _STEPS:
        step(database)


__all__ = ["link"]
