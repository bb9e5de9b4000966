"""Builds the requests that interfaces expect."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parsers.portals.records import PageRequest
from parsers.portals.scripting import Json

_FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
_SCRIPTED = {"X-Requested-With": "XMLHttpRequest"}


def with_query(url: str, values: Mapping[str, str]) -> str:
    """The address with these query values set; the others stay, in order."""
    parts = urlsplit(url)
    kept = dict(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit(parts._replace(query=urlencode({**kept, **values})))


def get(url: str, values: Mapping[str, str], referer: str, state: Mapping[str, str]) -> PageRequest:
    """A GET as a page's script would send it."""
    headers = {**_SCRIPTED, "Referer": referer}
    return PageRequest(with_query(url, values), headers=headers, state=state)


def post(url: str, form: Mapping[str, str], referer: str, state: Mapping[str, str]) -> PageRequest:
    """A POST of a form as a page's script would send it."""
    headers = {**_FORM, **_SCRIPTED, "Referer": referer}
    return PageRequest(url, "POST", urlencode(form).encode("ascii"), headers, state)


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
