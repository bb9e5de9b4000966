"""Tells a listing that a portal answers in the place of a report."""

from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import urlsplit


class Listings:
    """The listings seen: portals that are asked too often answer with one of them."""

    def __init__(self) -> None:
        self._rows: set[bytes] = set()
        self._home_payloads: set[str] = set()

    def note(self, url: str, payload_sha256: str, reports: Iterable[str]) -> None:
        """Notes a listing: its payload's digest and the addresses of the reports it names."""
        self._rows.add(_digest(reports))
        if not urlsplit(url).path.strip("/"):
            self._home_payloads.add(payload_sha256)

    def stands_for(self, asked: str, payload_sha256: str, reports: Iterable[str]) -> bool:
        """Whether what came for the report at `asked` is the home page or a listing that names it.

        A page leaves links to itself out of its rows: so `asked` is put to the `reports` named.
        """
        named = list(reports)
        is_listing = bool(named) and _digest([*named, asked]) in self._rows
        return is_listing or payload_sha256 in self._home_payloads


def _digest(urls: Iterable[str]) -> bytes:
    return sha256("\n".join(sorted(set(urls))).encode()).digest()
