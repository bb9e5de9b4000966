"""Streams of PDF files that unfold to more than any page needs, told before they are opened.

The library unfolds and parses a page's whole content, at twenty times its size in memory.
"""

import re
import zlib

from pipelines.limits import RefusedError

# The long streams of a file together; a page's content may be cut into many.
MAX_UNFOLDED = 64_000_000
# Deflate makes nothing more than some thousand times as long: shorter streams are not looked at.
SHORTEST = 20_000
CHUNK = 1_000_000
# A stream's dictionary is looked for in so many bytes before it.
DICTIONARY = 600

# What the dictionaries of pictures and of embedded fonts (ISO 32000-1, table 127) say.
_APART = (b"/Image", b"/Length1", b"/CIDFontType0C", b"/Type1C", b"/OpenType")
_START = re.compile(rb"(?<!end)stream\r?\n")


def check_streams(payload: bytes) -> None:
    """Passes files whose deflated streams, pictures and fonts aside, stay within bounds.

    Raises:
        RefusedError: they do not.
    """
    left = MAX_UNFOLDED
    end = 0
    for found in _START.finditer(payload):
        start = found.end()
        if start <= end:
            continue  # within the one before: streams hold no others
        end = payload.find(b"endstream", start)
        end = len(payload) if end < 0 else end
        if end - start < SHORTEST or _is_apart(payload, found.start()):
            continue
        left -= _unfolded(payload[start:end], left)
        if left < 0:
            detail = f"the streams of the PDF unfold to more than {MAX_UNFOLDED} bytes"
            raise RefusedError("bomb", detail)


def _is_apart(payload: bytes, start: int) -> bool:
    """Whether the dictionary before a stream is that of a picture or font: no page's content."""
    before = payload[max(0, start - DICTIONARY) : start].rpartition(b" obj")[2]
    return any(mark in before for mark in _APART)


def _unfolded(data: bytes, bound: int) -> int:
    """How many bytes deflated data makes, counted to just over a bound; 0 for other data."""
    reader = zlib.decompressobj()
    length = 0
    try:
        while data and length <= bound and not reader.eof:
            length += len(reader.decompress(data, CHUNK))
            data = reader.unconsumed_tail
    except zlib.error:
        return length
    return length
