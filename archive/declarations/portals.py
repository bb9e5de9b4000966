"""Loads the declared portals: where to begin, and what is special about a site.

Each file under `portals/` is a YAML mapping from a portal's name to its fields; see `Portal`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from archive.declarations.files import fail
from archive.declarations.nodes import compose
from parsers.portals.choice import FAMILY_NAMES

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REGION = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal that reports are looked for on.

    Attributes:
        name: the name used on the command line: lower-case letters, digits and hyphens.
        title: the body or site, as printed.
        start: addresses to begin at: a listing of reports, a column, a home page.
        fallback: addresses to begin at where `start` gives no report.
        region: division code of the place the portal belongs to.
        agency: the body that *every* report found here is of; empty where several publish.
        family: pins the portal family where recognition would go wrong.
        hosts: hosts beyond gov.cn that belong to the portal (`host` or `host:port` patterns).
        delay_seconds: the time between two requests, where more is wanted than by default.
        legacy_tls: whether the site only speaks outdated TLS, which is then accepted from it.
        browser: whether its pages show nothing without a browser, which they are then opened in.
        note: what a person should know.
    """

    name: str
    title: str
    start: tuple[str, ...]
    fallback: tuple[str, ...] = ()
    region: str = ""
    agency: str = ""
    family: str = ""
    hosts: tuple[str, ...] = ()
    delay_seconds: float | None = None
    legacy_tls: bool = False
    browser: bool = False
    note: str = ""


_LISTS = ("start", "fallback", "hosts")
_SWITCHES = ("legacy_tls", "browser")
_TEXTS = ("title", "region", "agency", "family", "note")
_FIELDS = frozenset(field.name for field in fields(Portal)) - {"name"}


def load(directory: Path) -> Mapping[str, Portal]:
    """The portals declared under `directory`, by name, in order of name.

    Raises:
        DeclarationError: something is not understood or declared twice; the message names file and
            line.
    """
    found: dict[str, Portal] = {}
    for path in sorted((directory / "portals").glob("*.yml")):
        for line, name, values in _entries(path):
            if name in found:
                fail(path, line, f"portal {name} is declared twice")
            found[name] = _portal(path, line, name, values)
    return dict(sorted(found.items()))


def _entries(path: Path) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    tree = compose(path)
    if tree is None:
        return
    if not isinstance(tree, yaml.MappingNode):
        fail(path, 1, "is no mapping from names to portals")
    for key, value in tree.value:
        line = key.start_mark.line + 1
        if not isinstance(value, yaml.MappingNode):
            fail(path, line, f"portal {key.value} has no fields")
        yield line, str(key.value), _values(path, value)


def _values(path: Path, node: yaml.MappingNode) -> Mapping[str, Any]:
    values: dict[str, Any] = {}
    loader = yaml.SafeLoader("")
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.value not in _FIELDS:
            fail(path, line, f"unknown field {key.value!r}")
        if key.value in values:
            fail(path, line, f"field {key.value} stands there twice")
        values[key.value] = loader.construct_object(value, deep=True)
    return values


def _portal(path: Path, line: int, name: str, values: Mapping[str, Any]) -> Portal:
    if not _NAME.fullmatch(name):
        fail(path, line, f"portal name {name!r} is not lower-case letters, digits and hyphens")
    for field in _TEXTS:
        if not isinstance(values.get(field, ""), str):
            fail(path, line, f"{field} of {name} is no text")
    for field in _LISTS:
        _check_list(path, line, name, field, values.get(field, []))
    _check_values(path, line, name, values)
    given: dict[str, Any] = {k: tuple(v) if k in _LISTS else v for k, v in values.items()}
    return Portal(name=name, **given)


def _check_list(path: Path, line: int, name: str, field: str, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        fail(path, line, f"{field} of {name} is no list of texts")
    for url in value if field != "hosts" else ():
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            fail(path, line, f"{field} of {name}: {url!r} is no address")


def _check_values(path: Path, line: int, name: str, values: Mapping[str, Any]) -> None:
    for field in ("title", "start"):
        if not values.get(field):
            fail(path, line, f"{name} has no {field}")
    family = values.get("family")
    if family and family not in FAMILY_NAMES:
        fail(path, line, f"family of {name}: {family!r} is none of {', '.join(FAMILY_NAMES)}")
    if values.get("region") and not _REGION.fullmatch(values["region"]):
        fail(path, line, f"region of {name} is no division code of six digits")
    delay = values.get("delay_seconds")
    if delay is not None and (isinstance(delay, bool) or not isinstance(delay, int | float)):
        fail(path, line, f"delay_seconds of {name} is no number")
    if delay is not None and not 0 <= delay <= 3600:
        fail(path, line, f"delay_seconds of {name} is not between 0 and 3600")
    for field in _SWITCHES:
        if not isinstance(values.get(field, False), bool):
            fail(path, line, f"{field} of {name} is neither true nor false")
