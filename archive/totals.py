"""What only whole tables tell, asked once by the linking pass.

How much there is of what, and the newest reports, failed checks, largest changes and unread tables
of the whole collection.
"""

import sqlite3

COUNTED = {
    "reports": "SELECT count(*) FROM reports WHERE preferred = 1",
    "agencies": "SELECT count(DISTINCT agency_id) FROM reports WHERE preferred = 1",
    "first": "SELECT min(year) FROM reports WHERE preferred = 1",
    "last": "SELECT max(year) FROM reports WHERE preferred = 1",
    "figures": "SELECT count(*) FROM observations WHERE status = 'reported'",
    "failed_checks": "SELECT count(*) FROM checks WHERE verdict = 'fails'",
    "problems": "SELECT count(*) FROM problems",
    "captures": "SELECT count(*) FROM captures",
}
TABLE = "totals"
MOST_LISTED, MOST_JUMPS, MOST_NEWEST = 100, 30, 20
# Each is a table of that name; its rows are in order.
LISTED = {
    "totals_newest": (
        "SELECT report_id, year, agency, region, title FROM reports WHERE preferred = 1"
        " ORDER BY coalesce(year, 0) DESC, coalesce(nullif(stated_date, ''), signed_date) DESC,"
        f" report_id DESC, snapshot DESC LIMIT {MOST_NEWEST}"
    ),
    "totals_failed": (
        "SELECT r.report_id, r.agency, r.year, c.identity, c.applicant, c.clause, c.severity,"
        " c.difference FROM checks c JOIN reports r USING (report_id, snapshot)"
        " WHERE c.verdict = 'fails' AND r.preferred = 1"
        f" ORDER BY abs(CAST(c.difference AS REAL)) DESC, r.report_id, c.n LIMIT {MOST_LISTED}"
    ),
    "totals_unread": (
        "SELECT report_id, agency, year, tables, title FROM reports WHERE preferred = 1 AND tables"
        " IN ('partial', 'picture', 'uncaptured_attachment') ORDER BY year DESC, report_id"
        f" LIMIT {MOST_LISTED}"
    ),
    "totals_jumps": (
        "WITH figures AS (SELECT r.agency, r.year, r.report_id, o.observation_id, o.indicator,"
        " o.value_std, lag(r.year) OVER former AS former_year, lag(r.report_id) OVER former AS"
        " before_id, lag(o.value_std) OVER former AS former, lag(o.observation_id) OVER former AS"
        " former_id FROM observations o CROSS JOIN reports r USING (report_id, snapshot)"
        " WHERE r.preferred = 1 AND r.agency_id <> '' AND r.year IS NOT NULL"
        " AND o.indicator IN ('requests.new', 'requests.received')"
        " AND o.applicant IN ('', 'total') AND o.value_std IS NOT NULL"
        " AND o.method = 'table' AND o.period = 'year' WINDOW former AS (PARTITION BY r.agency_id,"
        " r.scope, o.indicator, o.applicant ORDER BY r.year, r.report_id, r.snapshot, o.n))"
        " SELECT agency, year, before_id, report_id, indicator, former, value_std AS latter,"
        " former_id, observation_id AS latter_id, max(abs(value_std - former)) AS change"
        " FROM figures WHERE former_year = year - 1 GROUP BY report_id, indicator"
        f" ORDER BY change DESC, report_id, indicator LIMIT {MOST_JUMPS}"
    ),
}


def fill(connection: sqlite3.Connection) -> None:
    """Makes the tables anew; a transaction that is open is joined."""
    for name, sql in LISTED.items():
        connection.execute(f"DROP TABLE IF EXISTS {name}")
        connection.execute(f"CREATE TABLE {name} AS {sql}")
    connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
    connection.execute(f"CREATE TABLE {TABLE} (name TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID")
    for name, sql in COUNTED.items():
        connection.execute(f"INSERT INTO {TABLE} VALUES (?, ({sql}))", [name])
