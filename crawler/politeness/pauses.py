"""When to leave a host alone: for a while, for the rest of the run, or for a day."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings

from archive.clock import utc_now

# Walls that stand before a whole site, and how many of them tell so. A script challenge meets
# every visitor; a firewall or a plain refusal may mind one page alone: those count in a row only.
# `soft_404` and `login` are of a page. Each of a host that is asked too often was tried anew.
_PATIENCE = {
    "ruishu": 1,
    "jiasule": 1,
    "wzws": 1,
    "slider": 1,
    "captcha": 3,
    "challenge": 3,
    "geo": 3,
    "maintenance": 3,
    "waf": 3,
    "forbidden": 6,
    "burst": 9,
}
BURST = "burst"
UNREACHABLE = "unreachable"
_RETRY_AFTER_STATUSES = frozenset({429, 503})


class HostPausedError(IgnoreRequest):
    """The host is left alone. `why` is `unreachable`, or a wall's name and perhaps until when."""

    def __init__(self, host: str, why: str) -> None:
        super().__init__(f"{host} is left alone: {why}")
        self.why = why


class Remembered(Protocol):
    """What is kept of pauses from run to run."""

    def paused(self) -> Mapping[str, str]:
        """The hosts to leave alone now, each with the reason."""

    def pause(self, host: str, wall: str, hours: float) -> None:
        """Leaves a host alone for so many hours."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait after a failure: at first, and at most; how many in a row end it."""

    backoff_seconds: float = 5.0
    longest_seconds: float = 600.0
    failures: int = 6
    busy_statuses: frozenset[int] = frozenset({429, 503})

    @classmethod
    def of(cls, settings: BaseSettings) -> "Patience":
        """The patience that the settings ask for."""
        return cls(
            settings.getfloat("GONGKAI_BACKOFF"),
            settings.getfloat("GONGKAI_LONGEST_WAIT"),
            settings.getint("GONGKAI_HOST_FAILURES"),
            frozenset(int(code) for code in settings.getlist("RETRY_HTTP_CODES")),
        )


class Pauses:
    """Hosts that asked for patience, and hosts that are given up for this run."""

    def __init__(self, patience: Patience, remembered: Remembered, hours: float) -> None:
        """`hours` is how long a wall keeps later runs away too; with 0 none is remembered."""
        self.stopped: dict[str, str] = dict(remembered.paused()) if hours else {}
        self._patience = patience
        self._remembered = remembered
        self._hours = hours
        self._until: dict[str, float] = {}
        self._walls: Counter[tuple[str, str]] = Counter()
        self._failures: Counter[str] = Counter()

    def seconds_left(self, request: Request) -> float:
        """How long the host has asked not to be asked; 0 or less if it may be."""
        return self._until.get(slot_of(request), 0.0) - time.monotonic()

    def check(self, request: Request) -> None:
        """Raises where the host is given up.

        Raises:
            HostPausedError: with the wall that was met.
        """
        host = host_of_request(request)
        if host in self.stopped:
            raise HostPausedError(host, self.stopped[host])

    def failed(self, request: Request) -> None:
        """Learns of an exchange that failed: the host gets time, and is given up in the end."""
        host = host_of_request(request)
        self._failures[host] += 1
        if self._failures[host] >= self._patience.failures:
            self.stopped.setdefault(host, UNREACHABLE)
        self._hold(request, self._backoff(request))

    def answered(self, request: Request, response: Response, wall: str) -> None:
        """Learns of an answer: a wall, a busy server, or all well."""
        host = host_of_request(request)
        self._failures.pop(host, None)
        if wall in _PATIENCE:
            self._met(host, wall)
        elif response.status < 400:
            for name in _PATIENCE:
                self._walls.pop((host, name), None)
        if wall == BURST or response.status in self._patience.busy_statuses:
            asked = self.asked(response)
            self._hold(request, self._backoff(request) if asked is None else asked)

    def asked(self, response: Response) -> float | None:
        """The seconds that a busy server asks for, if it does."""
        return retry_after(response) if response.status in _RETRY_AFTER_STATUSES else None

    def too_long(self, seconds: float) -> bool:
        """Whether that is longer than a run will wait."""
        return seconds > self._patience.longest_seconds

    def _backoff(self, request: Request) -> float:
        return float(self._patience.backoff_seconds * 3 ** int(request.meta.get("retry_times", 0)))

    def _hold(self, request: Request, seconds: float) -> None:
        slot, longest = slot_of(request), self._patience.longest_seconds
        until = time.monotonic() + min(seconds, longest)
        self._until[slot] = max(self._until.get(slot, 0.0), until)

    def _met(self, host: str, wall: str) -> None:
        self._walls[host, wall] += 1
        if self._walls[host, wall] >= _PATIENCE[wall]:
            self.stopped.setdefault(host, wall)
            if self._hours:
                self._remembered.pause(host, wall, self._hours)


def retry_after(response: Response) -> float | None:
    """The seconds that `Retry-After` asks for (as a number or a date); nothing if it does not."""
    value = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if value.isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - utc_now()).total_seconds())
    except (ValueError, TypeError):
        return None


def host_of_request(request: Request) -> str:
    """The host and port that a request goes to."""
    return urlsplit(request.url).netloc.rpartition("@")[2].lower()


def slot_of(request: Request) -> str:
    """The download slot: the address where known, else the host."""
    return str(request.meta.get("download_slot") or host_of_request(request))
