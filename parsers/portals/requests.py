"""Builds the requests that interfaces expect."""

import json
from collections.abc import Mapping
from typing import TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parsers.portals.records import PageRequest
from parsers.portals.scripting import Json

_FORM = "application/x-www-form-urlencoded"
_SCRIPTED = {"X-Requested-With": "XMLHttpRequest"}


Fields: TypeAlias = "Mapping[str, str] | Mapping[str, str | list[str]]"


def with_query(url: str, values: Fields) -> str:
    """The address with these query values set; the others stay, in order."""
    parts = urlsplit(url)
    kept = dict(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit(parts._replace(query=urlencode({**kept, **values}, doseq=True)))


def get(url: str, values: Fields, referer: str, state: Mapping[str, str]) -> PageRequest:
    """A GET as a page's script would send it."""
    headers = {**_SCRIPTED, "Referer": referer}
    return PageRequest(with_query(url, values), headers=headers, state=state)


def post(
    url: str,
    form: Fields,
    referer: str,
    state: Mapping[str, str],
    charset: str = "utf-8",
) -> PageRequest:
    """A POST of a form as a page's script would send it, its values in `charset`."""
    told = "; charset=UTF-8" if charset == "utf-8" else ""
    headers = {"Content-Type": f"{_FORM}{told}", **_SCRIPTED, "Referer": referer}
    return PageRequest(url, "POST", form_body(form, charset), headers, state)


def form_body(form: Fields, charset: str = "utf-8") -> bytes:
    """The fields of a form as they are sent; what `charset` has not is sent as a reference."""
    return urlencode(form, True, encoding=charset, errors="xmlcharrefreplace").encode("ascii")


def post_json(
    url: str, value: Mapping[str, Json], referer: str, state: Mapping[str, str]
) -> PageRequest:
    """A POST of a JSON object as a page's script would send it."""
    headers = {"Content-Type": "application/json;charset=UTF-8", **_SCRIPTED, "Referer": referer}
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return PageRequest(url, "POST", body, headers, state)


def packed(values: Mapping[str, str]) -> str:
    """A mapping as one text for a request's state."""
    return urlencode(values)


def unpacked(text: str) -> dict[str, str]:
    """The mapping that `packed` made."""
    return dict(parse_qsl(text, keep_blank_values=True))
