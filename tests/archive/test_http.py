"""HTTP messages of all kinds of servers."""

import gzip
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.warc.http import ContentError, dechunk, decode_content, parse
from tests.archive.exchanges import chunked

BODY = "政府信息公开".encode() * 1000


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


CODINGS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "two gzip members": ("x-gzip", lambda b: gzip.compress(b[:9]) + gzip.compress(b[9:])),
    "zlib": ("deflate", zlib.compress),
    "bare deflate": ("deflate", bare_deflate),
    "br": ("br", brotli.compress),
    "gzip in br": ("gzip, br", lambda b: brotli.compress(gzip.compress(b))),
    "none": ("identity", lambda b: b),
    "labelled but plain": ("gzip", lambda b: b),
}


@pytest.mark.parametrize(("label", "pack"), CODINGS.values(), ids=CODINGS.keys())
def test_content_codings_are_undone(label: str, pack: Callable[[bytes], bytes]) -> None:
    assert decode_content(pack(BODY), {"content-encoding": label}) == BODY


def test_a_cut_off_body_gives_what_came() -> None:
    got = decode_content(gzip.compress(BODY)[:-20], {"content-encoding": "gzip"})
    assert BODY.startswith(got)
    assert len(got) > 100


@pytest.mark.parametrize("label", ["gzip", "br", "deflate"])
def test_bombs_are_refused(label: str) -> None:
    pack = {"gzip": gzip.compress, "br": brotli.compress, "deflate": zlib.compress}[label]
    with pytest.raises(ContentError) as caught:
        decode_content(pack(bytes(5_000_000)), {"content-encoding": label}, limit=1_000_000)
    assert caught.value.kind == "bomb"


def test_an_unknown_coding_is_told() -> None:
    with pytest.raises(ContentError) as caught:
        decode_content(b"x", {"content-encoding": "compress"})
    assert caught.value.kind == "coding"


@given(st.binary(max_size=500), st.integers(1, 60))
def test_chunks_are_undone(body: bytes, size: int) -> None:
    assert dechunk(chunked(body, size)) == body


@given(st.binary(max_size=300))
def test_nothing_from_the_wire_raises(message: bytes) -> None:
    parsed = parse(message)
    assert parsed.payload is not None
    assert len(dechunk(message)) <= len(message)


def test_what_is_not_chunked_stays() -> None:
    assert dechunk(b"<html>no chunks") == b"<html>no chunks"


def test_interim_responses_are_passed_over() -> None:
    message = parse(b"HTTP/1.1 103 Early Hints\r\nA: 1\r\n\r\nHTTP/1.1 200 OK\r\nB: 2\r\n\r\nbody")
    assert (message.status, message.headers, message.body) == (200, {"b": "2"}, b"body")
