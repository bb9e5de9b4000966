"""WARC 1.1: writing as it comes, reading it all or one record, mending after a crash."""

from archive.warc.http import ContentError
from archive.warc.reader import ReadError, WithdrawnError, iter_captures, read_part
from archive.warc.writer import WarcWriter

__all__ = [
    "ContentError",
    "ReadError",
    "WarcWriter",
    "WithdrawnError",
    "iter_captures",
    "read_part",
]
