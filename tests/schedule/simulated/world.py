"""A loopback world that changes with simulated time: portals appear, edit, remove, move, fail.

What is served is a function of the portal's script and of the date that the clock file tells. The
log of what was asked for, and when, is the world's own: no part of Gongkai writes it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.clock import CHINA
from tests.crawler.server import NOT_FOUND, Reply, Server, page

OLD, NEW = "/zfxxgk/ndbg/", "/xxgk/fdzdgk/nianbao/"
_RESET = Reply(b"HTTP/1.1 200 OK\r\nContent-Le", then="reset")
_WALL = page("<script>$_ts={}</script>", "412 Precondition Failed")
_BODY = "本机关依法主动公开政府信息，及时回应社会关切。" * 30


def day(text: str) -> datetime:
    """Midnight in China of a day such as `2024-03-01`."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@dataclass(frozen=True)
class Removal:
    """The report of a year is away `since` a day, `until` another if it comes back."""

    year: int
    since: datetime
    until: datetime | None = None
    leaves_listing: bool = False

    def holds(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True)
class Span:
    """A time in which a portal answers otherwise: `kind` is `down`, `blocked` or `absent`."""

    kind: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Site:
    """A portal's script. `published` gives the day of each year's report, `start` what is declared.

    Edits are the days from which a report counts one application more, rewordings those from which
    it has a further sentence. From `rebuilt` on the reports stand in a new column: those that are
    published from then on or, if `moves`, all of them, to which the old addresses then lead.
    """

    name: str
    agency: str
    published: dict[int, datetime]
    edited: tuple[tuple[int, datetime], ...] = ()
    reworded: tuple[tuple[int, datetime], ...] = ()
    removed: tuple[Removal, ...] = ()
    spans: tuple[Span, ...] = ()
    rebuilt: datetime | None = None
    moves: bool = False
    validates: bool = True
    start: str = "/"

    def state(self, now: datetime) -> str:
        """`up`, or the kind of trouble."""
        return next((s.kind for s in self.spans if s.since <= now < s.until), "up")

    def version(self, year: int, now: datetime) -> tuple[int, int]:
        """How often figures and wording of a report had been edited by then."""
        counts = (
            sum(of == year and since <= now for of, since in edits)
            for edits in (self.edited, self.reworded)
        )
        figures, words = counts
        return figures, words

    def away(self, year: int, now: datetime) -> bool:
        return any(one.year == year and one.holds(now) for one in self.removed)

    def column_of(self, year: int, now: datetime) -> str:
        """The column in which the report of a year stands."""
        if self.rebuilt is None or now < self.rebuilt:
            return OLD
        return NEW if self.moves or self.published[year] >= self.rebuilt else OLD

    def years(self, column: str, now: datetime) -> list[int]:
        """The years that a column's listing names, the newest first."""
        there = (y for y, since in self.published.items() if since <= now)
        unlisted = {r.year for r in self.removed if r.leaves_listing and r.holds(now)}
        named = (y for y in there if self.column_of(y, now) == column and y not in unlisted)
        return sorted(named, reverse=True)


@dataclass(frozen=True)
class Asked:
    """A request: when by the simulated clock, what for, and what the world answered with.

    `year` and `version` are those of the report served or stood for by a 304.
    """

    at: datetime
    path: str
    status: int
    year: int = 0
    version: tuple[int, int] = (0, 0)
    rows: tuple[int, ...] = ()


