"""One run's hold on the archive: its lock, its writer, its view of the past."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, asynccontextmanager, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings

from archive.clock import utc_now
from archive.console import default_archive
from archive.declarations.portals import Portal
from archive.errors import SurroundingsError
from archive.index import CaptureIndex, SqliteCaptureIndex
from archive.records import Capture, Exchange
from archive.store import Archive
from archive.warc.records import now
from archive.warc.writer import WarcWriter
from crawler.fleet.membership import Fleet
from crawler.politeness.addresses import HostPolicy, as_asked
from crawler.politeness.hours import Hours
from crawler.politeness.pauses import Patience, Pauses, slot_of
from crawler.recording.purpose import CAPTURE, Purpose
from crawler.state import CrawlState
from crawler.visited import Visited
from pipelines.reading import settle

log = logging.getLogger(__name__)

# What of the settings is written into the WARC files: how the crawl behaved, no secrets.
RECORDED_SETTINGS = (
    "USER_AGENT",
    "ROBOTSTXT_OBEY",
    "DOWNLOAD_DELAY",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "DOWNLOAD_MAXSIZE",
    "DOWNLOAD_TIMEOUT",
    "GONGKAI_OFFICIAL_HOSTS",
    "GONGKAI_ALLOW_HOSTS",
    "GONGKAI_PAGE_BUDGET",
)


class ArchiveFailedError(IgnoreRequest):
    """An exchange could not be written to the archive: the crawl ends."""


class StoppedError(IgnoreRequest):
    """The crawl is ending in order: what still waits for its turn is left."""


class RecordingSession:
    """What a run shares: archive, writer, index of past captures, host policy, pauses.

    A Scrapy extension, so that it is there before the first request and closed after the last.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Takes the archive's lock and opens a WARC file for the run.

        Raises:
            BusyError: if another crawl, import or rebuild is writing.
            SurroundingsError: if the archive cannot be written.
        """
        settings = crawler.settings
        self._crawler = crawler
        # Whoever planned the crawl may hold the lock already, and hands the archive on with it.
        held: Archive | None = settings.get("GONGKAI_HELD_ARCHIVE")
        self.archive = held or Archive(Path(settings.get("GONGKAI_ARCHIVE") or default_archive()))
        self.policy = HostPolicy.of(
            settings.getlist("GONGKAI_OFFICIAL_HOSTS"), settings.getlist("GONGKAI_ALLOW_HOSTS")
        )
        self.hours = Hours.of(str(settings.get("GONGKAI_HOURS") or ""))
        self.offline = bool(settings.get("GONGKAI_OFFLINE"))
        self.visited = Visited()
        self.site_maps: dict[str, tuple[str, ...]] = {}  # by origin, as robots.txt names them
        self.failed: BaseException | None = None
        self._watched: list[Future[Any]] = []
        self._stack = ExitStack()
        with ExitStack() as opening:
            self._open(settings, opening)
            self._stack = opening.pop_all()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RecordingSession":
        """The session of a crawl; it is closed when the engine has stopped."""
        session = cls(crawler)
        crawler.signals.connect(session.close, signals.engine_stopped)
        return session

    def _open(self, settings: BaseSettings, opening: ExitStack) -> None:
        opening.enter_context(self.archive.lock("crawl"))
        self.state = opening.enter_context(closing(CrawlState(self.archive.state_path)))
        self._choose_run(settings)
        chosen = {name: settings.get(name) for name in RECORDED_SETTINGS}
        fleet = Fleet.of(settings, self.archive)
        self._fleet = opening.enter_context(closing(fleet)) if fleet else None
        shared = fleet.index if fleet else None
        writer = WarcWriter(self.archive, self.run_id, chosen, index=shared)
        self.writer: WarcWriter = opening.enter_context(writer)
        self.index: CaptureIndex = writer.index
        self.past = self.archive
        if self.offline:
            self._look_back(Path(settings["GONGKAI_OFFLINE"]), opening)
        pause_hours = settings.getfloat("GONGKAI_PAUSE_HOURS")
        self.pauses = Pauses(Patience.of(settings), self._fleet or self.state, pause_hours)
        self.started_at = now()

    def _look_back(self, directory: Path, opening: ExitStack) -> None:
        """Takes another archive for the past: an offline run reads it and writes elsewhere."""
        self.past = Archive(directory)
        self.past.require()
        opening.enter_context(self.past.lock("offline crawl"))
        self.index = opening.enter_context(closing(SqliteCaptureIndex(self.past)))

    def _choose_run(self, settings: BaseSettings) -> None:
        """The run to go on with: one that was named, or one of the same portals broken off."""
        asked = settings.getlist("GONGKAI_ASKED")
        hours = settings.getfloat("GONGKAI_RESUME_HOURS")
        broken_off = self.state.broken_off(asked, hours) if asked else ""
        known = settings.get("GONGKAI_RUN") or broken_off
        self.resumed = bool(known)
        self.run_id = known or new_run_id()
        self.state.begin(self.run_id, asked)

    def record(self, exchange: Exchange) -> "Future[Capture]":
        """Hands an exchange to the writer without waiting."""
        return self.writer.record(exchange)

    def annotate(self, record_id: str, facts: Mapping[str, Any]) -> None:
        """Notes further facts of a capture without waiting; a failure stops the crawl."""
        self._watch(self.writer.annotate(record_id, facts))

    def annotate_response(self, response: Response, facts: Mapping[str, Any]) -> None:
        """Notes further facts of an answer, unless it came out of the archive."""
        if "archived" not in response.flags:
            self.annotate(response.meta[CAPTURE].record_id, facts)

    def account(self, facts: Mapping[str, Any]) -> None:
        """Writes the run's account. A run that came to its own end is not gone on with."""
        self._watch(self.writer.account(facts))
        if facts.get("finish_reason") == "finished":
            self.state.end(self.run_id)
        else:
            self.state.stop(self.run_id)

    def declare(self, portals: Iterable[Portal]) -> None:
        """Permits the hosts that belong to the declared portals."""
        hosts = [as_asked(host) for portal in portals for host in portal.hosts]
        self.policy = replace(self.policy, declared=(*self.policy.declared, *hosts))

    def _watch(self, future: "Future[Any]") -> None:
        self._watched.append(future)
        self._watched = [each for each in self._watched if not each.done() or each.exception()]
        for each in self._watched:
            if each.done() and (error := each.exception()) is not None:
                self._stop(error)

    async def keep(self, exchange: Exchange) -> Capture:
        """Records an exchange and waits until it is on disk.

        Raises:
            ArchiveFailedError: if it could not be written; the crawl is then told to stop.
        """
        return await self._kept(asyncio.wrap_future(self.record(exchange)))

    async def keep_rendered(
        self, html: bytes, page: Capture, purpose: Purpose, facts: Mapping[str, Any]
    ) -> Capture:
        """Records what a browser made of a page, as a part of it; waits and raises as `keep`."""
        write = partial(
            self.writer.record_file, html, url=page.url, media_type="text/html; charset=utf-8",
            date=now(), role="part", part_of=purpose.part_of or page.record_id,
            context=replace(purpose.context, relation="rendered"),
            more={"fidelity": "rendered", **facts},
        )  # fmt: skip
        return await self._kept(asyncio.to_thread(write))

    async def _kept(self, writing: Awaitable[Capture]) -> Capture:
        try:
            return await writing
        except Exception as error:
            self._stop(error)
            raise ArchiveFailedError(f"not archived: {error}") from error

    def _stop(self, error: BaseException) -> None:
        if self.failed is not None:
            return
        self.failed = error
        log.error("The archive cannot be written (%s): stopping.", error)
        engine: Any = self._crawler.engine
        if engine is not None and engine.spider is not None:
            _background.add(
                asyncio.ensure_future(engine.close_spider_async(reason="archive_failed"))
            )

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncIterator[None]:
        """A turn at the request's address: in a fleet, no other worker has it meanwhile.

        Raises:
            ArchiveFailedError: if the fleet cannot be asked; the crawl is then told to stop.
        """
        if self._fleet is None:
            yield
            return
        turn = self._fleet.turn(slot_of(request), self._delay_of(request))
        try:
            await turn.__aenter__()
        except SurroundingsError as error:
            self._stop(error)
            raise ArchiveFailedError(f"no turn to be had: {error}") from error
        try:
            yield
        finally:
            await turn.__aexit__(None, None, None)

    def _delay_of(self, request: Request) -> float:
        engine: Any = self._crawler.engine
        slot = engine.downloader.slots.get(slot_of(request)) if engine else None
        delay: float = slot.delay if slot else self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        return delay

    async def wait(self, request: Request) -> None:
        """Waits until the host may be asked; the request keeps its slot meanwhile.

        Raises:
            HostPausedError: if the host has been given up by then.
            StoppedError: if the crawl is ending.
        """
        self.check_running()
        while (left := self._seconds_left(request)) > 0:
            await asyncio.sleep(min(left, 1.0))
            self.check_running()
        self.pauses.check(request)

    def _seconds_left(self, request: Request) -> float:
        return max(self.pauses.seconds_left(request), self.hours.seconds_left(utc_now()))

    def check_running(self) -> None:
        """Lets a request pass unless the crawl is ending.

        Raises:
            StoppedError: if it is; what waits in the queues then need not be waited for.
        """
        engine: Any = self._crawler.engine
        if engine is None or engine.running:
            return
        for slot in engine.downloader.slots.values():
            slot.delay = 0.0
        raise StoppedError("the crawl is ending")

    def close(self) -> None:
        """Seals the WARC file, brings the database up to it and lets go of the archive."""
        with self.archive.lock(f"run {self.run_id}: ending"):
            self._stack.close()
            for each in self._watched:
                if each.done() and self.failed is None:
                    self.failed = each.exception()
            if self.failed is None and self._crawler.settings.getbool("GONGKAI_READING"):
                settle(self.archive)


_background: set[Any] = set()


def new_run_id() -> str:
    """A name for a run: when it began and a few random characters."""
    return f"{utc_now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


def session_of(crawler: Crawler) -> RecordingSession:
    """The recording session of a crawl.

    Raises:
        RuntimeError: if the extension is not enabled.
    """
    session = crawler.get_extension(RecordingSession)
    if session is None:
        raise RuntimeError("the extension crawler.recording.session.RecordingSession is off")
    return session
