"""When to leave a host alone: for a while, or for the rest of the run."""

import asyncio
import time
from collections import Counter

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler.politeness.addresses import host_of

# Walls that stand before a whole site. The others (`soft_404`, `burst`) concern a page or a pace.
HOST_WALLS = frozenset({"ruishu", "jiasule", "wzws", "slider", "waf", "geo"})
# A firewall may mind one page alone; a script challenge meets every visitor.
_PATIENCE = {"waf": 3, "geo": 3}


class HostPausedError(IgnoreRequest):
    """The host has put up a wall: it is left alone for the rest of the run."""


class Pauses:
    """Hosts that asked for patience, and hosts that are given up for this run."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._walls: Counter[tuple[str, str]] = Counter()
        self.stopped: dict[str, str] = {}

    def hold(self, request: Request, seconds: float) -> None:
        """Sends nothing more to where `request` went for so long."""
        slot = slot_of(request)
        self._until[slot] = max(self._until.get(slot, 0.0), time.monotonic() + seconds)

    async def wait(self, request: Request) -> None:
        """Waits until the host may be asked again. The request keeps its slot meanwhile."""
        while (left := self._until.get(slot_of(request), 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(left)

    def met(self, request: Request, wall: str) -> None:
        """Notes a wall; after it, or after several of a milder kind, the host is given up."""
        host = host_of(request.url.partition("://")[2].partition("/")[0])
        if wall not in HOST_WALLS:
            return
        self._walls[host, wall] += 1
        if self._walls[host, wall] >= _PATIENCE.get(wall, 1):
            self.stopped.setdefault(host, wall)

    def check(self, host: str) -> None:
        """Raises where the host is given up.

        Raises:
            HostPausedError: with the wall that was met.
        """
        if host in self.stopped:
            raise HostPausedError(f"{host} is left alone: {self.stopped[host]}")


def slot_of(request: Request) -> str:
    """The download slot: the address where known, else the host."""
    slot = request.meta.get("download_slot")
    return str(slot) if slot else host_of(request.url.partition("://")[2].partition("/")[0])
