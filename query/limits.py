"""Limits on statements, so that no question hangs or fills the memory.

SQLite looks at the clock between the steps of a statement only. So what a single step may take is
bounded too: the length of values and patterns, and widths in `printf`.
"""

import os
import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from archive.errors import SurroundingsError
from query.corpus import Corpus, Value

INSTRUCTIONS_BETWEEN_LOOKS = 10_000
BYTES_A_VALUE = 10_000_000
BYTES_A_PATTERN = 1_000
SECONDS_OF_GRACE = 2.0
# A width or precision of five digits or more, or one taken from an argument.
_WIDE = re.compile(r"%[-+ 0#,!]*(\d{5,}|\*|\d*\.(\d{5,}|\*))")


@contextmanager
def time_limit(corpus: Corpus, seconds: float) -> Iterator[None]:
    """Ends the statements within a `with` block when the time is up.

    Raises:
        SurroundingsError: the time was up.
    """
    end, late = time.monotonic() + seconds, False

    def look() -> bool:
        nonlocal late
        late = time.monotonic() > end
        return late

    corpus.connection.set_progress_handler(look, INSTRUCTIONS_BETWEEN_LOOKS)
    try:
        yield
    except Exception as error:
        if late:
            text = f"stopped after {seconds:g} seconds: narrow the question"
            raise SurroundingsError(text) from error
        raise
    finally:
        corpus.connection.set_progress_handler(None, 0)


@contextmanager
def hard_stop(seconds: float) -> Iterator[None]:
    """Ends the whole program when a `with` block takes longer, and some grace: for commands only.

    Within one step of a statement nothing else can end it.
    """

    def stop() -> None:
        message = f"gongkai: stopped after {seconds:g} seconds: narrow the question\n"
        os.write(2, message.encode())
        os._exit(SurroundingsError.exit_status)

    timer = threading.Timer(seconds + SECONDS_OF_GRACE, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def bound_values(connection: sqlite3.Connection) -> None:
    """Bounds what a single step of a statement on a connection may take."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, BYTES_A_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, BYTES_A_PATTERN)
    for name in ("printf", "format"):
        connection.create_function(name, -1, _printf)


def _printf(*arguments: Value) -> Value | bytes:
    """SQLite's own, but too long at once for widths that it would fill one by one."""
    if arguments and _WIDE.search(str(arguments[0])):
        return bytes(BYTES_A_VALUE + 1)
    marks = ", ".join("?" * len(arguments))
    with closing(sqlite3.connect(":memory:")) as own:
        found: Value = own.execute(f"SELECT printf({marks})", arguments).fetchone()[0]
    return found
