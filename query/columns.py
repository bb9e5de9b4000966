"""What each exported column means: one meaning for one name, in every export and every format."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "integer", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """An exported column. `label` is short enough for Stata (80 characters)."""

    name: str
    kind: Kind
    label: str


_TEXT = {
    "observation_id": "Permanent id of the figure",
    "report_id": "Permanent id of the report 报告",
    "other_report_id": "The other report of a check across reports",
    "work_id": "Agency, year and scope that several addresses and versions share",
    "event_id": "Permanent id of the change event",
    "record_id": "WARC record id of the capture",
    "agency": "Agency 机关, resolved full name",
    "agency_id": "Permanent id of the agency; empty where it could not be told",
    "agency_printed": "Agency as printed",
    "region_code": "Division code 行政区划代码",
    "region": "Region 地区",
    "level": "Level of government 层级",
    "period_start": "First day reported on",
    "period_end": "Last day reported on",
    "form": "Form of the tables printed 表式",
    "tables": "Were there tables: read, partial, picture, uncaptured_attachment, none",
    "scope": "Whom the figures cover: own, with_subordinates, jurisdiction, unknown",
    "title": "Title 标题",
    "doc_number": "Document number 文号",
    "stated_date": "Date of publication stated (ISO)",
    "signed_date": "Date of signature (ISO)",
    "first_seen": "When the collection first saw it (ISO 8601 UTC)",
    "source_url": "Address of the document read",
    "page_url": "Address of the page it belongs to",
    "captured_at": "When it was captured (ISO 8601 UTC)",
    "snapshot": "WARC record id of the capture that holds it",
    "indicator": "Indicator code 指标",
    "indicator_label": "Indicator as the form prints it",
    "applicant": "Applicant column of the request table 申请人",
    "category": "Printed subject of proactive.category",
    "period": "year 本年度 or cumulative 历年累计",
    "unit": "Unit as printed",
    "unit_from": "Where the unit stood: cell, header, row, form",
    "unit_std": "The indicator's unit",
    "qualifier": "exact, approx 约, more_than 余, less_than 不足",
    "status": "reported, blank, not_applicable or unreadable; blank is not zero",
    "raw": "The cell or figure as printed",
    "method": "Read from table or prose",
    "evidence": "Row and column labels, or the sentence",
    "locator": "Place in the snapshot",
    "rule": "Rule by which it was read",
    "identity": "Identity of the form that was checked",
    "left": "Left side",
    "right": "Right side",
    "difference": "Left minus right",
    "verdict": "holds, fails or not_evaluable",
    "severity": "error, warning or note",
    "clause": "The identity written out with its figures",
    "stage": "Where reading stopped: document, report, table, prose, check",
    "kind": "Kind (stable code)",
    "detail": "What happened, in a sentence",
    "path": "Number of the section",
    "text": "Text as printed",
    "markdown": "The document as Markdown, with its tables",
    "charset": "Charset the bytes are in",
    "charset_reason": "Why that charset, and what the label said",
    "media_type": "What the bytes are",
    "place": "Place in the snapshot",
    "date": "Date (ISO 8601 UTC)",
    "other_snapshot": "The earlier capture it was compared with",
    "role": "What the capture is to the collection",
    "part_of": "Record id of the page it belongs to",
    "url": "Address",
    "captures.method": "Request method",
    "reason": "Reason phrase",
    "corrected": "What a person holds to be meant; the figure itself stays as printed",
    "correction_reason": "Why, and who says so",
    "media_type_declared": "Media type declared",
    "payload_sha256": "SHA-256 of the payload",
    "refers_to": "Record an identical payload stands in",
    "truncated": "Why not all bytes came",
    "error": "Failure",
    "run_id": "Run that captured it",
    "fidelity": "wire, reconstructed, or rendered (a page as a browser showed it)",
    "warc": "WARC file",
    "printed": "Names as printed, joined by |",
    "relation": "How close the definitions are: exact, close, broader, narrower, sum_of",
    "coverage": "What is known of the report of that year",
    "deadline": "Last day for publication under the law of that year",
    "note": "Note",
}
_INTEGER = {
    "year": "Year reported on",
    "version": "Version among captures whose text or figures differ",
    "preferred": "1 for the version of a work to be used",
    "implied_zero": "1 for a blank without which an identity of the form holds",
    "n": "Order within the report, from 0",
    "text_chars": "Length of the text in characters",
    "problems": "Number of problems met in reading",
    "captures.status": "HTTP status",
    "payload_bytes": "Size of the payload in bytes",
    "offset": "Offset in the WARC file in bytes",
    "length": "Length in the WARC file in bytes",
    "reports": "Number of reports",
    "first_year": "First year reported on",
    "last_year": "Last year reported on",
}
_NUMBER = {
    "value": "Value as printed, exact decimal",
    "value_std": "Value in unit_std; the only one to sum or compare",
}


def column(name: str, export: str = "") -> Column:
    """The column of that name; `export` tells apart the few names that mean two things."""
    key = f"{export}.{name}"
    for kind, labels in _KINDS:
        if key in labels:
            return Column(name, kind, labels[key])
    for kind, labels in _KINDS:
        if name in labels:
            return Column(name, kind, labels[name])
    return Column(name, "text", name)


_KINDS: tuple[tuple[Kind, dict[str, str]], ...] = (
    ("text", _TEXT),
    ("integer", _INTEGER),
    ("number", _NUMBER),
)
