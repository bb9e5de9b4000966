"""Which requests a run has made, so that each is made once."""

from urllib.parse import urldefrag

from scrapy import Request


class Visited:
    """Requests by method, address without fragment, and body."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, str, bytes]] = set()

    def __len__(self) -> int:
        return len(self._keys)

    def knows(self, url: str, method: str = "GET", body: bytes = b"") -> bool:
        """Whether the request was made before."""
        return (method, urldefrag(url).url, body) in self._keys

    def add(self, url: str, method: str = "GET", body: bytes = b"") -> bool:
        """Notes a request; true if it is a new one."""
        key = (method, urldefrag(url).url, body)
        if key in self._keys:
            return False
        self._keys.add(key)
        return True

    def add_request(self, request: Request) -> bool:
        """Notes a request made by Scrapy."""
        return self.add(request.url, request.method, request.body)
