"""What a crawl tells a person, as JSON lines among those of its log."""

import json
from datetime import datetime

from archive.clock import utc_now


def json_line(
    moment: datetime, level: str, logger: str, run: str, message: str, **more: str
) -> str:
    """One line of the log: time (ISO 8601 UTC, to the millisecond), level, logger, run, message."""
    told = {"time": moment.isoformat(timespec="milliseconds"), "level": level, "logger": logger}
    return json.dumps({**told, "run": run, "message": message, **more}, ensure_ascii=False)


def json_note(text: str) -> str:
    """A note as a line of the log."""
    return json_line(utc_now(), "INFO", "gongkai", "", text)
