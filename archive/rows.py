"""Captures and runs to rows of `schema.sql` and back, and how values and identities are written."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from archive.records import Capture
from archive.urls import url_key
from archive.warc import facts
from parsers.records import Observation

Row: TypeAlias = dict[str, Any]

_CAPTURE_FIELDS = tuple(field.name for field in fields(Capture))


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


def text_digest(text: str) -> str:
    """What tells whether a report's text changed: white space does not count."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def figures_digest(observations: Iterable[Observation]) -> str:
    """What tells whether a report's figures changed: their order, place and labels do not count."""
    figures = sorted(
        _figure(*dimensions(o), o.method, o.status, decimal_text(o.value), o.unit, o.qualifier)
        for o in observations
    )
    return hashlib.sha256("\n".join(figures).encode()).hexdigest()


# The same figures recur from report to report: most are small counts of the same form.
@lru_cache(maxsize=16_384)
def _figure(*figure: str | None) -> str:
    return facts.dump(figure)


def dimensions(observation: Observation) -> tuple[str, str, str, str]:
    """What a figure is of: indicator, applicant, category and period."""
    return (
        observation.indicator,
        observation.applicant,
        observation.category,
        observation.period,
    )


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
