"""Shows how a crawl goes, on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.console import note, stderr
from crawler.recording.session import session_of
from pipelines.ocr.showing import pages_shown

_PLAIN_EVERY = 100


@contextmanager
def showing(crawler: Crawler) -> Iterator[None]:
    """A status line at a terminal, a line now and then elsewhere, while the crawl runs."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    quiet = not stderr.is_terminal
    with (
        pages_shown(),
        Progress(*columns, console=stderr, transient=True, disable=quiet) as bar,
    ):
        shown = _Shown(crawler, bar)
        crawler.signals.connect(shown.opened, signals.spider_opened)
        crawler.signals.connect(shown.answered, signals.response_received)
        yield


class _Shown:
    def __init__(self, crawler: Crawler, bar: Progress) -> None:
        self._crawler = crawler
        self._bar = bar
        self._task = bar.add_task("starting", total=None)
        self._answers = 0

    def opened(self) -> None:
        session = session_of(self._crawler)
        on = "going on with run" if session.resumed else "run"
        kept = not (self._crawler.settings.getbool("GONGKAI_DRY_RUN") or session.offline)
        into = f" into {session.archive.directory}" if kept else ": nothing is kept"
        note(f"{on} {session.run_id}{into}")
        for host, why in session.pauses.stopped.items():
            note(f"{host} is left alone: {why}")
        for line in session.writer.recovered:
            note(line)

    def answered(self, response: Response, request: Request, spider: Any) -> None:
        self._answers += 1
        account = spider.account
        text = (
            f"{self._answers} answers, {account.found} reports found, {account.archived} archived"
        )
        self._bar.update(self._task, description=f"{text}; {response.url}")
        if not stderr.is_terminal and self._answers % _PLAIN_EVERY == 0:
            note(text)
