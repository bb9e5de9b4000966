"""Corrections are kept beside the figures; here is told which of them still fit."""

from archive.database import DatabaseWriter

_JUDGE = """
UPDATE corrections SET state = CASE WHEN EXISTS (
  SELECT 1 FROM observations AS o WHERE o.report_id = corrections.report_id
    AND o.indicator = corrections.indicator AND o.applicant = corrections.applicant
    AND o.category = corrections.category AND o.period = corrections.period
    AND o.raw = corrections.raw
) THEN 'applied' ELSE 'stale' END
"""
_STALE = "SELECT * FROM corrections WHERE state = 'stale' ORDER BY report_id, indicator, applicant"


def judge(database: DatabaseWriter) -> None:
    """Marks each correction as applied or stale; a stale one is a problem of its report."""
    database.execute("DELETE FROM problems WHERE stage = 'correction'")
    database.execute(_JUDGE)
    for n, row in enumerate(database.query(_STALE)):
        named = " ".join(filter(None, (row["indicator"], row["applicant"], row["category"])))
        problem = {
            "report_id": row["report_id"],
            "snapshot": "",
            "n": n,
            "stage": "correction",
            "kind": "stale_correction",
            "detail": f"the correction of {named} expects {row['raw']!r}, which is not there",
            "locator": "",
        }
        database.insert("problems", [problem])
