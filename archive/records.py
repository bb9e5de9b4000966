"""Captures, bundles and readings: what the archive keeps and what is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from parsers.records import Context, Problem, Report

Kind: TypeAlias = Literal["response", "revisit", "failure", "blocked", "resource"]
# What a capture is to the collection. Only `page` (a candidate report page or an imported file)
# opens a bundle; `part` belongs to one; the rest is evidence of the search.
Role: TypeAlias = Literal["page", "part", "listing", "robots", "requisite", "other"]


@dataclass(frozen=True, slots=True)
class Capture:
    """One exchange or imported file, as found in the WARC files.

    `record_id` is the WARC record id of the response, revisit, resource or (for a failure) metadata
    record, without angle brackets. `date` is ISO 8601 UTC with microseconds. `payload_sha256` is
    lower-case hex over the de-chunked body, empty where there is none. `part_of` is the record id
    of the page a part belongs to. `context` is what discovery knew; `notes` further facts of the
    exchange (listing rows passed over and why, wall, timing) as a JSON object.
    """

    record_id: str
    kind: Kind
    url: str
    date: str
    warc: str
    offset: int
    length: int
    method: str = "GET"
    status: int | None = None
    reason: str = ""
    media_type_declared: str = ""
    payload_sha256: str = ""
    payload_bytes: int = 0
    refers_to: str = ""
    ip: str = ""
    tls_sha256: str = ""
    truncated: str = ""
    error: str = ""
    role: Role = "other"
    part_of: str = ""
    run_id: str = ""
    fidelity: str = "wire"
    context: Context = field(default_factory=Context)
    notes: str = "{}"


@dataclass(frozen=True, slots=True)
class Part:
    """A capture with its payload: content decoding (gzip, deflate, br) and revisits resolved.

    `headers` are the response's, names lower-case, the first of duplicates.
    """

    capture: Capture
    payload: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A page and what belongs to it: next pages, frames, attachments, in order of record date."""

    page: Part
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceReading:
    """What one document of a bundle gave: clean `text`, and `markdown` with tables.

    `continued_by` are the record ids of the parts that were read as one with it, in order: a place
    that begins with `part[n]!` lies in the n-th of them.
    """

    capture: Capture
    media_type: str
    charset: str
    charset_reason: str
    text: str
    markdown: str
    reports: tuple[Report, ...] = ()
    problems: tuple[Problem, ...] = ()
    continued_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a whole bundle gave: one entry for each document in it, the page first."""

    page: Capture
    sources: tuple[SourceReading, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange on the wire, to be recorded.

    `request` and `response` are the exact bytes, status line and headers included; `response` is
    empty where none came. `date` is when the request began. `error` names the failure
    (`timeout`, `reset` ...), `truncated` is `length`, `time` or `disconnect` where not all bytes
    came. `wall` names the wall recognised in the answer. `fidelity` is `wire` or `reconstructed`;
    that of a page as a browser showed it is `rendered`.
    """

    url: str
    method: str
    date: str
    request: bytes
    response: bytes
    ip: str = ""
    tls_sha256: str = ""
    seconds: float = 0.0
    error: str = ""
    truncated: str = ""
    wall: str = ""
    fidelity: str = "wire"
    via_proxy: bool = False
    role: Role = "other"
    part_of: str = ""
    context: Context = field(default_factory=Context)
