"""Works: the same report at several addresses, as page and attachment, edited or re-published.

One version of a work is preferred, by the rules below in their order; the reason kept is the first
rule in which it is better than the next best.
"""

from dataclasses import dataclass

from archive.database import DatabaseWriter
from archive.links.versions import FIRST_OF_VERSION
from archive.urls import is_official


@dataclass(frozen=True, slots=True)
class Preference:
    """A rule: the lower the SQL expression over `reports`, the better; `reason` tells what won."""

    expression: str
    reason: str


PREFERENCES = (
    Preference(
        "CASE tables WHEN 'read' THEN 0 WHEN 'partial' THEN 1 WHEN 'none' THEN 2 "
        "WHEN 'uncaptured_attachment' THEN 3 ELSE 4 END",
        "its tables are the most readable",
    ),
    Preference("NOT is_official(source_url)", "it stands on an official host"),
    Preference("version < last_version", "it is the latest version"),
    Preference("source_url <> page_url", "it is the page, not an attachment"),
    Preference("first_seen", "it was seen first"),
    Preference("report_id", "it is equal to another and comes first by id"),
    Preference("-version", "it is the latest of its outdated versions"),
)

_GROUP = """
UPDATE reports SET preferred = 0, preferred_reason = '', work_id = CASE
  WHEN agency_id <> '' AND year IS NOT NULL THEN agency_id || '|' || year || '|' || scope
  WHEN agency <> '' AND page_url <> '' AND year IS NOT NULL
  THEN 'page|' || page_url || '|' || agency || '|' || year || '|' || scope
  ELSE 'report|' || report_id END
"""


def group(database: DatabaseWriter) -> None:
    """Gives each report its work: agency, year and scope.

    A body that is not declared has the same name on one page: there its reports are of one work.
    Without name or year a report stands alone.
    """
    database.execute(_GROUP)


def prefer(database: DatabaseWriter) -> None:
    """Marks the preferred version of each work and tells why."""
    database.create_function("is_official", is_official)
    database.execute(_prefer_sql())


def _prefer_sql() -> str:
    keys = [f"({rule.expression})" for rule in PREFERENCES]
    order = ", ".join(keys)
    named = ", ".join(f"{key} AS key{n}" for n, key in enumerate(keys))
    following = ", ".join(f"lead(key{n}) OVER best AS next{n}" for n in range(len(keys)))
    reasons = " ".join(
        f"WHEN key{n} IS NOT next{n} THEN '{rule.reason}'" for n, rule in enumerate(PREFERENCES)
    )
    return f"""
WITH candidates AS (
  SELECT *, {named}, row_number() OVER (PARTITION BY work_id ORDER BY {order}) AS place
  FROM ({FIRST_OF_VERSION}) WHERE nth_of_version = 1
), ranked AS (
  SELECT *, {following}, count(*) OVER (PARTITION BY work_id) AS versions
  FROM candidates WINDOW best AS (PARTITION BY work_id ORDER BY place)
)
UPDATE reports SET preferred = 1, preferred_reason = CASE
  WHEN ranked.versions = 1 THEN 'it is the only version' {reasons} ELSE '' END
FROM ranked WHERE ranked.place = 1
  AND reports.report_id = ranked.report_id AND reports.snapshot = ranked.snapshot
"""
