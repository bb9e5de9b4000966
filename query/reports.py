"""One report, or one figure, with everything that is known of it."""

from dataclasses import dataclass

from archive.errors import UsageError
from query.corpus import Corpus, Value

Record = dict[str, Value]

SHORTEST_PREFIX, LONGEST_PREFIX = 4, 64
SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as read from one snapshot.

    `facts` is its row. `text` and `sections` are None where the file of texts is missing.
    """

    facts: Record
    text: str | None
    agencies: list[Record]
    figures: list[Record]
    sections: list[Record] | None
    checks: list[Record]
    problems: list[Record]
    corrections: list[Record]
    versions: list[Record]


def find_report(corpus: Corpus, reference: str) -> tuple[str, str] | None:
    """Report id and snapshot meant by a report id (or its beginning), record id, work or address.

    Of several snapshots the preferred one is meant, else the latest.

    Raises:
        UsageError: the beginning of an id fits several reports.
    """
    rank = "ORDER BY preferred DESC, captured_at DESC, report_id"
    for condition in (
        "report_id = ?1",
        "snapshot IN (?1, trim(?1, '<>'), 'urn:uuid:' || ?1)",
        "work_id = ?1",
        "source_url = ?1 OR page_url = ?1",
    ):
        sql = f"SELECT report_id, snapshot FROM reports WHERE {condition} {rank} LIMIT 1"
        found = corpus.first(sql, (reference,))
        if found:
            return str(found["report_id"]), str(found["snapshot"])
    return _by_beginning(corpus, reference)


def _by_beginning(corpus: Corpus, reference: str) -> tuple[str, str] | None:
    if not SHORTEST_PREFIX <= len(reference) <= LONGEST_PREFIX or not reference.isalnum():
        return None
    sql = "SELECT DISTINCT report_id FROM reports WHERE report_id GLOB ? LIMIT ?"
    ids = [str(row[0]) for row in corpus.rows(sql, (f"{reference}*", SUGGESTIONS))]
    if len(ids) > 1:
        raise UsageError(f"{reference} begins several report ids: {', '.join(ids)} ...")
    return find_report(corpus, ids[0]) if ids else None


def find_observation(corpus: Corpus, observation_id: str) -> Record | None:
    """The figure of that id, from the preferred version where there are several."""
    return corpus.first(
        "SELECT o.*, r.preferred, r.captured_at FROM observations o"
        " JOIN reports r USING (report_id, snapshot) WHERE o.observation_id = ?"
        " ORDER BY r.preferred DESC, r.captured_at DESC LIMIT 1",
        (observation_id,),
    )


def held_by(figure: Record) -> Value:
    """The record id of the capture that holds a figure's cell, be it that of a further page."""
    return figure["held_by"] or figure["snapshot"]


def file_name(corpus: Corpus, figure: Record) -> str:
    """The name of the file that holds a figure, where it was imported; else empty."""
    sql = "SELECT json_extract(context, '$.file_name') AS name FROM captures WHERE record_id = ?"
    found = corpus.first(sql, (held_by(figure),))
    return str(found["name"] or "") if found else ""


def load_report(corpus: Corpus, report_id: str, snapshot: str) -> ReportView:
    """A report with all that belongs to it."""
    facts = corpus.first(
        "SELECT r.*, d.media_type, d.charset, d.charset_reason FROM reports r"
        " LEFT JOIN documents d USING (snapshot) WHERE r.report_id = ? AND r.snapshot = ?",
        (report_id, snapshot),
    )
    assert facts is not None, "the caller found it a moment ago"
    corrections = _corrections(corpus, report_id)
    key = "report_id = ? AND snapshot = ?"

    def of(table: str) -> list[Record]:
        sql = f"SELECT * FROM {table} WHERE {key} ORDER BY n"
        return list(corpus.records(sql, (report_id, snapshot)))

    sql = f"SELECT text FROM report_texts WHERE {key}"
    readable = corpus.has_texts
    return ReportView(
        facts, str(next(corpus.rows(sql, (report_id, snapshot)))[0]) if readable else None,
        of("report_agencies"), _corrected(of("observations"), corrections),
        of("sections") if readable else None, of("checks"), of("problems"), corrections,
        _versions(corpus, facts),
    )  # fmt: skip


def _corrected(figures: list[Record], corrections: list[Record]) -> list[Record]:
    """The figures, each with the correction that fits it, in `corrected` and `correction_reason`.

    The figure itself stays as printed.
    """
    key = ("indicator", "applicant", "category", "period", "raw")
    by_key = {tuple(one[name] for name in key): one for one in corrections}
    for figure in figures:
        found = by_key.get(tuple(figure[name] for name in key))
        figure["corrected"] = found["value"] if found else None
        figure["correction_reason"] = f"{found['reason']} ({found['author']})" if found else None
    return figures


def _corrections(corpus: Corpus, report_id: str) -> list[Record]:
    sql = "SELECT * FROM corrections WHERE report_id = ? ORDER BY indicator, applicant"
    return list(corpus.records(sql, (report_id,)))


def _versions(corpus: Corpus, facts: Record) -> list[Record]:
    """Every snapshot and address of the same work."""
    return list(
        corpus.records(
            "SELECT report_id, snapshot, version, preferred, preferred_reason, captured_at,"
            " source_url, title FROM reports"
            " WHERE (work_id = ? AND work_id <> '') OR report_id = ?"
            " ORDER BY captured_at, report_id, snapshot",
            (facts["work_id"], facts["report_id"]),
        )
    )


def suggestions(corpus: Corpus, reference: str) -> list[str]:
    """A few reports whose title holds the words given, for an error message."""
    sql = (
        "SELECT report_id, title FROM reports WHERE instr(title, ?) AND preferred = 1"
        " ORDER BY year DESC, report_id LIMIT ?"
    )
    return [f"{row[0]} {row[1]}" for row in corpus.rows(sql, (reference, SUGGESTIONS))]
