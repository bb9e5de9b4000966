"""Which requests a run has made, so that each is made once."""

from hashlib import blake2b
from urllib.parse import urldefrag

from scrapy import Request

# A run may make millions of requests; so many bytes of each tell them apart.
_DIGEST_BYTES = 16


class Visited:
    """Requests by method, address without fragment, and body."""

    def __init__(self) -> None:
        self._digests: set[bytes] = set()

    def __len__(self) -> int:
        return len(self._digests)

    def knows(self, url: str, method: str = "GET", body: bytes = b"") -> bool:
        """Whether the request was made before."""
        return _digest(url, method, body) in self._digests

    def add(self, url: str, method: str = "GET", body: bytes = b"") -> bool:
        """Notes a request; true if it is a new one."""
        before = len(self._digests)
        self._digests.add(_digest(url, method, body))
        return len(self._digests) > before

    def add_request(self, request: Request) -> bool:
        """Notes a request made by Scrapy."""
        return self.add(request.url, request.method, request.body)


def _digest(url: str, method: str, body: bytes) -> bytes:
    named = f"{method} {urldefrag(url).url}\n".encode("utf-8", "surrogatepass")
    return blake2b(named + body, digest_size=_DIGEST_BYTES).digest()
