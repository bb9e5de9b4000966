"""Versions: the captures of a report whose text or figures differ from the one before.

A page that changed in its template only, or was captured again unchanged, makes no new version.
"""

from archive.database import DatabaseWriter

_NUMBER = """
WITH marked AS (
  SELECT report_id, snapshot, captured_at,
    (text_sha256 || figures_sha256) IS NOT lag(text_sha256 || figures_sha256) OVER seen AS changed,
    min(captured_at) OVER (PARTITION BY report_id) AS first_seen
  FROM reports WINDOW seen AS (PARTITION BY report_id ORDER BY captured_at, snapshot)
), numbered AS (
  SELECT report_id, snapshot, first_seen, sum(changed) OVER (
    PARTITION BY report_id ORDER BY captured_at, snapshot
  ) AS version FROM marked
)
UPDATE reports SET version = numbered.version, first_seen = numbered.first_seen FROM numbered
WHERE reports.report_id = numbered.report_id AND reports.snapshot = numbered.snapshot
"""

# The first capture of each version stands for it: it stays the same when the page is seen again.
# Texts are left out: they would be copied and sorted with the rest.
FIRST_OF_VERSION = """
SELECT report_id, snapshot, page_snapshot, captured_at, work_id, tables, source_url, page_url,
  text_sha256, figures_sha256, version, first_seen,
  max(version) OVER (PARTITION BY report_id) AS last_version,
  row_number() OVER (
    PARTITION BY report_id, version ORDER BY captured_at, snapshot
  ) AS nth_of_version
FROM reports
"""


def number(database: DatabaseWriter) -> None:
    """Numbers the versions of each report, from 1, and notes when it was first seen."""
    database.execute(_NUMBER)
