"""Readings to rows of `schema.sql`, as plain tuples: what a rebuild makes by the hundred a page.

Keys are natural: a row's identity follows from what was captured, never from when or in which order
it was read, so that every rebuild gives the same rows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, TypeAlias

from archive.records import Reading, SourceReading
from archive.rows import (
    decimal_text,
    digest16,
    dimensions,
    figures_digest,
    number,
    report_id,
    text_digest,
)
from archive.warc import facts
from parsers.records import AgencyMention, Check, Observation, Problem, Report, Section

Values: TypeAlias = tuple[Any, ...]

_CONTINUED = re.compile(r"part\[(\d+)\]!")


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of one table as plain values: cheap to hand from one process to another."""

    table: str
    names: tuple[str, ...]
    values: tuple[Values, ...]


class _Copied:
    """The fields of a record that go into columns of their names as they are."""

    def __init__(self, kind: type, *converted: str) -> None:
        """Of a dataclass, but for the fields that are `converted` on the way."""
        named: Any = kind
        self.names = tuple(f.name for f in fields(named) if f.name not in converted)
        self.of = attrgetter(*self.names)


_PLACE = ("report_id", "snapshot", "n")
_MENTION = _Copied(AgencyMention, "alternatives")
_SECTION = _Copied(Section)
_OBSERVATION = _Copied(Observation, "value", "value_std", "implied_zero")
_CHECK = _Copied(Check, "left", "right", "difference")
_PROBLEM = _Copied(Problem)
_REPORT = _Copied(Report, "text", "agencies", "sections", "observations", "checks", "problems")
COLUMNS = {
    "documents": (
        "snapshot",
        "page_snapshot",
        "media_type",
        "charset",
        "charset_reason",
    ),
    "document_texts": ("snapshot", "text", "markdown"),
    "reports": (
        "report_id",
        "snapshot",
        "page_snapshot",
        "agency",
        "agency_id",
        "agency_printed",
        "region_code",
        "region",
        "level",
        "source_url",
        "page_url",
        "captured_at",
        "text_chars",
        "text_sha256",
        "figures_sha256",
        "problems",
        *_REPORT.names,
    ),
    "report_texts": ("report_id", "snapshot", "text"),
    "report_agencies": (*_PLACE, "alternatives", *_MENTION.names),
    "sections": (*_PLACE, *_SECTION.names),
    "observations": (
        *_PLACE,
        "observation_id",
        "value",
        "value_std",
        "implied_zero",
        "held_by",
        *_OBSERVATION.names,
    ),
    "checks": (*_PLACE, "other_report_id", "left", "right", "difference", *_CHECK.names),
    "problems": (*_PLACE, *_PROBLEM.names),
}


def packed(reading: Reading) -> tuple[TableRows, ...]:
    """All rows that a bundle's reading gives."""
    found: dict[str, list[Values]] = {table: [] for table in COLUMNS}
    for source in reading.sources:
        snapshot = source.capture.record_id
        found["documents"].append(_document(reading, source))
        found["document_texts"].append((snapshot, source.text, source.markdown))
        found["problems"] += _problems("", snapshot, source.problems)
        for report in source.reports:
            _pack_report(found, reading, source, report)
    return tuple(
        TableRows(table, COLUMNS[table], tuple(values)) for table, values in found.items() if values
    )


def _document(reading: Reading, source: SourceReading) -> Values:
    return (
        source.capture.record_id,
        reading.page.record_id,
        source.media_type,
        source.charset,
        source.charset_reason,
    )


def _pack_report(
    found: dict[str, list[Values]], reading: Reading, source: SourceReading, report: Report
) -> None:
    key, snapshot = report_id(source.capture, report.ordinal), source.capture.record_id
    found["reports"].append(_report(key, reading, source, report))
    found["report_texts"].append((key, snapshot, report.text))
    found["report_agencies"] += (
        (key, snapshot, n, facts.dump(list(mention.alternatives)), *_MENTION.of(mention))
        for n, mention in enumerate(report.agencies)
    )
    found["sections"] += (
        (key, snapshot, n, *_SECTION.of(section)) for n, section in enumerate(report.sections)
    )
    found["observations"] += _observations(key, source, report.observations)
    found["checks"] += _checks(key, snapshot, report.checks)
    found["problems"] += _problems(key, snapshot, report.problems)


def _report(key: str, reading: Reading, source: SourceReading, report: Report) -> Values:
    issuer = next((a for a in report.agencies if a.role == "issuer"), None) or AgencyMention("", "")
    return (
        key,
        source.capture.record_id,
        reading.page.record_id,
        issuer.name or issuer.printed,
        issuer.agency_id,
        issuer.printed,
        issuer.region_code,
        issuer.region,
        issuer.level,
        source.capture.url,
        reading.page.url,
        source.capture.date,
        len(report.text),
        text_digest(report.text),
        figures_digest(report.observations),
        len(report.problems) + len(source.problems),
        *_REPORT.of(report),
    )


def _observations(
    key: str, source: SourceReading, observations: Iterable[Observation]
) -> Iterator[Values]:
    snapshot, continued_by = source.capture.record_id, source.continued_by
    seen: Counter[tuple[str, ...]] = Counter()
    for n, one in enumerate(observations):
        figure = (*dimensions(one), one.method)
        yield (
            key,
            snapshot,
            n,
            digest16(key, *figure, seen[figure]),
            decimal_text(one.value),
            number(one.value_std),
            int(one.implied_zero),
            holder(one.locator, continued_by),
            *_OBSERVATION.of(one),
        )
        seen[figure] += 1


def holder(locator: str, continued_by: Sequence[str]) -> str:
    """The record id of the further page that a place lies in; empty if that is the page itself."""
    found = _CONTINUED.match(locator)
    return continued_by[int(found[1]) - 1] if found else ""


def _checks(key: str, snapshot: str, checks: Iterable[Check]) -> Iterator[Values]:
    for n, check in enumerate(checks):
        sides = map(decimal_text, (check.left, check.right, check.difference))
        yield (key, snapshot, n, "", *sides, *_CHECK.of(check))


def _problems(key: str, snapshot: str, problems: Iterable[Problem]) -> Iterator[Values]:
    for n, problem in enumerate(problems):
        yield (key, snapshot, n, *_PROBLEM.of(problem))
