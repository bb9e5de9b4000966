"""What one exchange, file or note becomes: a group of WARC records, written in one piece."""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from archive.records import Capture, Exchange, Role
from archive.urls import recorded_form
from archive.warc import facts as fact
from archive.warc import http, records, redact
from archive.warc.captures import Place, capture_of, described_by
from archive.warc.records import Record
from parsers.records import Context

# Below this a revisit saves nothing: its own headers are about as large.
MIN_REVISIT_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Group:
    """Records as stored, one after the other. The first opens the capture, if there is one.

    `opening_length` is the stored length of that first record, `facts` what the others say of it,
    `count` the number of records. `note` is an annotation: the record it is of, and its facts;
    `account` a run's id and account.
    """

    stored: bytes
    opening: Record
    opening_length: int
    date: str
    count: int
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    note: tuple[str, Mapping[str, Any]] | None = None
    account: tuple[str, Mapping[str, Any]] | None = None

    def capture(self, warc: str, offset: int) -> Capture | None:
        """The capture, once it is known where the group lies."""
        opened = capture_of(self.opening, Place(warc, offset, self.opening_length))
        return fact.merge(opened, self.facts) if opened else None


@dataclass(frozen=True, slots=True)
class Past:
    """The captures that an exchange may repeat: by equal payload, or as not modified since."""

    same_payload: Capture | None = None
    unmodified: Capture | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An exchange taken apart, before it is known whether it repeats another."""

    exchange: Exchange
    message: http.Message | None
    payload_sha256: str
    payload_bytes: int

    @property
    def may_repeat(self) -> bool:
        """True if the payload is worth looking up."""
        return self.payload_bytes >= MIN_REVISIT_BYTES and not self.exchange.truncated


def prepare(exchange: Exchange) -> Prepared:
    """Takes an exchange apart. What came but is no HTTP response leaves `message` missing."""
    message = http.parse(exchange.response) if exchange.response else None
    if message is None or message.status is None:
        return Prepared(exchange, None, "", 0)
    payload = message.payload
    return Prepared(exchange, message, hashlib.sha256(payload).hexdigest(), len(payload))


def exchange_group(prepared: Prepared, past: Past, run_id: str) -> Group:
    """The records of an exchange: response, revisit or failure first, then request and metadata."""
    exchange = prepared.exchange
    request, cut = redact.request(exchange.request)
    url, cut_of_url = redact.url(exchange.url)
    noted = _facts_of(exchange, run_id, tuple(sorted({*cut, *cut_of_url})))
    common = {
        "WARC-Date": records.utc(exchange.date),
        "WARC-Target-URI": recorded_form(url),
        "WARC-IP-Address": "" if exchange.via_proxy else exchange.ip,
    }
    if prepared.message is None:
        return _failure(exchange, common, request, noted)
    repeated = past.same_payload or past.unmodified
    opening = _revisit if repeated else _response
    if repeated:
        noted["payload_bytes"] = prepared.payload_bytes
    first, record = opening(prepared, repeated, common)
    return _group(first, record, common, [_request(record, common, request)], noted)


def resource_group(
    payload: bytes, *, url: str, media_type: str, date: str, facts: Mapping[str, Any]
) -> Group:
    """The records of an imported file."""
    sha256 = hashlib.sha256(payload).hexdigest()
    common = {
        "WARC-Date": records.utc(date),
        "WARC-Target-URI": recorded_form(url) if url else f"urn:sha256:{sha256}",
    }
    fields = {
        "WARC-Record-ID": f"<{records.new_id()}>",
        **common,
        "WARC-Payload-Digest": f"sha256:{sha256}",
    }
    kind = media_type or "application/octet-stream"
    first, record = records.serialise("resource", fields, payload, kind)
    return _group(first, record, common, [], facts)


def adopted_group(
    fields: Iterable[tuple[str, str]], record: Record, facts: Mapping[str, Any] | None
) -> Group:
    """A record of another writer as it is; with `facts`, a metadata record of ours beside it."""
    first = records.copied(fields, record.block)
    date = record.get("warc-date")
    if facts is None:
        said = fact.decode(record.block) if record.type == "metadata" else {}
        note = (described_by(record), said) if said and "account" not in said else None
        return Group(first, record, len(first), date, 1, note=note)
    common = {"WARC-Date": date, "WARC-Target-URI": record.get("warc-target-uri")}
    return _group(first, record, common, [], facts)


def note_group(record_id: str, facts: Mapping[str, Any]) -> Group:
    """A later annotation of a capture."""
    date = records.now()
    fields = {"WARC-Date": date, "WARC-Refers-To": f"<{record_id}>"}
    stored, record = _json_record(fields, facts)
    return Group(stored, record, len(stored), date, 1, note=(record_id, fact.decode(record.block)))


def account_group(run_id: str, facts: Mapping[str, Any]) -> Group:
    """The account of a run."""
    date = records.now()
    fields = {"WARC-Date": date, "WARC-Target-URI": f"urn:gongkai:run:{run_id}"}
    stored, record = _json_record(fields, {"account": dict(facts), "run_id": run_id})
    said = fact.decode(record.block)["account"]
    return Group(stored, record, len(stored), date, 1, account=(run_id, said))


def warcinfo_group(name: str, settings: Mapping[str, Any], software: str) -> Group:
    """The record at the head of each file: software and settings."""
    date = records.now()
    fields = {
        "WARC-Record-ID": f"<{records.new_id()}>",
        "WARC-Date": date,
        "WARC-Filename": name,
    }
    said = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        **{key: _one_line(value) for key, value in sorted(settings.items())},
    }
    block = "".join(f"{key}: {value}\r\n" for key, value in said.items()).encode()
    stored, record = records.serialise("warcinfo", fields, block, "application/warc-fields")
    return Group(stored, record, len(stored), date, 1)


def file_facts(run_id: str, role: Role, part_of: str, context: Context) -> dict[str, Any]:
    """The facts noted with an imported file."""
    return {"run_id": run_id, "role": role, "part_of": part_of, "context": context}


def body_digest(body: bytes) -> str:
    """Lower-case hex SHA-256 of a request's body, empty without one."""
    return hashlib.sha256(body).hexdigest() if body else ""


