"""The hours of the day in which portals are asked: by night they have time."""

import math
import re
from dataclasses import dataclass
from datetime import datetime

from archive.clock import CHINA
from archive.errors import UsageError

_FORM = re.compile(r"(\d{1,2})-(\d{1,2})")
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Hours:
    """From one full hour (China's time) to another, over midnight if need be. Equal: all day."""

    begin: int = 0
    end: int = 0

    @classmethod
    def of(cls, text: str) -> "Hours":
        """The hours written as `22-6`; all day for an empty text.

        Raises:
            UsageError: if they are not written so.
        """
        if not text.strip():
            return cls()
        match = _FORM.fullmatch(text.strip())
        if match is None or max(int(hour) for hour in match.groups()) > 24:
            raise UsageError(f"GONGKAI_HOURS={text}: hours are given as 22-6")
        return cls(int(match.group(1)) % 24, int(match.group(2)) % 24)

    def seconds_open(self, now: datetime) -> float:
        """How long it is from `now` until portals may no longer be asked; endless if all day."""
        if self.begin == self.end:
            return math.inf
        return Hours(self.end, self.begin).seconds_left(now)

    def seconds_left(self, now: datetime) -> float:
        """How long it is from `now` (with time zone) until portals may be asked; 0 if they may."""
        local = now.astimezone(CHINA)
        of_day = local.hour * 3600 + local.minute * 60 + local.second
        begin, end = self.begin * 3600, self.end * 3600
        if begin == end or (of_day - begin) % _DAY_SECONDS < (end - begin) % _DAY_SECONDS:
            return 0.0
        return float((begin - of_day) % _DAY_SECONDS)
