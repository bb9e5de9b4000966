"""Which captures of a foreign file belong to which page, by what the pages link to."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from archive.records import Capture
from archive.urls import url_key
from parsers.portals import Article
from parsers.records import Link

MAX_JUMPS = 5
MAX_PARTS = 80
MAX_DEPTH = 2
_PART_KINDS = ("attachment", "image")


@dataclass(frozen=True, slots=True)
class Judged:
    """A document: its capture, whether it reads as a report, and the page it is, if HTML."""

    capture: Capture
    is_report: bool
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A page, its parts with the links that lead to them, and the link text that leads to it."""

    page: Judged
    parts: tuple[tuple[Link, Capture], ...] = ()
    link_text: str = ""


def groups(captures: Iterable[Capture], judged: Iterable[Judged]) -> Iterator[Group]:
    """Every report once: web pages in order of date, with their parts; then what is left.

    A document that a page links to is its part and no page of its own. Of several captures of one
    address the one nearest in time to the page is taken.
    """
    known = {one.capture.record_id: one for one in judged}
    pool = _Pool(captures)
    reports = sorted((one for one in known.values() if one.is_report), key=_order)
    for one in reports:
        if one.article is not None and pool.take(one.capture):
            found = _parts(one, known, pool, 0)
            yield Group(one, tuple(part for part, _ in zip(found, range(MAX_PARTS), strict=False)))
    texts = link_texts(known.values())
    for one in reports:
        if pool.take(one.capture):
            yield Group(one, link_text=texts.get(url_key(one.capture.url), ""))


def _parts(
    page: Judged, known: dict[str, Judged], pool: "_Pool", depth: int
) -> Iterator[tuple[Link, Capture]]:
    """What a page links to, and what its frames and further pages do."""
    for link in _links(page):
        found = pool.nearest(link.url, page.capture.date)
        if found is None or not pool.take(found):
            continue
        yield link, found
        within = known.get(found.record_id)
        if within is not None and link.kind in ("frame", "next_page") and depth < MAX_DEPTH:
            yield from _parts(within, known, pool, depth + 1)


def _links(page: Judged) -> Iterator[Link]:
    article = page.article or Article()
    yield from (link for link in article.links if link.kind in _PART_KINDS)
    yield from (Link(url, "", "frame") for url in article.frames)
    yield from (Link(url, "", "next_page") for url in article.next_pages)


def link_texts(judged: Iterable[Judged]) -> dict[str, str]:
    """The texts of the links to documents, by `url_key` of what they lead to."""
    texts: dict[str, str] = {}
    for one in judged:
        for link in one.article.links if one.article else ():
            if link.text:
                texts.setdefault(url_key(link.url), link.text)
    return texts


class _Pool:
    """The captures that belong to nothing yet."""

    def __init__(self, captures: Iterable[Capture]) -> None:
        self._free: dict[str, dict[str, Capture]] = defaultdict(dict)
        for capture in captures:
            self._free[url_key(capture.url)][capture.record_id] = capture

    def take(self, capture: Capture) -> bool:
        """Takes a capture out; false if it was taken before."""
        return self._free[url_key(capture.url)].pop(capture.record_id, None) is not None

    def nearest(self, url: str, date: str) -> Capture | None:
        """The free capture of an address made nearest to a date; redirects are followed."""
        for _ in range(MAX_JUMPS):
            free = self._free.get(url_key(url), {}).values()
            found = min(free, key=lambda one: (_apart(one.date, date), one.record_id), default=None)
            if found is None or found.status in (None, 200):
                return found
            url = urljoin(url, json.loads(found.notes).get("location", ""))
        return None


def _order(judged: Judged) -> tuple[str, str]:
    return judged.capture.date, judged.capture.record_id


def _apart(one: str, other: str) -> float:
    """Seconds between two dates."""
    moments = (datetime.fromisoformat(date[:19]) for date in (one, other))
    first, second = moments
    return abs((first - second).total_seconds())
