"""Costly extractions are made once: what was kept of these bytes by this extractor is used again.

Readers ask through `converted`. Whoever reads from an archive opens its shelf with `kept_in`;
without one, as for `gongkai check FILE`, everything is made anew and nothing is stored.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from archive.records import Capture
from archive.warc.conversions import Key
from pipelines.limits import RefusedError


@dataclass(frozen=True, slots=True)
class Extractor:
    """A costly extraction. `version` names all that its result depends on, beside the bytes."""

    name: str
    version: str
    media_type: str

    @property
    def identity(self) -> str:
        """Name and version: results are shared between equal ones only."""
        return f"{self.name} {self.version}"


class Shelf(Protocol):
    """Where conversions are kept; see `archive.warc.conversions.Shelf`."""

    def find(self, key: Key) -> bytes | None:
        """The content of a conversion that was kept."""

    def keep(self, key: Key, content: bytes, media_type: str, source: Capture | None) -> None:
        """Keeps one."""


class ReadOnly:
    """A shelf that is looked at and never laid on: for those who only show an archive."""

    def __init__(self, shelf: Shelf) -> None:
        """Looks at that shelf."""
        self._shelf = shelf

    def find(self, key: Key) -> bytes | None:
        """The content of a conversion that was kept."""
        return self._shelf.find(key)

    def keep(self, key: Key, content: bytes, media_type: str, source: Capture | None) -> None:
        """Keeps nothing."""


# Refusals that another machine, or a quieter hour, may not give.
PASSING = frozenset({"too_slow", "out_of_memory"})
_REFUSAL = b"gongkai refusal 1\n"

_shelf: ContextVar[Shelf | None] = ContextVar("shelf", default=None)
_source: ContextVar[Capture | None] = ContextVar("source", default=None)


@contextmanager
def kept_in(shelf: Shelf) -> Iterator[None]:
    """What is extracted within is looked for on that shelf, and laid there."""
    token = _shelf.set(shelf)
    try:
        yield
    finally:
        _shelf.reset(token)


@contextmanager
def made_from(capture: Capture) -> Iterator[None]:
    """What is extracted within comes from that capture."""
    token = _source.set(capture)
    try:
        yield
    finally:
        _source.reset(token)


def converted(payload: bytes, extractor: Extractor, extract: Callable[[], bytes]) -> bytes:
    """The content that an extractor makes of a payload; `extract` makes it if it was not kept.

    A refusal is kept as well, so that it is not tried for again.

    Raises:
        RefusedError: the extractor refuses the payload, now or when it was asked before.
    """
    shelf = _shelf.get()
    if shelf is None:
        return extract()
    key = Key(hashlib.sha256(payload).hexdigest(), extractor.identity)
    content = shelf.find(key)
    if content is None:
        content = _made_or_refused(extract)
        shelf.keep(key, content, extractor.media_type, _source.get())
    if content.startswith(_REFUSAL):
        raise RefusedError(*json.loads(content.removeprefix(_REFUSAL)))
    return content


def _made_or_refused(extract: Callable[[], bytes]) -> bytes:
    """What an extractor made, or its refusal; that it took too long may be the machine's fault."""
    try:
        return extract()
    except RefusedError as error:
        if error.code in PASSING:
            raise
        return _REFUSAL + json.dumps([error.code, str(error)], ensure_ascii=False).encode()
