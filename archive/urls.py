"""Addresses: what is kept of them and when two of them count as one."""

import posixpath
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

_SAFE = "!$&'()*+,;=:@-._~/"
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}


# Each step from a request to its row asks for the same few forms again.
@lru_cache(256)
def without_password(url: str) -> str:
    """The address without user name and password, escaped as RFC 3986 has it.

    Escaped are blanks, control characters and, behind the host, all that is not ASCII: records and
    the header fields of players take nothing else.
    """
    url = _UNSAFE.sub(_escaped, url.strip())
    head, separator, rest = url.partition("://")
    if not separator:
        return url
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    place = _NOT_ASCII.sub(_escaped, rest[len(authority) :])
    return f"{head}://{authority.rpartition('@')[2]}{place}"


def _escaped(match: re.Match[str]) -> str:
    return quote(match[0], errors="surrogatepass")


def has_password(url: str) -> bool:
    """True if the address carries a user name or password."""
    authority = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
    return "@" in authority


@lru_cache(256)
def url_key(url: str) -> str:
    """The form in which addresses are compared: `cn,gov,example)/path?query`.

    Scheme, `www.`, default port, fragment and password do not count; nor does the way a character
    is escaped. Anything that is not http(s) stays as it is.
    """
    try:
        parts = urlsplit(without_password(url))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return url
    labels = host.removeprefix("www.").strip(".").split(".")
    place = ",".join(reversed(labels))
    if port not in (None, *_DEFAULT_PORTS.values()):
        place += f":{port}"
    query = "?" + _normal(parts.query, _SAFE + "/?") if parts.query else ""
    return f"{place}){_path(parts)}{query}"


def is_official(url: str) -> bool:
    """True for a host under `gov.cn`."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host == "gov.cn" or host.endswith(".gov.cn")


def recorded_form(url: str) -> str:
    """The address as records hold it: without password and fragment."""
    return without_password(url).partition("#")[0]


def _path(parts: SplitResult) -> str:
    path = parts.path or "/"
    if "/." in path:
        trailing = "/" if path.endswith(("/", "/.", "/..")) else ""
        path = posixpath.normpath(path).rstrip("/") + trailing
    return _normal(path, _SAFE) or "/"


def _normal(text: str, safe: str) -> str:
    return quote(unquote_to_bytes(text), safe=safe)
