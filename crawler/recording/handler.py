"""The download handler: fetches, records, and only then lets Scrapy have the answer."""

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.records import Capture
from crawler.politeness.addresses import HostPolicy, host_of, resolve
from crawler.politeness.pauses import slot_of
from crawler.politeness.tls import DeclaredTls
from crawler.recording.exchange import exchange_of
from crawler.recording.outcomes import Outcome, outcome_of
from crawler.recording.past import NotArchivedError
from crawler.recording.purpose import CAPTURE, WALL
from crawler.recording.session import RecordingSession, session_of
from crawler.recording.tape import Tape

RecordingPool: Any
try:
    from crawler.recording.wire import RecordingPool
except ImportError:  # what it hooks into is gone: see `exchange.rebuilt_response`
    RecordingPool = None

log = logging.getLogger(__name__)


class RecordingHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler with each exchange recorded to the archive.

    The capture is left in `request.meta["capture"]`. A response is released once its records are
    on disk; an exception once its failure is.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Puts a recording pool in the place of Scrapy's own."""
        super().__init__(crawler)
        self._session: RecordingSession = session_of(crawler)
        outdated = crawler.settings.getlist("GONGKAI_LEGACY_TLS")
        usual: Any = self._contextFactory
        declared: Any = DeclaredTls(usual, HostPolicy.of([], outdated))
        self._contextFactory = declared
        self._at_once = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._turns: dict[str, asyncio.Semaphore] = {}
        if RecordingPool is not None:
            from twisted.internet import reactor

            self._pool = RecordingPool(reactor, self._check_peer, self._at_once)

    async def download_request(self, request: Request) -> Response:
        """Fetches and records one request.

        Raises:
            HostPausedError: if the host has been given up meanwhile.
            NotArchivedError: if the crawl is offline.
            AddressRefusedError: for a private address that nobody declared.
            ArchiveFailedError: if the exchange could not be written.
        """
        if self._session.offline:
            raise NotArchivedError(f"{request.url} is not in the archive")
        request.meta.pop(CAPTURE, None)
        # Scrapy lets several requests through at once that waited for the same thing.
        turn = self._turns.setdefault(slot_of(request), asyncio.Semaphore(self._at_once))
        async with turn:
            await self._session.wait(request)
            async with self._session.turn(request):
                return await self._recorded(request)

    async def _recorded(self, request: Request) -> Response:
        tape = Tape()
        try:
            response = await self._fetch(request, tape)
        except asyncio.CancelledError:
            tape.stop()
            self._session.record(exchange_of(request, tape, Outcome("cancelled", "time")))
            raise
        except Exception as error:
            tape.stop()
            await self._keep(request, tape, outcome_of(error))
            # Before the turn ends, so that the next request to the host waits.
            self._session.pauses.failed(request)
            raise
        tape.stop()
        await self._keep(request, tape, Outcome(), response)
        self._session.pauses.answered(request, response, request.meta[WALL])
        return response

    async def _fetch(self, request: Request, tape: Tape) -> Response:
        if not request.meta.get("proxy"):
            await self._check_host(request)
        if RecordingPool is not None:
            # Scrapy asks the pool before it first waits, so no other request comes in between.
            pool: Any = self._pool
            pool.next_tape = tape
        return await super().download_request(request)

    async def _keep(
        self, request: Request, tape: Tape, outcome: Outcome, response: Response | None = None
    ) -> None:
        exchange = exchange_of(request, tape, outcome, response)
        capture: Capture = await self._session.keep(exchange)
        request.meta[CAPTURE] = capture
        request.meta[WALL] = exchange.wall

    async def _check_host(self, request: Request) -> None:
        netloc = urlsplit(request.url).netloc
        address = await resolve(host_of(netloc))
        if address:
            self._session.policy.check_peer(netloc, address)

    def _check_peer(self, key: Any, address: str) -> None:
        """Once more on the open connection: the name may have led elsewhere meanwhile."""
        scheme, host, port = (*key, b"", b"")[:3]
        if scheme not in (b"http", b"https") or len(key) > 4:
            return  # through a proxy, which a person has set
        self._session.policy.check_peer(f"{host.decode()}:{port}", address)
