"""How much there is of what, counted once by the linking pass: counting anew reads whole tables."""

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


def fill(connection: sqlite3.Connection) -> None:
    """Makes the table anew; a transaction that is open is joined."""
    connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
    connection.execute(f"CREATE TABLE {TABLE} (name TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID")
    for name, sql in COUNTED.items():
        connection.execute(f"INSERT INTO {TABLE} VALUES (?, ({sql}))", [name])
