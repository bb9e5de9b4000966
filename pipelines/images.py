"""Pictures of reports: sized before they are decoded; their text needs the `ocr` extra."""

import struct
from importlib import import_module

from parsers.records import Document
from pipelines.assembly import problem
from pipelines.ocr import is_available
from pipelines.sniff import media_type

MAX_PIXELS = 200_000_000


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
        if kind == "png":
            return struct.unpack(">II", payload[16:24])
        if kind == "gif":
            return struct.unpack("<HH", payload[6:10])
        if kind == "bmp":
            width, height = struct.unpack("<ii", payload[18:26])
            return abs(width), abs(height)
        return _jpeg_size(payload) if kind == "jpg" else (0, 0)
    except struct.error:
        return 0, 0


def _jpeg_size(payload: bytes) -> tuple[int, int]:
    position = 2
    while position + 9 < len(payload) and payload[position] == 0xFF:
        marker = payload[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", payload[position + 5 : position + 9])
            return width, height
        position += 2 + struct.unpack(">H", payload[position + 2 : position + 4])[0]
    return 0, 0
