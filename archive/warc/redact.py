"""Secrets do not reach the archive: credentials and the cookies we send are cut and marked."""

import re

from archive.urls import has_password, without_password

REDACTED = b"[redacted]"
SECRET_FIELDS = ("authorization", "proxy-authorization", "cookie", "cookie2")


def request(message: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The request without secrets, and the names of what was cut."""
    head, gap, body = message.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    cut: list[str] = []
    lines[0] = _first_line(lines[0], cut)
    lines[1:] = [_field(line, cut) for line in lines[1:]]
    return b"\r\n".join(lines) + gap + body, tuple(sorted(set(cut)))


def url(address: str) -> tuple[str, tuple[str, ...]]:
    """The address without user name and password, and the names of what was cut."""
    return without_password(address), ("url-password",) if has_password(address) else ()


def _first_line(line: bytes, cut: list[str]) -> bytes:
    method, space, rest = line.partition(b" ")
    target, space2, version = rest.rpartition(b" ")
    cleaned = re.sub(rb"^([a-z+]+://)[^/?#]*@", rb"\1", target)
    if cleaned != target:
        cut.append("url-password")
    return method + space + cleaned + space2 + version


def _field(line: bytes, cut: list[str]) -> bytes:
    name, colon, value = line.partition(b":")
    lowered = name.strip().lower().decode("latin-1")
    if lowered in SECRET_FIELDS:
        cut.append(lowered)
        return name + colon + b" " + REDACTED
    if lowered == "referer" and has_password(text := value.decode("latin-1").strip()):
        cut.append("url-password")
        return name + colon + b" " + without_password(text).encode("latin-1", "replace")
    return line
