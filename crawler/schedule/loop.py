"""Looks at what is due again and again, for containers; a signal ends it in order."""

import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from types import FrameType

from archive.clock import iso, utc_now
from archive.console import note

_SHORTEST_SECONDS = 60.0
_LONGEST_SECONDS = 3600.0


class Loop:
    """Calls a command, sleeps until the next look is due (an hour at most), and so on."""

    def __init__(self, command: Sequence[str], seconds_left: Callable[[], float]) -> None:
        """`seconds_left` tells how long it is until something is due."""
        self._command = command
        self._seconds_left = seconds_left
        self._ending = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Goes on until SIGTERM or SIGINT; a crawl under way is then ended in order."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        while not self._ending.is_set():
            if (left := self._seconds_left()) <= 0:
                self._tell(f"the crawl ended with {self._call()}")
                left = self._seconds_left()
            seconds = min(max(left, _SHORTEST_SECONDS), _LONGEST_SECONDS)
            self._tell(f"next in {left:.0f} s; asleep for {seconds:.0f} s at most")
            self._ending.wait(seconds)
        self._tell("ended")

    def _call(self) -> int:
        # A session of its own: Ctrl-C at a terminal shall reach it once, through us.
        self._child = subprocess.Popen(self._command, start_new_session=True)
        if self._ending.is_set():
            self._child.send_signal(signal.SIGINT)
        status = self._child.wait()
        self._child = None
        return status

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        if self._child is not None and not self._ending.is_set():
            self._child.send_signal(signal.SIGINT)
        self._ending.set()

    def _tell(self, text: str) -> None:
        note(f"{iso(utc_now())} {text}")
