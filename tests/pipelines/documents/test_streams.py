"""Streams of PDF files that unfold to too much."""

import random
import zlib

import pytest

from pipelines.limits import RefusedError
from pipelines.pdf import streams
from pipelines.pdf.streams import check_streams

CONTENT = b"<</Length 1/Filter/FlateDecode>>"
FONT = b"<</Length 1/Length1 9/Filter/FlateDecode>>"


def deflated(size: int) -> bytes:
    """Bytes that unfold to more than `size`, too many to be passed over."""
    return zlib.compress(random.Random(1).randbytes(streams.SHORTEST) + bytes(size))


def file_of(*parts: tuple[bytes, bytes]) -> bytes:
    """Objects with a dictionary and a stream each."""
    return b"%PDF-1.4\n" + b"".join(
        b"1 0 obj" + head + b"stream\n" + data + b"\nendstream\nendobj\n" for head, data in parts
    )


@pytest.fixture(autouse=True)
def low_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_UNFOLDED", 100_000)


def test_streams_count_together() -> None:
    check_streams(file_of((CONTENT, deflated(40_000))))
    with pytest.raises(RefusedError, match="unfold"):
        check_streams(file_of((CONTENT, deflated(40_000)), (CONTENT, deflated(40_000))))


def test_whole_fonts_are_no_content() -> None:
    check_streams(file_of((FONT, deflated(200_000)), (CONTENT, deflated(10))))


def test_streams_that_do_not_end_are_looked_at_once() -> None:
    check_streams(b"%PDF-1.4\n" + b"stream\n" * 50_000)
