"""What is noted with a capture: the JSON of WARC metadata records, and how it is merged in.

Version 1. A metadata record written with an exchange names it in `WARC-Concurrent-To`; a later
annotation names it in `WARC-Refers-To`. Facts with a field of their own in `Capture` go there, all
others into its `notes`.
"""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from archive.records import Capture, Role
from parsers.records import Context

FACTS_VERSION = 1
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

_FIELDS = frozenset({"method", "part_of", "error", "run_id", "fidelity", "tls_sha256", "refers_to"})
_CONTEXT_FIELDS = frozenset(field.name for field in dataclasses.fields(Context))
_ROLES = frozenset(get_args(Role))


def dump(facts: Mapping[str, Any] | Sequence[Any]) -> str:
    """Facts as canonical JSON: sorted, compact, without escapes for Chinese."""
    return _JSON.encode(facts)


def encode(facts: Mapping[str, Any]) -> bytes:
    """Facts as the block of a metadata record. A `Context` becomes an object without empties."""
    plain = {
        name: context_facts(value) if isinstance(value, Context) else value
        for name, value in facts.items()
        if value not in (None, "", (), [], {})
    }
    return dump({**plain, "version": FACTS_VERSION}).encode()


def decode(block: bytes) -> dict[str, Any]:
    """The facts of a metadata record; empty for metadata that is not ours."""
    try:
        facts = json.loads(block)
    except ValueError:
        return {}
    if not isinstance(facts, dict) or not isinstance(facts.get("version"), int):
        return {}
    return {name: value for name, value in facts.items() if name != "version"}


def context_facts(context: Context) -> dict[str, Any]:
    """The known part of a context."""
    return {
        name: value
        for name in _CONTEXT_FIELDS
        if (value := getattr(context, name)) not in ("", None)
    }


def context_of(facts: Mapping[str, Any]) -> Context:
    """The reverse of `context_facts`; what this version does not know is passed over."""
    return Context(**{k: v for k, v in facts.items() if k in _CONTEXT_FIELDS})


def merge(capture: Capture, facts: Mapping[str, Any]) -> Capture:
    """The capture with further facts: they override its fields and are merged into its notes."""
    changes: dict[str, Any] = {k: str(v) for k, v in facts.items() if k in _FIELDS}
    notes = {**json.loads(capture.notes), **_notes(facts)}
    if facts.get("role") in _ROLES:
        changes["role"] = facts["role"]
    if isinstance(facts.get("context"), Mapping):
        changes["context"] = context_of({**context_facts(capture.context), **facts["context"]})
    if facts.get("wall") and capture.kind in ("response", "revisit"):
        changes["kind"] = "blocked"
    if isinstance(facts.get("payload_bytes"), int):
        changes["payload_bytes"] = facts["payload_bytes"]
    return dataclasses.replace(capture, notes=dump(notes), **changes)


def _notes(facts: Mapping[str, Any]) -> dict[str, Any]:
    known = _FIELDS | {"role", "context", "payload_bytes"}
    return {name: value for name, value in facts.items() if name not in known}
