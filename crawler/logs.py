"""The log of a crawl as JSON lines, for programs that gather logs."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.notes import json_line
from crawler.recording.session import RecordingSession

_CREDENTIALS = re.compile(r"(?<=//)[^/@\s]+@")


class JsonLines(logging.Formatter):
    """One JSON object a line: time (ISO 8601 UTC), level, logger, run, message, error.

    User names and passwords in addresses are left out.
    """

    def __init__(self, run_id: Callable[[], str]) -> None:
        """`run_id` tells the run under way, empty before it has begun."""
        super().__init__()
        self._run_id = run_id

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        error = {"error": self.formatException(record.exc_info)} if record.exc_info else {}
        moment, level = datetime.fromtimestamp(record.created, UTC), record.levelname
        line = json_line(moment, level, record.name, self._run_id(), record.getMessage(), **error)
        return _CREDENTIALS.sub("", line)


def as_json(settings: BaseSettings) -> bool:
    """Whether the log is asked for as JSON lines."""
    return bool(settings.get("GONGKAI_LOG_FORMAT") == "json")


@contextmanager
def logging_as_asked(crawler: Crawler) -> Iterator[None]:
    """Writes JSON lines to standard error, where they are asked for, in place of Scrapy's log."""
    if not as_json(crawler.settings):
        yield
        return
    handler = logging.StreamHandler()
    handler.setLevel(crawler.settings.get("LOG_LEVEL"))
    handler.setFormatter(JsonLines(lambda: _run_of(crawler)))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


def _run_of(crawler: Crawler) -> str:
    """The run's name, empty before it has begun."""
    try:
        session = crawler.get_extension(RecordingSession)
    except RuntimeError:  # the crawl has not begun
        return ""
    return str(getattr(session, "run_id", ""))
