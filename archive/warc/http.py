"""HTTP messages as recorded: heads, transfer coding, content coding.

Nothing here refuses a message: what a server sent wrongly is kept and read as far as it goes.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

from archive.errors import GongkaiError

MAX_CONTENT_BYTES = 200 << 20
_GZIP = b"\x1f\x8b\x08"


class ContentError(GongkaiError):
    """A payload whose content coding cannot be undone. `kind` is `bomb`, `coding` or `damaged`."""

    def __init__(self, kind: str, detail: str) -> None:
        """`detail` is one plain sentence."""
        super().__init__(detail)
        self.kind = kind


@dataclass(frozen=True)
class Message:
    """A request or response: first line, header fields in order, and the body as on the wire.

    What is worked out of them is worked out once.
    """

    first_line: str
    fields: tuple[tuple[str, str], ...]
    body: bytes
    head: bytes

    @cached_property
    def headers(self) -> dict[str, str]:
        """Names in lower case, the first of duplicates."""
        return {name.lower(): value for name, value in reversed(self.fields)}

    @cached_property
    def status(self) -> int | None:
        """The status code of a response; missing where there is none."""
        parts = self.first_line.split(None, 2)
        if len(parts) < 2 or not parts[0].startswith("HTTP/") or not parts[1].isdigit():
            return None
        return int(parts[1][:4])

    @property
    def reason(self) -> str:
        """The reason phrase of a response."""
        return "".join(self.first_line.split(None, 2)[2:]).strip()

    @cached_property
    def payload(self) -> bytes:
        """The body without transfer coding: what the payload digest is taken of."""
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return dechunk(self.body)
        return self.body


def parse(message: bytes) -> Message:
    """Splits a message. Interim (1xx) responses before the last one are passed over."""
    while True:
        head, body = _split(message)
        lines = head.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
        fields = tuple(_fields(lines[1:]))
        parsed = Message(text_of(lines[0]), fields, body, head)
        status = parsed.status
        if status is None or not 100 <= status < 200 or status == 101 or not body:
            return parsed
        message = body


def dechunk(body: bytes) -> bytes:
    """Undoes the chunked coding; a body that is not so coded comes back as it is.

    Where the framing breaks off, what came until then is returned.
    """
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at)
        size = _chunk_size(body[at:end]) if end >= 0 else None
        if size is None:
            return b"".join(pieces) if pieces else (body if at == 0 else b"")
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[end + 1 : end + 1 + size])
        at = end + 1 + size
        at += 2 if body[at : at + 2] == b"\r\n" else (1 if body[at : at + 1] == b"\n" else 0)


def decode_content(
    payload: bytes, headers: Mapping[str, str], limit: int = MAX_CONTENT_BYTES
) -> bytes:
    """Undoes the content coding (gzip, deflate, br, zstd).

    A payload that is labelled as coded but is not (seen on portals) comes back as it is; one that
    breaks off gives what came until then.

    Raises:
        ContentError: `bomb` over `limit` bytes, `coding` for an unknown or missing decoder.
    """
    for coding in reversed(codings_of(payload, headers)):
        decoder = _decoders().get(coding)
        if decoder is None:
            raise ContentError("coding", f"content coding {coding} cannot be undone here")
        payload = _decoded(payload, decoder, limit)
    return payload


def codings_of(payload: bytes, headers: Mapping[str, str]) -> list[str]:
    """The codings of a payload, in the order in which they were made.

    Those of its label; a text that came as a gzip stream without one is in that.
    """
    told = [c.strip().lower() for c in headers.get("content-encoding", "").split(",")]
    labelled = [c for c in told if c not in ("", "identity", "none", "utf-8")]
    is_text = headers.get("content-type", "").strip().lower().startswith("text/")
    unlabelled = not labelled and is_text and payload.startswith(_GZIP)
    return ["gzip"] if unlabelled else labelled


def text_of(raw: bytes) -> str:
    """A header line as text: UTF-8, else GB 18030 (as many portals send), else Latin-1."""
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _split(message: bytes) -> tuple[bytes, bytes]:
    after = message.find(b"\r\n\r\n") + 4
    bare = message.find(b"\n\n", 0, after if after > 3 else None) + 2
    ends = [end for end, found in ((after, after > 3), (bare, bare > 1)) if found]
    end = min(ends, default=len(message))
    return message[:end], message[end:]


def _fields(lines: list[bytes]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon:
            yield text_of(name).strip(), text_of(value).strip()


def _chunk_size(line: bytes) -> int | None:
    digits = line.split(b";", 1)[0].strip()
    try:
        return int(digits, 16) if digits.isalnum() else None
    except ValueError:
        return None


Decompressor = Any


def _decoders() -> dict[str, Callable[[bytes], Iterator[bytes]]]:
    found: dict[str, Callable[[bytes], Iterator[bytes]]] = {
        "gzip": _gunzip,
        "x-gzip": _gunzip,
        "deflate": _inflate,
    }
    if (brotli := _optional("brotli")) is not None:
        found["br"] = lambda data: _brotli(brotli.Decompressor(), data)
    zstd = _optional("compression.zstd") or _optional("backports.zstd")
    if zstd is not None:
        found["zstd"] = lambda data: _pumped(zstd.ZstdDecompressor(), data)
    return found


def _optional(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def _decoded(payload: bytes, decoder: Callable[[bytes], Iterator[bytes]], limit: int) -> bytes:
    pieces: list[bytes] = []
    held = 0
    try:
        for piece in decoder(payload):
            held += len(piece)
            if held > limit:
                raise ContentError("bomb", f"the content unpacks to more than {limit} bytes")
            pieces.append(piece)
    except ContentError:
        raise
    except Exception:  # each library has errors of its own
        return b"".join(pieces) if pieces else payload
    return b"".join(pieces)


_STEP = 1 << 20


def _gunzip(data: bytes) -> Iterator[bytes]:
    while data:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
        yield from _zlib_pumped(unpacker, data)
        data = unpacker.unused_data if unpacker.unused_data[:2] == b"\x1f\x8b" else b""


def _inflate(data: bytes) -> Iterator[bytes]:
    """RFC 9110 means the zlib form; some servers send bare deflate data."""
    zlib_form = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return _zlib_pumped(zlib.decompressobj(zlib.MAX_WBITS if zlib_form else -zlib.MAX_WBITS), data)


def _zlib_pumped(unpacker: Decompressor, data: bytes) -> Iterator[bytes]:
    while data and not unpacker.eof:
        yield unpacker.decompress(data, _STEP)
        data = unpacker.unconsumed_tail
    yield unpacker.flush() if unpacker.eof else b""


def _brotli(unpacker: Decompressor, data: bytes) -> Iterator[bytes]:
    yield unpacker.process(data, output_buffer_limit=_STEP)
    while not unpacker.can_accept_more_data():
        yield unpacker.process(b"", output_buffer_limit=_STEP)


def _pumped(unpacker: Decompressor, data: bytes) -> Iterator[bytes]:
    yield unpacker.decompress(data, _STEP)
    while not unpacker.eof and not unpacker.needs_input:
        yield unpacker.decompress(b"", _STEP)
