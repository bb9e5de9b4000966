"""The archive's past at work: conditional requests, 304 answers, and resuming a run."""

import hashlib

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from archive.index import validators
from archive.records import Capture, Part
from archive.warc.reader import read_part
from crawler.recording.purpose import BEFORE, CAPTURE, purpose_of
from crawler.recording.session import RecordingSession, session_of

NOT_MODIFIED = 304
# Answers that a resumed run need not ask for again; failures and walls are tried anew.
_SETTLED = frozenset({200, 301, 302, 303, 304, 307, 308})
# What a body taken out of the archive no longer is: coded and chunked.
_WIRE_HEADERS = (b"Content-Encoding", b"Transfer-Encoding", b"Content-Length")


class NotArchivedError(IgnoreRequest):
    """An offline run would need the network for it."""


class PastMiddleware:
    """Asks only for what has changed since, and not again for what this run already has.

    A resumed run gets the captures it made before from the archive instead of the network, and so
    comes to where it was. A 304 answer gets the body that it stands for.
    """

    def __init__(self, session: RecordingSession) -> None:
        self._session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PastMiddleware":
        """The middleware of a crawl."""
        return cls(session_of(crawler))

    def process_request(self, request: Request) -> Response | None:
        """The archived answer of a resumed run, else nothing after setting the validators."""
        if self._session.offline:
            return self._from_the_past(request)
        if purpose_of(request).role == "robots":
            return None
        if self._session.resumed and (response := self._from_this_run(request)) is not None:
            return response
        before = self._before(request)
        request.meta[BEFORE] = before
        for name, value in validators(before).items() if before is not None else ():
            request.headers.setdefault(name, value)
        return None

    def process_response(self, request: Request, response: Response) -> Response:
        """Puts the archived body in the place of a 304's empty one."""
        if response.status != NOT_MODIFIED or "archived" in response.flags:
            return response
        before = self._before(request)
        if before is None:
            return response
        part = read_part(self._session.archive, before)
        return _response_of(request, part, 200, "not_modified")

    def _from_the_past(self, request: Request) -> Response:
        digest = _body_digest(request)
        capture = self._session.index.latest(request.url, request.method, digest, redirects=True)
        if capture is None:
            raise NotArchivedError(f"{request.url} is not in the archive")
        request.meta[CAPTURE] = request.meta[BEFORE] = capture
        return self._archived(request, capture)

    def _from_this_run(self, request: Request) -> Response | None:
        index, run_id = self._session.index, self._session.run_id
        capture = index.seen_in_run(run_id, request.url, request.method, _body_digest(request))
        if capture is None or capture.truncated or capture.status not in _SETTLED:
            return None
        request.meta[CAPTURE] = capture
        return self._archived(request, capture)

    def _archived(self, request: Request, capture: Capture) -> Response:
        part = read_part(self._session.past, capture)
        status = 200 if capture.status == NOT_MODIFIED else capture.status or 200
        return _response_of(request, part, status, "archived")

    def _before(self, request: Request) -> Capture | None:
        return self._session.index.latest(request.url, request.method, _body_digest(request))


def is_answered(session: RecordingSession, request: Request) -> bool:
    """Whether a run that is gone on with asked for it before it was broken off."""
    digest = _body_digest(request)
    seen = session.index.seen_in_run
    return session.resumed and seen(session.run_id, request.url, request.method, digest) is not None


def _body_digest(request: Request) -> str:
    return hashlib.sha256(request.body).hexdigest() if request.body else ""


def _response_of(request: Request, part: Part, status: int, flag: str) -> Response:
    headers = Headers(dict(part.headers))
    for name in _WIRE_HEADERS:
        headers.pop(name, None)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=part.payload)
    return kind(url=request.url, status=status, headers=headers, body=part.payload, flags=[flag])
