"""What of Scrapy and Twisted recording hooks into, and what happens once it is gone."""

import scrapy
from scrapy import Request
from scrapy.core.downloader.handlers import http11
from scrapy.http import HtmlResponse
from twisted.web._newclient import HTTP11ClientProtocol
from twisted.web.client import HTTPConnectionPool

from crawler.recording import handler
from crawler.recording.exchange import exchange_of
from crawler.recording.outcomes import Outcome
from crawler.recording.tape import Tape
from crawler.recording.wire import RecordingFactory, RecordingPool, RecordingProtocol


def test_the_private_names_are_there() -> None:
    assert scrapy.__version__.startswith("2.19."), "check crawler/recording/wire.py against it"
    assert issubclass(http11._LenientHTTP11ClientProtocol, HTTP11ClientProtocol)
    assert issubclass(RecordingProtocol, http11._LenientHTTP11ClientProtocol)
    assert RecordingFactory.buildProtocol is not http11._LenientHTTP11ClientFactory.buildProtocol
    assert {"_factory", "getConnection"} <= set(dir(HTTPConnectionPool))
    assert handler.RecordingPool is RecordingPool


def test_without_the_wire_an_exchange_is_rebuilt_and_marked() -> None:
    request = Request("http://www.example.gov.cn/a?b=1", headers={"X-Asked": "yes"})
    response = HtmlResponse(request.url, body="<p>年报".encode(), headers={"X-Two": ["a", "b"]})
    exchange = exchange_of(request, Tape(), Outcome(), response)
    assert exchange.fidelity == "reconstructed"
    assert exchange.request.startswith(b"GET /a?b=1 HTTP/1.1\r\nHost: www.example.gov.cn\r\n")
    assert exchange.response.startswith(b"HTTP/1.1 200\r\nX-Two: a\r\nX-Two: b\r\n")
    assert exchange.response.endswith(b"\r\n\r\n" + response.body)
