"""Pictures of reports: sized before they are decoded; their text needs the `ocr` extra."""

import struct
from collections.abc import Callable, Mapping
from importlib import import_module

from parsers.records import Document
from pipelines.assembly import problem
from pipelines.ocr import MAX_PIXELS, is_available
from pipelines.sniff import media_type

MAX_TAGS = 200


def read_image(payload: bytes) -> Document:
    """The text of a picture; without the `ocr` extra, only that it is one and how large."""
    kind = media_type(payload)
    width, height = picture_size(payload, kind)
    place = f"image:@0,0,{width},{height}"
    if width * height > MAX_PIXELS:
        detail = f"the picture claims {width} x {height} pixels, more than are looked at"
        return Document((), kind, problems=(problem("bomb", detail, place),))
    if is_available():
        found: Document = import_module("pipelines.ocr.pictures").recognised(payload, kind)
        return found
    detail = f"a picture of {width} x {height} pixels; to read it, install gongkai[ocr]"
    return Document((), kind, problems=(problem("picture", detail, place),))


def picture_size(payload: bytes, kind: str) -> tuple[int, int]:
    """Width and height in pixels from the header alone; zeros where it does not tell."""
    try:
        return _SIZES[kind](payload)
    except (struct.error, IndexError):
        return 0, 0


def _bitmap_size(payload: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<ii", payload, 18)
    return abs(width), abs(height)


def _webp_size(payload: bytes) -> tuple[int, int]:
    """The canvas of the extended format, or the frame of the two simple ones (RFC 9649, 2)."""
    form = payload[12:16]
    if form == b"VP8X":
        width, height = (int.from_bytes(payload[at : at + 3], "little") for at in (24, 27))
        return width + 1, height + 1
    if form == b"VP8L":
        (bits,) = struct.unpack_from("<I", payload, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", payload, 26)
    return width & 0x3FFF, height & 0x3FFF


def _tiff_size(payload: bytes) -> tuple[int, int]:
    """Tags 256 and 257 of the first directory (TIFF 6.0, 2)."""
    order = "<" if payload[:2] == b"II" else ">"
    (directory,) = struct.unpack_from(f"{order}I", payload, 4)
    (count,) = struct.unpack_from(f"{order}H", payload, directory)
    sides = {}
    for number in range(min(count, MAX_TAGS)):
        at = directory + 2 + 12 * number
        tag, kind = struct.unpack_from(f"{order}HH", payload, at)
        if tag in (256, 257):
            (sides[tag],) = struct.unpack_from(
                f"{order}{'H' if kind == 3 else 'I'}", payload, at + 8
            )
    return sides.get(256, 0), sides.get(257, 0)


def _jpeg_size(payload: bytes) -> tuple[int, int]:
    position = 2
    while position + 9 < len(payload) and payload[position] == 0xFF:
        marker = payload[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", payload[position + 5 : position + 9])
            return width, height
        position += 2 + struct.unpack(">H", payload[position + 2 : position + 4])[0]
    return 0, 0


_SIZES: Mapping[str, Callable[[bytes], tuple[int, int]]] = {
    "png": lambda payload: struct.unpack_from(">II", payload, 16),
    "gif": lambda payload: struct.unpack_from("<HH", payload, 6),
    "bmp": _bitmap_size,
    "jpg": _jpeg_size,
    "tif": _tiff_size,
    "webp": _webp_size,
}
