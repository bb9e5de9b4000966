"""What was read of the captures, told to a fleet whose workers do not read reports."""

from contextlib import closing
from pathlib import Path

from archive.dbfile import open_readonly
from archive.index import READING
from archive.postgres.connection import connect, told

_READ = f"""SELECT record_id, {READING} FROM captures
WHERE role = 'page' AND record_id IN (SELECT snapshot FROM reports)"""
_FRESH = "CREATE TEMP TABLE fresh (LIKE gongkai.readings) ON COMMIT DROP"
_TAKE_IN = """INSERT INTO gongkai.readings SELECT * FROM fresh
ON CONFLICT (record_id) DO UPDATE SET reading = excluded.reading
WHERE readings.reading <> excluded.reading"""


def tell_readings(address: str, database: Path) -> None:
    """Tells the fleet's index what a database has read of its captures.

    Args:
        address: of the server.
        database: of the archive into which the fleet's files are gathered.

    Raises:
        SurroundingsError: if the server does not answer, or there is no such database.
    """
    import psycopg

    with closing(open_readonly(database)) as source, closing(connect(address)) as connection:
        try:
            with connection.transaction():
                connection.execute(_FRESH)
                with connection.cursor().copy("COPY fresh FROM STDIN") as copy:
                    for row in source.execute(_READ):
                        copy.write_row(tuple(row))
                connection.execute(_TAKE_IN)
        except psycopg.Error as error:
            raise told(error) from error
