"""What questions in SQL may not see: withdrawn records and what the tombstones say of them."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from query.corpus import NOT_WITHDRAWN

HIDDEN = ("captures", "withdrawals")
RAW_PAGES = "sqlite_dbpage"  # the bytes of the file, where SQLite was built to show them


def reads_hidden(action: int, name: str | None) -> bool:
    """Whether an action, as SQLite's authorizer is told of it, reads a hidden table."""
    return action == sqlite3.SQLITE_READ and name in (*HIDDEN, RAW_PAGES)


@contextmanager
def filtered_captures(connection: sqlite3.Connection) -> Iterator[str]:
    """For the length of a `with` block, `captures` means those that were not withdrawn.

    Gives the name of the view that does the filtering. It is new each time: a common table
    expression of a known name would be taken for the view.
    """
    secret = f"captures_{secrets.token_hex(16)}"
    connection.execute(
        f"CREATE TEMP VIEW {secret} AS SELECT * FROM main.captures WHERE {NOT_WITHDRAWN}"
    )
    connection.execute(f"CREATE TEMP VIEW captures AS SELECT * FROM temp.{secret}")
    try:
        yield secret
    finally:
        connection.execute("DROP VIEW temp.captures")
        connection.execute(f"DROP VIEW temp.{secret}")


def deny_hidden(connection: sqlite3.Connection) -> None:
    """Denies a connection the hidden tables for good."""

    def authorise(action: int, name: str | None, *_rest: str | None) -> int:
        return sqlite3.SQLITE_DENY if reads_hidden(action, name) else sqlite3.SQLITE_OK

    connection.set_authorizer(authorise)
