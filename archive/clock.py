"""The one place that tells the time: all that is recorded, remembered or scheduled asks here.

Nobody else asks the system what day it is. Time that merely passes (a delay, a time limit) is
measured by `time.monotonic` wherever it is needed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

# What the portals go by, whatever the machine's own zone is.
CHINA = ZoneInfo("Asia/Shanghai")


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def utc_now() -> datetime:
    """The present in UTC."""
    return _source().astimezone(UTC)


def iso(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC to the second, such as `2026-01-31T08:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_iso(text: str) -> datetime:
    """The reverse of `iso`; also for times with fractions of a second.

    Raises:
        ValueError: if it is no ISO 8601 time.
    """
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@contextmanager
def told_by(source: Callable[[], datetime]) -> Iterator[None]:
    """For tests alone: within, time is what `source` says. It must have a zone and go forward."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before
