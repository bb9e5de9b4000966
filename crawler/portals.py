"""Which portals a crawl is of."""

import hashlib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from archive.declarations import data_dir
from archive.declarations.portals import Portal, load
from archive.errors import UsageError


def declared_portals() -> Mapping[str, Portal]:
    """All declared portals by name."""
    return load(data_dir())


def wanted_portals(
    portal: str = "", url: str = "", agency: str = "", region: str = ""
) -> tuple[Portal, ...]:
    """The portals that arguments ask for: one made up for an address, those named, or all.

    Raises:
        UsageError: for an unknown portal or what is no address.
    """
    if url:
        return (portal_at(url, agency, region),)
    return named_portals(name for name in portal.split(",") if name)


def named_portals(names: Iterable[str]) -> tuple[Portal, ...]:
    """Declared portals; all of them where none is named.

    Raises:
        UsageError: for a name that is not declared, with those that look like it.
    """
    declared = declared_portals()
    wanted = list(names) or list(declared)
    for name in wanted:
        if name not in declared:
            like = [known for known in declared if name.lower() in known or known in name.lower()]
            hint = f"; did you mean {', '.join(like[:5])}?" if like else ""
            raise UsageError(f"no portal named {name!r} is declared{hint}")
    if not wanted:
        raise UsageError("no portal is declared: give --url ADDRESS")
    return tuple(declared[name] for name in wanted)


def portal_at(url: str, agency: str = "", region: str = "", *, browser: bool = False) -> Portal:
    """A portal made up for one address: a home page, a column or a report page.

    Raises:
        UsageError: if it is no http or https address.
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{url!r} is no address: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"{url!r} is no address: it must begin with http:// or https://")
    digest = hashlib.sha256(url.strip().encode()).hexdigest()[:6]
    title = agency or host
    name, start = f"{host}-{digest}", (url.strip(),)
    return Portal(name, title, start, agency=agency, region=region, browser=browser)


def user_agent(contact: str) -> str:
    """How the crawl presents itself.

    Some portals turn away what does not begin with Mozilla/5.0; the rest says who asks.
    """
    try:
        number = version("gongkai")
    except PackageNotFoundError:
        number = "0"
    whom = f"+{contact}" if contact else "archive of open-government reports"
    return f"Mozilla/5.0 (compatible; Gongkai/{number}; {whom})"
