"""Exchanges as they come off the wire, made up for the tests."""

import gzip
from typing import Any

from archive.records import Exchange
from parsers.records import Context

URL = "http://www.example.gov.cn/zwgk/t1.html"
PAGE = ("<html><body>" + "某县2023年政府信息公开工作年度报告 " * 60 + "</body></html>").encode()


def chunked(body: bytes, size: int = 97) -> bytes:
    pieces = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


def response(body: bytes = PAGE, *fields: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def plain(body: bytes = PAGE, *fields: str) -> bytes:
    return response(body, f"Content-Length: {len(body)}", *fields)


def packed(body: bytes = PAGE) -> bytes:
    fields = ("Content-Encoding: gzip", "Transfer-Encoding: chunked")
    return response(chunked(gzip.compress(body, mtime=0)), *fields)


def exchange(answer: bytes = b"", url: str = URL, **more: Any) -> Exchange:
    request = more.pop("request", b"GET /zwgk/t1.html HTTP/1.1\r\nHost: www.example.gov.cn\r\n\r\n")
    facts: dict[str, Any] = {
        "method": "GET",
        "date": "2024-03-01T08:00:00.000001Z",
        "ip": "192.0.2.7",
        "seconds": 0.25,
        "role": "page",
        "context": Context(url=url, link_text="2023年度报告", column="年度报告"),
    }
    return Exchange(url=url, request=request, response=answer, **{**facts, **more})
