"""Records to rows of `schema.sql` and, for captures, back.

Keys are natural: a row's identity follows from what was captured, never from when or in which order
it was read, so that every rebuild gives the same rows.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any, TypeAlias

from archive.records import Capture, Reading, SourceReading
from archive.urls import url_key
from archive.warc import facts
from parsers.records import AgencyMention, Observation, Problem, Report

Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = Iterator[tuple[str, Row]]

CONTINUED = re.compile(r"part\[(\d+)\]!")
_CAPTURE_FIELDS = tuple(field.name for field in fields(Capture))


def values_of(record: Any) -> Row:
    """A record's fields by name, as they are: `dataclasses.asdict` would copy each value."""
    kind: Any = type(record)
    return {name: getattr(record, name) for name in _names(kind)}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def digest16(*parts: object) -> str:
    """The first 16 hex digits of the SHA-256 over the parts, NUL between them."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def capture_row(capture: Capture) -> Row:
    """The row of table `captures`."""
    row = {name: getattr(capture, name) for name in _CAPTURE_FIELDS}
    row["context"] = facts.dump(facts.context_facts(capture.context))
    row["url_key"] = url_key(capture.url)
    return row


def capture_from(row: Mapping[str, Any]) -> Capture:
    """The reverse of `capture_row`."""
    values = {name: row[name] for name in _CAPTURE_FIELDS}
    values["context"] = facts.context_of(json.loads(row["context"]))
    return Capture(**values)


def run_row(run_id: str, account: Mapping[str, Any]) -> Row:
    """The row of table `runs`."""
    said = {name: str(account.get(name, "")) for name in ("kind", "started_at", "finished_at")}
    return {"run_id": run_id, **said, "account": facts.dump(account)}


def report_id(capture: Capture, ordinal: int) -> str:
    """A report's identity: the address it was read from, else its payload, and its ordinal in it.

    A document that answered a request with a body (POST) counts that body as part of its address.
    """
    place = url_key(capture.url)
    if not capture.url.lower().startswith(("http://", "https://")):
        return digest16("payload", capture.payload_sha256, ordinal)
    asked = json.loads(capture.notes).get("request_body_sha256", "")
    return digest16("url", place, asked, ordinal)


def reading_rows(reading: Reading) -> Rows:
    """All rows that a bundle's reading gives, as (table, row)."""
    for source in reading.sources:
        yield "documents", _document_row(reading, source)
        yield from _problem_rows("", source.capture.record_id, source.problems)
        for report in source.reports:
            yield from _report_rows(reading, source, report)


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of one table as plain values: cheap to hand from one process to another."""

    table: str
    names: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]


def packed(reading: Reading) -> tuple[TableRows, ...]:
    """All rows that a bundle's reading gives, in their order."""
    alike = groupby(reading_rows(reading), key=lambda placed: (placed[0], tuple(placed[1])))
    return tuple(
        TableRows(table, names, tuple(tuple(row.values()) for _, row in found))
        for (table, names), found in alike
    )


def _document_row(reading: Reading, source: SourceReading) -> Row:
    return {
        "snapshot": source.capture.record_id,
        "page_snapshot": reading.page.record_id,
        "media_type": source.media_type,
        "charset": source.charset,
        "charset_reason": source.charset_reason,
        "text": source.text,
        "markdown": source.markdown,
    }


def _report_rows(reading: Reading, source: SourceReading, report: Report) -> Rows:
    key = report_id(source.capture, report.ordinal)
    snapshot = source.capture.record_id
    yield "reports", _report_row(key, reading, source, report)
    for n, mention in enumerate(report.agencies):
        yield "report_agencies", _placed(key, snapshot, n, _agency_values(mention))
    for n, section in enumerate(report.sections):
        yield "sections", _placed(key, snapshot, n, values_of(section))
    yield from _observation_rows(key, source, report.observations)
    for n, check in enumerate(report.checks):
        values = values_of(check) | {"other_report_id": ""}
        for side in ("left", "right", "difference"):
            values[side] = decimal_text(values[side])
        yield "checks", _placed(key, snapshot, n, values)
    yield from _problem_rows(key, snapshot, report.problems)


