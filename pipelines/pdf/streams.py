"""Streams of PDF files that unfold to more than any page needs, told before they are opened.

The library unfolds and parses a page's whole content, at twenty times its size in memory.
"""

import re
import zlib
from collections.abc import Iterable, Iterator

from pipelines.limits import RefusedError

# The long streams of a file together; a page's content may be cut into many.
MAX_UNFOLDED = 64_000_000
# Deflate makes nothing more than some thousand times as long: shorter streams are not looked at.
SHORTEST = 20_000
CHUNK = 1_000_000
# So often is a stream unfolded that is deflated more than once; pieces so much shorter count then.
MOST_TIMES, THINNEST = 4, 1_000
# A stream's dictionary is looked for in so many bytes before it.
DICTIONARY = 600

# What the dictionaries of pictures and of embedded fonts (ISO 32000-1, table 127) say.
_APART = (b"/Image", b"/Length1", b"/CIDFontType0C", b"/Type1C", b"/OpenType")
_DEFLATED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_START = re.compile(rb"(?<!end)stream\r?\n")


def check_streams(payload: bytes) -> None:
    """Passes files whose deflated streams, pictures and fonts aside, stay within bounds.

    Raises:
        RefusedError: they do not.
    """
    left = MAX_UNFOLDED
    end = 0
    while (found := _START.search(payload, max(payload.find(b"stream", end), end))) is not None:
        start = found.end()
        end = payload.find(b"endstream", start)
        end = len(payload) if end < 0 else end + len(b"endstream")
        if end - start < SHORTEST // THINNEST:
            continue
        head = _dictionary(payload, found.start())
        if end - start < SHORTEST and times_deflated(head) < 2:
            continue
        if any(mark in head for mark in _APART):
            continue
        data = payload[start:end]
        left -= sum(map(len, inflated(data, max(times_deflated(head), 1), left)))
        if left < 0:
            detail = f"the streams of the PDF unfold to more than {MAX_UNFOLDED} bytes"
            raise RefusedError("bomb", detail)


def _dictionary(payload: bytes, start: int) -> bytes:
    """The dictionary before a stream, or its end."""
    return payload[max(0, start - DICTIONARY) : start].rpartition(b" obj")[2]


def times_deflated(head: bytes) -> int:
    """How often a stream was deflated, by its dictionary; once for filters not named there."""
    return len(_DEFLATED.findall(head)) or int(b"/Filter" in head)


def inflated(data: bytes, times: int, bound: int) -> Iterator[bytes]:
    """Pieces of what a stream unfolds to, to just over `bound` bytes; damaged ends are left out."""
    pieces: Iterable[bytes] = [data]
    for _ in range(min(times, MOST_TIMES)):
        pieces = _once_inflated(pieces)
    length = 0
    for piece in pieces:
        length += len(piece)
        yield piece
        if length > bound:
            return


def _once_inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    reader = zlib.decompressobj()
    try:
        for piece in pieces:
            data = piece
            while data and not reader.eof:
                yield reader.decompress(data, CHUNK)
                data = reader.unconsumed_tail
    except zlib.error:
        return