def _facts_of(exchange: Exchange, run_id: str, redacted: tuple[str, ...]) -> dict[str, Any]:
    _, _, body = exchange.request.partition(b"\r\n\r\n")
    return {
        "run_id": run_id,
        "method": exchange.method,
        "role": exchange.role,
        "part_of": exchange.part_of,
        "context": _clean(exchange.context),
        "wall": exchange.wall,
        "error": exchange.error,
        "fidelity": exchange.fidelity,
        "tls_sha256": exchange.tls_sha256,
        "seconds": round(exchange.seconds, 6),
        "via_proxy": exchange.via_proxy or None,
        "redacted": list(redacted),
        "request_body_sha256": body_digest(body),
    }


def _clean(context: Context) -> Context:
    url, page_url = redact.url(context.url)[0], redact.url(context.page_url)[0]
    return dataclasses.replace(context, url=url, page_url=page_url)


def _response(
    prepared: Prepared, _repeated: Capture | None, common: Mapping[str, str]
) -> tuple[bytes, Record]:
    fields = {
        "WARC-Record-ID": f"<{records.new_id()}>",
        **common,
        "WARC-Payload-Digest": f"sha256:{prepared.payload_sha256}",
        "WARC-Truncated": prepared.exchange.truncated,
    }
    response = prepared.exchange.response
    return records.serialise("response", fields, response, records.HTTP_RESPONSE)


def _revisit(
    prepared: Prepared, repeated: Capture | None, common: Mapping[str, str]
) -> tuple[bytes, Record]:
    assert prepared.message is not None
    assert repeated is not None
    unmodified = prepared.message.status == 304
    fields = {
        "WARC-Record-ID": f"<{records.new_id()}>",
        **common,
        "WARC-Profile": records.NOT_MODIFIED if unmodified else records.IDENTICAL,
        "WARC-Refers-To": f"<{repeated.record_id}>",
        "WARC-Refers-To-Target-URI": repeated.url,
        "WARC-Refers-To-Date": repeated.date,
        "WARC-Payload-Digest": "" if unmodified else f"sha256:{prepared.payload_sha256}",
        "WARC-Truncated": "" if unmodified else "length",
    }
    response = prepared.exchange.response
    head = response[: len(response) - len(prepared.message.body)]
    return records.serialise("revisit", fields, head, records.HTTP_RESPONSE)


def _failure(
    exchange: Exchange, common: Mapping[str, str], request: bytes, noted: dict[str, Any]
) -> Group:
    """No HTTP response came: the metadata record itself opens the capture.

    Bytes that did come but are no HTTP are kept in a metadata record of their own.
    """
    noted |= {"failure": True, "error": exchange.error or "no_response"}
    if exchange.response:
        noted["garbage_bytes"] = len(exchange.response)
    first, record = _json_record(common, noted)
    rest = [_request(record, common, request)]
    if exchange.response:
        fields = _companion(record, common)
        kind = "application/octet-stream"
        rest.append(records.serialise("metadata", fields, exchange.response, kind)[0])
    stored = b"".join([first, *rest])
    return Group(stored, record, len(first), common["WARC-Date"], 1 + len(rest))


def _request(record: Record, common: Mapping[str, str], request: bytes) -> bytes:
    _, _, body = request.partition(b"\r\n\r\n")
    fields = {**_companion(record, common), "WARC-Payload-Digest": records.digest(body)}
    return records.serialise("request", fields, request, records.HTTP_REQUEST)[0]


def _companion(record: Record, common: Mapping[str, str]) -> dict[str, str]:
    return {
        "WARC-Record-ID": f"<{records.new_id()}>",
        **common,
        "WARC-Concurrent-To": f"<{record.record_id}>",
    }


def _json_record(fields: Mapping[str, str], noted: Mapping[str, Any]) -> tuple[bytes, Record]:
    named = {"WARC-Record-ID": f"<{records.new_id()}>", **fields}
    return records.serialise("metadata", named, fact.encode(noted), records.JSON)


def _group(
    first: bytes,
    record: Record,
    common: Mapping[str, str],
    between: list[bytes],
    noted: Mapping[str, Any],
) -> Group:
    """The first record, those `between`, and what is noted of it as the last."""
    last, metadata = _json_record(_companion(record, common), noted)
    stored = b"".join([first, *between, last])
    known = fact.decode(metadata.block)
    return Group(stored, record, len(first), common["WARC-Date"], 2 + len(between), known)


def _one_line(value: object) -> str:
    return " ".join(str(value).split())
