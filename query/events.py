"""Which change events are meant, and the columns they are printed under."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import date
from typing import Any

from archive.errors import UsageError
from archive.events import KINDS, Event
from archive.events import events as told
from query.columns import column
from query.corpus import Corpus, Row
from query.filters import Filters, where

COLUMNS = tuple(
    column(name)
    for name in (
        *("event_id", "kind", "date", "agency", "agency_id", "region_code", "year", "report_id"),
        *("title", "detail", "source_url", "page_url", "snapshot", "other_snapshot"),
    )
)


@dataclass(frozen=True, slots=True)
class Rows:
    """A corpus as what `archive.links` asks: rows by column name."""

    corpus: Corpus

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        """The rows of a statement."""
        return self.corpus.records(sql, parameters)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which events: of certain reports, kinds (none named means all), from a day (UTC) on."""

    filters: Filters = field(default_factory=Filters)
    kinds: tuple[str, ...] = ()
    since: str = ""
    limit: int = -1
    oldest_first: bool = False


def events(corpus: Corpus, choice: Choice) -> Iterator[Event]:
    """The events chosen, the newest first unless turned round.

    Raises:
        UsageError: an unknown kind, or a date that is none.
    """
    chosen = where(replace(choice.filters, all_versions=True))
    if choice.kinds:
        chosen.add(f"e.kind IN ({', '.join('?' * len(choice.kinds))})", *map(_kind, choice.kinds))
    if choice.since:
        chosen.add("e.date >= ?", _day(choice.since))
    found = (chosen.sql, chosen.parameters, choice.limit, choice.oldest_first)
    return told(Rows(corpus), *found)


def row(event: Event) -> Row:
    """An event under `COLUMNS`."""
    return astuple(event)


def _kind(name: str) -> str:
    if name not in KINDS:
        raise UsageError(f"no kind of event {name[:40]!r}: one of {', '.join(KINDS)}")
    return name


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"no date: {text[:40]!r}; write 2024-01-31") from None
