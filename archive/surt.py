"""The key under which replay tools look an address up: `cn,gov,example)/path?query`.

The rules are those of the Internet Archive's canonicaliser, which pywb and the CDXJ form of WACZ go
by: they are coarser than `archive.urls.url_key` (case, order of arguments and session ids do not
count). Tests compare them with pywb's own.
"""

import re
from urllib.parse import SplitResult, quote_from_bytes, unquote_to_bytes, urlsplit

_SAFE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_PORTS = {"http": 80, "https": 443}
_WWW = re.compile(r"^www\d*\.")
_PATH_SESSION = re.compile(
    r"^(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/|^(.*/)\([0-9a-z]{24}\)/(?=.*\.aspx)"
)
_QUERY_SESSIONS = tuple(
    re.compile(rf"^(.*)(?:{pattern})(?:&(.*))?$", re.IGNORECASE)
    for pattern in (
        r"jsessionid=[0-9a-z]{32}",
        r"phpsessid=[0-9a-z]{32}",
        r"sid=[0-9a-z]{32}",
        r"ASPSESSIONID[a-z]{8}=[a-z]{24}",
        r"cfid=[^&]+&cftoken=[^&]+",
    )
)


def surt(url: str) -> str:
    """The key of an address; what is not http(s) is its own key."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in _PORTS or not host:
        return url
    labels = _WWW.sub("", _ascii(host)).replace("..", ".").strip(".").split(".")
    place = ",".join(reversed(labels))
    if port is not None and port != _PORTS[parts.scheme.lower()]:
        place += f":{port}"
    return f"{place}){_path(parts)}{_query(parts)}"


def _ascii(host: str) -> str:
    try:
        return host.encode("ascii" if host.isascii() else "idna").decode().lower()
    except UnicodeError:
        return host.lower()


def _path(parts: SplitResult) -> str:
    kept: list[bytes] = []
    steps = _unescaped(parts.path).split(b"/")[1:]
    for step in steps:
        if step == b"..":  # one that leads above the root stays, as in the original
            kept = kept[:-1] if kept else [step]
        elif step != b".":
            kept.append(step)
    shown = [step for step in kept[:-1] if step] + kept[-1:]
    path = _escaped(b"/" + b"/".join(shown)).lower()
    path = _PATH_SESSION.sub(lambda match: match[1] or match[2], path)
    return path[:-1] if path.endswith("/") and len(path) > 1 else path


def _query(parts: SplitResult) -> str:
    query = _escaped(_unescaped(parts.query))
    for session in _QUERY_SESSIONS:
        if match := session.match(query):
            query = match[1] + (match[2] or "")
    arguments = sorted(tuple(part.split("=", 1)) for part in query.lower().split("&"))
    query = "&".join("=".join(argument) for argument in arguments)
    return f"?{query}" if query else ""


def _unescaped(text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    while (plain := unquote_to_bytes(raw)) != raw:
        raw = plain
    return raw


def _escaped(raw: bytes) -> str:
    return quote_from_bytes(raw, safe=_SAFE)