class World(Server):
    """One portal on a port of its own."""

    def __init__(self, site: Site, clock: Path) -> None:
        super().__init__({})
        self.site = site
        self.log: list[Asked] = []
        self._clock = clock

    def _reply(self, target: str, request: bytes) -> Reply:
        now = told(self._clock)
        state = self.site.state(now)
        if state != "up":
            status = {"blocked": 412, "absent": 404}.get(state, 0)
            self._note(now, target, status, year=_year(target))
            return {"down": _RESET, "blocked": _WALL}.get(state, NOT_FOUND)
        if target == "/":
            return self._home(now)
        if target in (OLD, NEW):
            return self._listing(target, now)
        return self._report(target, request, now)

    def _note(self, at: datetime, path: str, status: int, **more: object) -> None:
        self.log.append(Asked(at, path, status, **more))  # type: ignore[arg-type]

    def _home(self, now: datetime) -> Reply:
        rebuilt = self.site.rebuilt is not None and now >= self.site.rebuilt
        columns = [OLD] if not rebuilt else [NEW] if self.site.moves else [NEW, OLD]
        self._note(now, "/", 200)
        links = "".join(f'<a href="{column}">政府信息公开年报</a>' for column in columns)
        return page(f"<title>{self.site.agency}</title>{links}<a href='/news/'>要闻</a>")

    def _listing(self, column: str, now: datetime) -> Reply:
        years = self.site.years(column, now)
        rebuilt = self.site.rebuilt is not None and now >= self.site.rebuilt
        if (column == NEW and not rebuilt) or (column == OLD and rebuilt and self.site.moves):
            self._note(now, column, 404)
            return NOT_FOUND
        self._note(now, column, 200, rows=tuple(years))
        rows = "".join(
            f'<li><a href="{column}{y}.html">{self._title(y)}</a>'
            f"<span>{self.site.published[y]:%Y-%m-%d}</span></li>"
            for y in years
        )
        return page(f"<title>政府信息公开年报</title><ul class='list'>{rows}</ul>")

    def _report(self, target: str, request: bytes, now: datetime) -> Reply:
        column, _, name = target.rpartition("/")
        year, site = _year(target), self.site
        if year not in site.published or site.published[year] > now or site.away(year, now):
            self._note(now, target, 404, year=year)
            return NOT_FOUND
        stands = site.column_of(year, now)
        if stands != f"{column}/":
            self._note(now, target, 301 if site.moves else 404, year=year)
            head = f"HTTP/1.1 301 Moved\r\nLocation: {stands}{name}\r\nContent-Length: 0\r\n\r\n"
            return Reply(head.encode()) if site.moves else NOT_FOUND
        version = site.version(year, now)
        tag = f'"{year}-{version[0]}-{version[1]}"'
        known = site.validates and f"If-None-Match: {tag}".encode() in request
        self._note(now, target, 304 if known else 200, year=year, version=version)
        if known:
            return Reply(f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode())
        return page(self._text(year, version, now), headers=f"ETag: {tag}\r\n")

    def _title(self, year: int) -> str:
        return f"{self.site.agency}{year}年政府信息公开工作年度报告"

    def _text(self, year: int, version: tuple[int, int], now: datetime) -> str:
        figures, words = version
        more = "".join(f"<p>另作第{n + 1}次补充说明，特此更正。</p>" for n in range(words))
        # The template's own noise: no event may come of it.
        noise = "" if self.site.validates else f"<div class='foot'>今天是{now:%Y年%m月%d日}</div>"
        return (
            f"<head><title>{self._title(year)}</title>"
            f'<meta name="ArticleTitle" content="{self._title(year)}">'
            f'<meta name="PubDate" content="{self.site.published[year]:%Y-%m-%d}"></head>'
            f"<body><h1>{self._title(year)}</h1><div class='TRS_Editor'><p>一、总体情况</p>"
            f"<p>{year}年，本机关收到政府信息公开申请{year - 1900 + figures}件。</p>"
            f"<p>{_BODY}</p>{more}</div>{noise}</body>"
        )


def _year(target: str) -> int:
    """The year of the report at an address, 0 for anything else."""
    name = target.rpartition("/")[2].removesuffix(".html")
    return int(name) if name.isdigit() else 0


def told(clock: Path) -> datetime:
    """The simulated time that the clock file tells."""
    return datetime.fromisoformat(json.loads(clock.read_text())["base"])


def tell(clock: Path, base: datetime, starts: int) -> None:
    """Sets the clock; a reader sees either the old time or the new."""
    new = clock.with_suffix(".new")
    new.write_text(json.dumps({"base": base.astimezone(CHINA).isoformat(), "starts": starts}))
    new.replace(clock)
