"""A connection to the PostgreSQL that a fleet shares."""

from pathlib import Path
from typing import Any

from archive.errors import SurroundingsError

SCHEMA = Path(__file__).with_name("schema.sql")
# Taken while tables are made, so that two workers that start at once do not.
_MAKING = 7_063_811_094


def connect(address: str) -> Any:
    """An open connection (psycopg 3), each statement a transaction, with the tables made.

    Raises:
        SurroundingsError: if psycopg is not installed or the server does not answer.
    """
    try:
        import psycopg
        from psycopg.rows import dict_row
    except ImportError as error:
        lacking = "a fleet needs PostgreSQL's client: pip install 'gongkai[scale]'"
        raise SurroundingsError(lacking) from error
    try:
        connection = psycopg.connect(address, autocommit=True, row_factory=dict_row)
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
            connection.execute(SCHEMA.read_text(encoding="utf-8"))
    except psycopg.Error as error:
        raise told(error) from error
    return connection


def told(error: Exception) -> SurroundingsError:
    """An error of the server as one clear line."""
    return SurroundingsError(f"PostgreSQL: {str(error).strip() or type(error).__name__}")
