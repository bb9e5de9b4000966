"""Files of other writers as plain bytes: unpacked piece by piece, told where they are damaged."""

import io
import zlib
from typing import IO, Any

from archive.warc import members
from archive.warc.members import BadMember

_CHUNK = 1 << 16
_GZIP = zlib.MAX_WBITS + 16


def is_gzip(stream: IO[bytes]) -> bool:
    """Whether the stream starts as gzip does; it stands at its start afterwards."""
    return _head(stream).startswith(members.MAGIC)


def is_zip(stream: IO[bytes]) -> bool:
    """Whether the stream starts as a zip file does; it stands at its start afterwards."""
    return _head(stream).startswith(b"PK")


def is_zstandard(stream: IO[bytes]) -> bool:
    """Whether the stream is packed with Zstandard; it stands at its start afterwards."""
    return _head(stream) == b"\x28\xb5\x2f\xfd"


def _head(stream: IO[bytes]) -> bytes:
    head = stream.read(4)
    stream.seek(0)
    return head


class GzipPieces(io.RawIOBase):
    """What gzip members hold, one after the other, from `start` on.

    It ends at the end of the file or at damage; `next_member()` is where reading may go on.

    Attributes:
        damage: what is damaged, empty where nothing is.
        sound: how many of the unpacked bytes are of members that came whole, checksum included.
    """

    def __init__(self, stream: Any, start: int = 0) -> None:
        """`stream` is seekable."""
        self.damage = ""
        self.sound = self._given = 0
        self._stream = stream
        self._stream.seek(start)
        self._begin(start, b"")
        self._read = start

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """See `io.RawIOBase`."""
        piece = b"" if self.damage else self._piece(len(buffer))
        buffer[: len(piece)] = piece
        self._given += len(piece)
        return len(piece)

    def next_member(self) -> int | None:
        """Where the next readable member starts after damage; nothing if there is none."""
        bad = members.skip(self._stream, BadMember(self._member, 1, self.damage, False))
        after = bad.offset + bad.length
        self._stream.seek(after)
        return after if self._stream.read(1) else None

    def _begin(self, offset: int, ahead: bytes) -> None:
        self._member, self._ahead = offset, ahead
        self._unpacker = zlib.decompressobj(_GZIP)

    def _piece(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end."""
        while True:
            if self._unpacker.eof:
                self.sound = self._given
                rest = self._unpacker.unused_data
                self._begin(self._read - len(rest), rest)
            started = bool(self._ahead) or self._read > self._member
            if not self._ahead and not self._fill():
                if started:
                    self.damage = f"the file ends inside the gzip member at byte {self._member}"
                return b""
            try:
                piece = self._unpacker.decompress(self._ahead, size)
            except zlib.error as error:
                self.damage = f"the gzip member at byte {self._member} is damaged: {error}"
                return b""
            self._ahead = self._unpacker.unconsumed_tail
            if piece:
                return piece

    def _fill(self) -> bool:
        self._ahead = self._stream.read(_CHUNK)
        self._read += len(self._ahead)
        return bool(self._ahead)
