"""Time limits on statements, so that no question hangs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from archive.errors import SurroundingsError
from query.corpus import Corpus

INSTRUCTIONS_BETWEEN_LOOKS = 10_000


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
