"""The file name in a Content-Disposition header, however it is written (RFC 6266, 5987, 2047)."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote_to_bytes

_EXTENDED = re.compile(r"filename\*\s*=\s*\"?\s*([\w-]*)'[^']*'([^;\"\s]+)", re.IGNORECASE)
_PLAIN = re.compile(r"filename\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"?|([^;]+))", re.IGNORECASE)
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}")
_CHARSETS = ("utf-8", "gb18030")


def file_name(header: str) -> str:
    """The name without folders; empty if the header names none.

    Portals write it by RFC 5987, percent-encoded, as an encoded word of mail (RFC 2047), or as bare
    bytes in UTF-8 or GB 18030, which are text here already, or text misread as Latin-1.
    """
    extended, plain = _EXTENDED.search(header), _PLAIN.search(header)
    if extended:
        name = _unescaped(extended[2], extended[1])
    elif plain:
        name = _as_meant((plain[1] or plain[2] or "").replace('\\"', '"').strip())
    else:
        name = ""
    return re.split(r"[/\\]", name)[-1].strip()


def _as_meant(name: str) -> str:
    if name.startswith("=?"):
        return _from_mail(name)
    if _ESCAPED.search(name):
        return _unescaped(name)
    try:
        return _decoded(name.encode("latin-1")) if not name.isascii() else name
    except UnicodeEncodeError:
        return name


def _from_mail(name: str) -> str:
    try:
        words = decode_header(name)
    except (HeaderParseError, ValueError):
        return name
    return "".join(w if isinstance(w, str) else _decoded(w, charset or "") for w, charset in words)


def _unescaped(name: str, charset: str = "") -> str:
    return _decoded(unquote_to_bytes(name), charset)


def _decoded(payload: bytes, charset: str = "") -> str:
    for name in (*_CHARSETS[:1], charset or _CHARSETS[1], _CHARSETS[1]):
        try:
            return payload.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return payload.decode("latin-1")
