"""Known listings first: where reports were found before, and the rest of a portal only at need."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from scrapy import Request

from archive.declarations.portals import Portal
from crawler.account import RunAccount
from crawler.discovery import Trail
from crawler.looks import FULL, KNOWN, Looks
from crawler.recording.session import RecordingSession
from crawler.requests import RequestMaker

DECLARED_PRIORITY = 100
_COMPARED_LOOKS = 10


class KnownFirst:
    """The first requests of a crawl's portals, by the plan of each.

    A look at known listings that finds less than the look before is made wider within the same run:
    the portal may have been rebuilt.
    """

    def __init__(self, session: RecordingSession, make: RequestMaker, account: RunAccount) -> None:
        self._session = session
        self._make = make
        self._account = account
        self._listings: dict[str, dict[str, Trail]] = {}
        self._expected: dict[str, int] = {}
        self._portals: Mapping[str, Portal] = {}

    def plan(self, portals: Mapping[str, Portal], looks: Looks) -> None:
        """Takes the plans over into the account; where no listing is known, all are looked for."""
        wanted = [name for name in portals if looks.plan(name) == KNOWN]
        self._listings = _listings(self._session, wanted) if wanted else {}
        before = self._session.index.accounts(wanted, _COMPARED_LOOKS) if wanted else {}
        self._portals = portals
        self._expected = {name: _found(before[name]) for name in self._listings}
        for name in portals:
            unknown = looks.plan(name) == KNOWN and name not in self._listings
            self._account[name].look = FULL if unknown else looks.plan(name)

    def requests(self, portal: Portal) -> Iterator[Request]:
        """What is asked for first: known listings, or the declared pages."""
        known = self._listings.get(portal.name)
        if known is None:
            yield from self._columns(_declared(portal))
            return
        # What is declared is expected to be there; a listing that was found may move.
        trails = (replace(t, known=t.column_url not in portal.start) for t in known.values())
        yield from self._columns(trails)

    def wider(self) -> Iterator[Request]:
        """The declared pages of portals whose known listings gave too little; each once."""
        expected, self._expected = self._expected, {}
        for name, least in expected.items():
            if self._account[name].found < least:
                self._account[name].look = FULL
                yield from self._columns(_declared(self._portals[name]))

    def _columns(self, trails: Iterable[Trail]) -> Iterator[Request]:
        for trail in trails:
            if self._session.visited.add(trail.column_url):
                yield self._make.column(trail.column_url, trail, DECLARED_PRIORITY)


def _declared(portal: Portal) -> Iterator[Trail]:
    return (Trail(portal.name, column_url=url) for url in portal.start)


def _found(accounts: Collection[Mapping[str, Any]]) -> int:
    """What the newest look gave that gave anything; one at least is expected."""
    return next((int(each["found"]) for each in accounts if each["found"]), 1)


def _listings(session: RecordingSession, portals: Collection[str]) -> dict[str, dict[str, Trail]]:
    """By portal and address, the columns whose pages named reports."""
    found: defaultdict[str, dict[str, Trail]] = defaultdict(dict)
    for row in session.index.listings(portals):
        portal, notes = json.loads(row["context"])["portal"], json.loads(row["notes"])
        url = notes.get("column_url", "")
        if url and any(each.get("taken") for each in notes.get("rows", ())):
            found[portal].setdefault(url, _trail(portal, url, notes))
    return found


def _trail(portal: str, url: str, notes: Mapping[str, Any]) -> Trail:
    return Trail(
        portal=portal,
        column=notes.get("column", ""),
        column_url=url,
        reason=notes.get("reason", ""),
        depth=int(notes.get("depth", 0)),
        taken=bool(notes.get("by_row")),
        known=True,
    )
