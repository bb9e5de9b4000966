"""One page open in the browser: what it asks for, what it is given, and when it is at rest."""

import asyncio
from collections.abc import Callable
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
_STEP_SECONDS = 0.1
_STATE = "() => [document.readyState, document.documentElement.outerHTML.length]"
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
        else:
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
        self._under_way += 1
        try:
            response = await self._fetched(route.request)
            if response is None:
                await route.abort("failed")
            else:
                headers = _given(response)
                await route.fulfill(status=response.status, headers=headers, body=response.body)
        finally:
            self._under_way -= 1

    async def _fetched(self, asked: Any) -> Response | None:
        told = await asked.all_headers()
        headers = {k: v for k, v in told.items() if not k.startswith(_NOT_PASSED_ON)}
        body = asked.post_data_buffer or b""
        request = self.make(asked.url, method=asked.method, headers=headers, body=body)
        if not self.fetching.knows(request):
            if self.requests >= self.patience.requests:
                self.missing[asked.url] = f"the page asked for more than {self.requests} addresses"
                return None
            self.requests += 1
            if asked.resource_type == "stylesheet":
                self.visited.add_request(request)  # it is not fetched again for the eye
        try:
            response = await self.fetching.fetch(request)
        except Exception as error:
            ignored = isinstance(error, IgnoreRequest) and str(error)
            self.missing[asked.url] = ignored or outcome_of(error).error
            return None
        if why := _trouble(response):
            self.missing[asked.url] = why
        return response

    async def settle(self, opened: Any) -> None:
        """Waits until the page is at rest, or has had its time, and takes it down as it is then.

        Raises:
            TimeoutError: if the page keeps the browser from answering.
        """
        quiet, own, before = 0.0, 0.0, (0, "", 0)
        patience = self.patience
        while quiet < patience.quiet_seconds and own < patience.own_seconds:
            await asyncio.sleep(_STEP_SECONDS)
            if self._under_way:
                quiet = 0.0
                continue
            own += _STEP_SECONDS
            state = await asyncio.wait_for(opened.evaluate(_STATE), patience.own_seconds)
            now = (self.requests, *state)
            quiet = quiet + _STEP_SECONDS if now == before and state[0] == "complete" else 0.0
            before = now
        self.at_rest = quiet >= patience.quiet_seconds
        self.html = await asyncio.wait_for(opened.content(), patience.own_seconds)

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