def _report_row(key: str, reading: Reading, source: SourceReading, report: Report) -> Row:
    issuer = next((a for a in report.agencies if a.role == "issuer"), None) or AgencyMention("", "")
    return {
        "report_id": key,
        "snapshot": source.capture.record_id,
        "page_snapshot": reading.page.record_id,
        "ordinal": report.ordinal,
        "agency": issuer.name or issuer.printed,
        "agency_id": issuer.agency_id,
        "agency_printed": issuer.printed,
        "region_code": issuer.region_code,
        "region": issuer.region,
        "level": issuer.level,
        **{name: getattr(report, name) for name in _REPORT_FIELDS},
        "source_url": source.capture.url,
        "page_url": reading.page.url,
        "captured_at": source.capture.date,
        "text_chars": len(report.text),
        "text_sha256": text_digest(report.text),
        "figures_sha256": figures_digest(report.observations),
        "problems": len(report.problems) + len(source.problems),
    }


_REPORT_FIELDS = (
    "year",
    "year_evidence",
    "period_start",
    "period_end",
    "form",
    "tables",
    "scope",
    "scope_evidence",
    "title",
    "doc_number",
    "stated_date",
    "signed_date",
    "text",
)


def text_digest(text: str) -> str:
    """What tells whether a report's text changed: white space does not count."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def figures_digest(observations: Iterable[Observation]) -> str:
    """What tells whether a report's figures changed: their order, place and labels do not count."""
    figures = sorted(
        facts.dump(
            [*_dimensions(o), o.method, o.status, decimal_text(o.value), o.unit, o.qualifier]
        )
        for o in observations
    )
    return hashlib.sha256("\n".join(figures).encode()).hexdigest()


def _observation_rows(key: str, source: SourceReading, observations: Iterable[Observation]) -> Rows:
    seen: Counter[tuple[str, ...]] = Counter()
    for n, observation in enumerate(observations):
        dimensions = (*_dimensions(observation), observation.method)
        values = values_of(observation)
        values["value"] = decimal_text(observation.value)
        values["value_std"] = number(observation.value_std)
        values["implied_zero"] = int(observation.implied_zero)
        values["observation_id"] = digest16(key, *dimensions, seen[dimensions])
        values["held_by"] = holder(observation.locator, source.continued_by)
        seen[dimensions] += 1
        yield "observations", _placed(key, source.capture.record_id, n, values)


def holder(locator: str, continued_by: Sequence[str]) -> str:
    """The record id of the further page that a place lies in; empty if that is the page itself."""
    found = CONTINUED.match(locator)
    return continued_by[int(found[1]) - 1] if found else ""


def _dimensions(observation: Observation) -> tuple[str, ...]:
    return (
        observation.indicator,
        observation.applicant,
        observation.category,
        observation.period,
    )


def _problem_rows(key: str, snapshot: str, problems: Iterable[Problem]) -> Rows:
    for n, problem in enumerate(problems):
        yield "problems", _placed(key, snapshot, n, values_of(problem))


def _agency_values(mention: AgencyMention) -> Row:
    return values_of(mention) | {"alternatives": facts.dump(list(mention.alternatives))}


def _placed(key: str, snapshot: str, n: int, values: Mapping[str, Any]) -> Row:
    return {"report_id": key, "snapshot": snapshot, "n": n, **values}


def decimal_text(value: Decimal | None) -> str | None:
    """An exact decimal in plain digits: `1200`, `0.50`, never `1.2E+3`."""
    return None if value is None else format(value, "f")


def number(value: Decimal | None) -> int | float | None:
    """A number for sums and comparisons: an integer wherever it is one that SQLite can hold."""
    if value is None:
        return None
    if value == value.to_integral_value() and abs(value) < 2**63:
        return int(value)
    return float(value)
