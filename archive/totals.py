"""What only whole tables tell, asked once by the linking pass.

How much there is of what, and the failed checks, largest changes and unread tables of the whole
collection.
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
MOST_LISTED, MOST_JUMPS = 100, 30
# Each is a table of that name; its rows are in order.
LISTED = {
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
        "SELECT b.agency, b.year, a.report_id AS before_id, b.report_id, o.indicator,"
        " o.value_std AS former, p.value_std AS latter, o.observation_id AS former_id,"
        " p.observation_id AS latter_id FROM reports a JOIN reports b ON"
        " b.agency_id = a.agency_id AND b.scope = a.scope AND b.year = a.year + 1"
        " JOIN observations o ON o.report_id = a.report_id AND o.snapshot = a.snapshot"
        " JOIN observations p ON p.report_id = b.report_id AND p.snapshot = b.snapshot"
        " AND p.indicator = o.indicator AND p.applicant = o.applicant AND p.period = o.period"
        " AND p.method = o.method"
        " WHERE a.preferred = 1 AND b.preferred = 1 AND a.agency_id <> ''"
        " AND o.indicator IN ('requests.new', 'requests.received')"
        " AND o.applicant IN ('', 'total') AND o.value_std IS NOT NULL AND p.value_std IS NOT NULL"
        " AND o.method = 'table' AND o.period = 'year' GROUP BY b.report_id, o.indicator"
        f" ORDER BY abs(p.value_std - o.value_std) DESC, b.report_id LIMIT {MOST_JUMPS}"
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
