"""Undoes the content coding of answers, and tells of content that is damaged.

What is recorded are the bytes of the wire, whatever becomes of them here.
"""

import zlib

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.warc.http import codings_of

BREAKS_OFF = "content_breaks_off"
_STEP_BYTES = 1 << 20
_GZIP = b"\x1f\x8b\x08"


class OversizeContentError(Exception):
    """The content unpacks to more than may be fetched."""


class ContentCodingMiddleware(HttpCompressionMiddleware):
    """Scrapy's own passes over damage, and gives up pages that are labelled as coded but are not.

    Content that breaks off is handed on as far as it goes, with the flag `BREAKS_OFF`.
    """

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The answer with its content as it was meant.

        Raises:
            OversizeContentError: for content that unpacks to more than `DOWNLOAD_MAXSIZE`.
        """
        if "Content-Encoding" not in response.headers:
            kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
            for coding in codings_of(response.body, {"content-type": kind}):
                response.headers["Content-Encoding"] = coding
        try:
            decoded = super().process_response(request, response)
        except IgnoreRequest as error:
            raise OversizeContentError(str(error)) from error
        except (OSError, EOFError, zlib.error):
            plain = response.replace()
            del plain.headers["Content-Encoding"]
            return plain
        if isinstance(decoded, Response) and breaks_off(response.body):
            decoded.flags.append(BREAKS_OFF)
        return decoded


def breaks_off(payload: bytes) -> bool:
    """Whether these bytes begin as a gzip stream and do not come to its end."""
    if not payload.startswith(_GZIP):
        return False
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    try:
        while payload and not unpacker.eof:
            unpacker.decompress(payload, _STEP_BYTES)
            payload = unpacker.unconsumed_tail
    except zlib.error:
        return True
    return not unpacker.eof
