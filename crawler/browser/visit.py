"""One page open in the browser: what it asks for, what it is given, and when it is at rest."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.browser.fetching import Fetching
from crawler.politeness.addresses import HostPolicy
from crawler.recording.outcomes import outcome_of
from crawler.recording.purpose import WALL
from crawler.visited import Visited
from pipelines.decode import declared_charset, decode

# What the rows and the text of a page may depend on. Pictures and fonts are fetched like those of
# any other page; frames are pages of their own; the rest (pings, media, sockets) is of no use.
_WANTED = frozenset({"script", "stylesheet", "xhr", "fetch"})
_METHODS = frozenset({"GET", "POST"})
_STEPS = 4
# Waits by the page's own clock: what it has put off for less time than that has happened then.
_STATE = """seconds => new Promise(tell => setTimeout(
  () => tell([document.readyState, document.documentElement.outerHTML.length]), 1000 * seconds
))"""
# What is the crawl's own to say, or of the connection.
_NOT_PASSED_ON = ("accept-encoding", "connection", "content-length", "host", "sec-", ":")
_NOT_GIVEN = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a page may take by itself, and what it may ask for.

    `quiet_seconds` without a new request make a page one that is at rest; `own_seconds` is what it
    has for that, the time in which it waits for answers apart; `requests` the most it may make.
    """

    quiet_seconds: float
    own_seconds: float
    requests: int


@dataclass  # no slots: Playwright keeps its wrappers of these methods with them
class Visit:
    """A page under way.

    Attributes:
        page: the page as it was fetched.
        make: makes the crawl's request for an address, with method, headers and body.
        missing: what the page asked for in vain, as `url` and `why`.
        refused: hosts that it wanted to ask, and might not.
        html: the page as the browser showed it, once it came to rest.
    """

    page: Response
    make: Callable[..., Request]
    fetching: Fetching
    policy: HostPolicy
    visited: Visited
    patience: Patience
    missing: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    html: str = ""
    opened: Any = None
    requests: int = 0
    at_rest: bool = False
    _shown: bool = False
    _under_way: int = 0

    async def begin(self, opened: Any, _request: Request) -> None:
        """Takes in the browser's page before it goes anywhere."""
        self.opened = opened
        opened.on("popup", _close)

    async def answer(self, route: Any) -> None:
        """Answers one request of the browser, or refuses it."""
        asked = route.request
        if not asked.url.startswith(("http:", "https:")):
            await route.continue_()  # data: and blob:, which need no network
        elif asked.resource_type == "document":
            await self._show(route)
        elif asked.resource_type not in _WANTED or asked.method not in _METHODS:
            await route.abort("blockedbyclient")
        elif not self.policy.permits(asked.url):
            self.refused.add(urlsplit(asked.url).netloc)
            await route.abort("blockedbyclient")
        elif self.requests >= self.patience.requests:
            most = self.patience.requests
            self.missing[self.page.url] = f"it asked for more than {most} addresses"
            await route.abort("failed")
        else:
            self.requests += 1
            await self._pass_on(route)

    async def _show(self, route: Any) -> None:
        """Shows the page; wherever it wants to go from there, it stays.

        A page that leads on is told by its source; a challenge loads itself again once it is met.
        """
        if self._shown:
            await route.abort("aborted")
            return
        self._shown = True
        label = (self.page.headers.get(b"Content-Type") or b"").decode("latin-1")
        charset = decode(self.page.body, declared_charset(self.page.body, label)).charset
        headers = _given(self.page) | {"content-type": f"text/html; charset={charset}"}
        await route.fulfill(status=200, headers=headers, body=self.page.body)

    async def _pass_on(self, route: Any) -> None:
        response = await self._answer_to(route.request)
        if response is None:
            await route.abort("failed")
        else:
            headers = _given(response)
            await route.fulfill(status=response.status, headers=headers, body=response.body)

    async def _answer_to(self, asked: Any) -> Response | None:
        told = await asked.all_headers()
        headers = {k: v for k, v in told.items() if not k.startswith(_NOT_PASSED_ON)}
        body = asked.post_data_buffer or b""
        request = self.make(asked.url, method=asked.method, headers=headers, body=body)
        if self.fetching.knows(request):
            return await self._fetched(request)
        if asked.resource_type == "stylesheet":
            self.visited.add_request(request)  # it is not fetched again for the eye
        self._under_way += 1
        try:
            return await self._fetched(request)
        finally:
            self._under_way -= 1

    async def _fetched(self, request: Request) -> Response | None:
        try:
            response = await self.fetching.fetch(request)
        except Exception as error:
            ignored = isinstance(error, IgnoreRequest) and str(error)
            self.missing[request.url] = ignored or outcome_of(error).error
            return None
        if why := _trouble(response):
            self.missing[request.url] = why
        return response

    async def settle(self, opened: Any) -> None:
        """Waits until the page is at rest, or has had its time, and takes it down as it is then.

        Raises:
            TimeoutError: if the page keeps the browser from answering.
        """
        quiet, own, before = 0, 0.0, (0, "", 0)
        step = self.patience.quiet_seconds / _STEPS
        while quiet < _STEPS and own < self.patience.own_seconds:
            waiting, begun = self._under_way > 0, time.monotonic()
            state = await self._told(opened.evaluate(_STATE, step))
            own += 0.0 if waiting else time.monotonic() - begun
            now = (self.requests, *state)
            still = now == before and state[0] == "complete" and not self._under_way
            quiet = quiet + 1 if still else 0
            before = now
        self.at_rest = quiet == _STEPS
        self.html = await self._told(opened.content())

    async def _told(self, telling: Awaitable[Any]) -> Any:
        seconds = self.patience.own_seconds
        try:
            return await asyncio.wait_for(telling, seconds)
        except TimeoutError as error:
            raise TimeoutError(f"it kept the browser busy for {seconds:g} s") from error

    def lacking(self) -> tuple[dict[str, str], ...]:
        """What may be missing from the page, as `url` and `why`."""
        lost = [{"url": url, "why": why} for url, why in self.missing.items()]
        if not self.at_rest:
            why = f"in the browser it did not come to rest in {self.patience.own_seconds:g} s"
            lost.append({"url": self.page.url, "why": why})
        return tuple(lost)


async def _close(opened: Any) -> None:
    await opened.close()


def _given(response: Response) -> dict[str, str]:
    """The headers of an answer as the browser gets them: its content is decoded already."""
    given = {}
    for name, values in response.headers.items():
        if name.lower() not in _NOT_GIVEN:
            between = b"\n" if name.lower() == b"set-cookie" else b", "
            given[name.decode("latin-1").lower()] = between.join(values).decode("latin-1")
    return given


def _trouble(response: Response) -> str:
    """Why an answer is none: a wall or a failing server. What a site does not have it may lack."""
    wall = response.meta.get(WALL) if "archived" not in response.flags else ""
    if wall and wall != "soft_404":
        return f"blocked:{wall}"
    return f"http_{response.status}" if response.status >= 500 else ""
