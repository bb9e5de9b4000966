"""A worker of a fleet: takes jobs, runs a crawl for each, stores what it archived.

A job that fails is tried again later; one whose worker gives no sign of life any more is handed out
anew. Whoever gets it goes on where the dead one was.
"""

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.console import note
from archive.errors import GongkaiError
from archive.storage.objects import Storage
from crawler.fleet import folders
from crawler.fleet.jobs import QUEUE, ToldToEndError, application, prepare

# What `gongkai crawl` ends with where it did its work, whatever the portals gave.
_DONE = (0, 1)


class CrawlFailedError(GongkaiError):
    """The crawl of a job could not be done: it is tried again."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: between signs of life, until a silent worker counts as dead, between two looks."""

    heartbeat: float = 10.0
    silence: float = 60.0
    poll: float = 5.0


class Worker:
    """One worker. Its crawls run one at a time, each in a process of its own."""

    def __init__(
        self, address: str, root: Path, storage: Storage, settings: tuple[str, ...], timing: Timing
    ) -> None:
        """Takes nothing yet.

        Args:
            address: of PostgreSQL.
            root: the folder of the workers' archives on this machine.
            storage: where sealed WARC files go.
            settings: further Scrapy settings, NAME=VALUE.
            timing: see there.
        """
        self._address = address
        self._root = root
        self._storage = storage
        self._settings = settings
        self._timing = timing
        self._ending = False
        self._crawl: asyncio.subprocess.Process | None = None

    def run(self, *, until_empty: bool) -> None:
        """Does jobs until SIGTERM or SIGINT, or until none waits.

        Raises:
            SurroundingsError: if server or folder cannot be had.
        """
        prepare(self._address)
        with folders.own_folder(self._root) as archive:
            self._archive = archive
            self._look_after_folders()
            note(f"{folders.name_of(archive)}: at work")
            asyncio.run(self._work(until_empty))

    async def _work(self, until_empty: bool) -> None:
        app = application(self._address, self._do)
        async with app.open_async():
            looking = asyncio.create_task(self._hand_out_anew(app))
            try:
                await self._take_jobs(app, until_empty)
            finally:
                looking.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await looking

    async def _take_jobs(self, app: Any, until_empty: bool) -> None:
        working = asyncio.create_task(
            app.run_worker_async(
                queues=[QUEUE],
                name=folders.name_of(self._archive),
                wait=not until_empty,
                fetch_job_polling_interval=self._timing.poll,
                update_heartbeat_interval=self._timing.heartbeat,
                stalled_worker_timeout=self._timing.silence,
                install_signal_handlers=False,
            )
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end, working)
        with contextlib.suppress(asyncio.CancelledError):
            await working

    def _end(self, working: "asyncio.Task[None]") -> None:
        """Ends the crawl under way in order; its job goes back to the others."""
        self._ending = True
        if self._crawl is not None and self._crawl.returncode is None:
            self._crawl.send_signal(signal.SIGINT)
        working.cancel()

    async def _hand_out_anew(self, app: Any) -> None:
        """Gives back the jobs of workers that show no sign of life."""
        from procrastinate.exceptions import ConnectorException

        while not self._ending:
            # Another worker may be handing out the same, or the job may just have come to its end.
            with contextlib.suppress(ConnectorException):
                stalled = await app.job_manager.get_stalled_jobs(
                    queue=QUEUE, seconds_since_heartbeat=self._timing.silence
                )
                for job in stalled:
                    await app.job_manager.retry_job(job)
                    note(f"job {job.id}: its worker is silent, handed out anew")
            await asyncio.sleep(self._timing.poll)

    async def _do(self, arguments: Mapping[str, Any], number: int, attempts: int) -> None:
        await asyncio.to_thread(self._look_after_folders)
        names = ", ".join(portal["name"] for portal in arguments["portals"][:5])
        note(
            f"job {number}, attempt {attempts + 1}: {len(arguments['portals'])} portal(s): {names}"
        )
        status = await self._crawled(arguments, f"{arguments['run']}.{attempts + 1}")
        await asyncio.to_thread(self._look_after_folders)
        note(f"job {number}: the crawl ended with {status}")
        if self._ending:
            raise ToldToEndError(f"job {number} is left to another")
        if status not in _DONE:
            raise CrawlFailedError(f"job {number}: the crawl ended with {status}")

    async def _crawled(self, arguments: Mapping[str, Any], run: str) -> int:
        job = {
            **arguments,
            "run": run,
            "address": self._address,
            "worker": folders.name_of(self._archive),
            "directory": str(self._archive.directory.absolute()),
            "settings": [*arguments["settings"], *self._settings],
        }
        self._crawl = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "crawler.fleet.crawl_job", stdin=asyncio.subprocess.PIPE
        )
        assert self._crawl.stdin is not None
        self._crawl.stdin.write(json.dumps(job).encode() + b"\n")
        try:
            return await self._crawl.wait()
        finally:
            if self._crawl.returncode is None:
                self._crawl.send_signal(signal.SIGINT)
                await self._crawl.wait()

    def _look_after_folders(self) -> None:
        """Settles this worker's folder and those of dead ones."""
        folders.settle(self._archive, self._address, self._storage)
        folders.take_over_dead(self._root, self._archive, self._address, self._storage)
