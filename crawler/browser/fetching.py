"""Fetches what pages in the browser ask for: by the crawl, each address once in a run."""

import asyncio
from collections import OrderedDict
from typing import Any, TypeAlias

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

_KEPT_BYTES = 64 << 20
_Key: TypeAlias = tuple[str, str, bytes]


class Fetching:
    """The answers to a browser's requests.

    They take the way of every other request of the crawl: permitted hosts, robots.txt, the
    archive's past, the pace of the address, the record. An answer is kept for the pages that
    follow, the latest 64 MiB of them.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._answers: OrderedDict[_Key, asyncio.Future[Response]] = OrderedDict()

    def knows(self, request: Request) -> bool:
        """Whether the run has asked for it before."""
        return _key(request) in self._answers

    async def fetch(self, request: Request) -> Response:
        """The answer, had before or fetched now; raises as Scrapy's downloader does."""
        key = _key(request)
        if key not in self._answers:
            engine: Any = self._crawler.engine
            self._answers[key] = asyncio.ensure_future(engine.download_async(request))
        self._answers.move_to_end(key)
        # A page that is given up leaves the answer to the others that wait for it.
        response = await asyncio.shield(self._answers[key])
        self._forget()
        return response

    def had(self, request: Request) -> Response | None:
        """A good answer that a page in the browser was given to the same request."""
        answer = self._answers.get(_key(request))
        if answer is None or not _size(answer) or answer.result().status != 200:
            return None
        return answer.result()

    def _forget(self) -> None:
        """Lets go of the answers that have not been asked for longest, beyond what is kept."""
        sizes = {key: _size(answer) for key, answer in self._answers.items()}
        over = sum(sizes.values()) - _KEPT_BYTES
        for key, size in sizes.items():
            if over <= 0:
                return
            if size:
                del self._answers[key]
                over -= size


def _key(request: Request) -> _Key:
    return request.method, request.url, request.body


def _size(answer: "asyncio.Future[Response]") -> int:
    there = answer.done() and not answer.cancelled() and answer.exception() is None
    return len(answer.result().body) if there else 0
