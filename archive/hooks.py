"""Hooks: commands that are given change events, one JSON object each, on standard input.

Each event is given to each hook once. An event whose command failed is given again the next time.
No shell reads the command, and it may take only so long: then its whole process group is killed.
"""

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.clock import iso, utc_now
from archive.errors import UsageError
from archive.rows import digest16
from archive.state import open_state

SECONDS_A_CALL = 30.0
# A command that failed so often in a row is not called again in this round.
FAILURES_IN_A_ROW = 3
# Longer than a call takes: whoever was killed over an event leaves it to others after that.
_CLAIM_SECONDS_MORE = 60.0

_CLAIM = """
INSERT INTO hook_deliveries (hook, event_id, claimed_until, delivered_at, error, attempts)
VALUES (:hook, :event, :until, '', '', 1)
ON CONFLICT (hook, event_id) DO UPDATE SET claimed_until = :until, attempts = attempts + 1
WHERE delivered_at = '' AND claimed_until < :now
"""
_END = """
UPDATE hook_deliveries SET claimed_until = '', delivered_at = :at, error = :error
WHERE hook = :hook AND event_id = :event
"""


@dataclass(slots=True)
class Deliveries:
    """What became of a round: events given, and the failures with their reasons."""

    delivered: int = 0
    failures: list[str] = field(default_factory=list)
    gave_up: bool = False

    @property
    def told(self) -> str:
        """A line for a person."""
        text = f"hook: {self.delivered} event(s) delivered, {len(self.failures)} failed"
        if self.failures:
            more = ", no more tried" if self.gave_up else ""
            text += f"{more} ({self.failures[-1]}); what is left is tried again the next time"
        return text


class Hook:
    """A command, as it is known in the state at `state_path`."""

    def __init__(self, command: str, state_path: Path, seconds: float = SECONDS_A_CALL) -> None:
        """`command` is split as a shell would, and run without one.

        Raises:
            UsageError: it is empty, or a quotation mark in it is left open.
        """
        try:
            self.words = shlex.split(command)
        except ValueError as error:
            raise UsageError(f"the hook cannot be read: {error}") from error
        if not self.words:
            raise UsageError("the hook is empty")
        # A digest: a command may hold a secret, and the state is no place for one.
        self.name = digest16(*self.words)
        self.state_path = state_path
        self.seconds = seconds

    def deliver(self, events: Iterable[Mapping[str, Any]]) -> Deliveries:
        """Gives the events that were not given yet, in their order.

        Args:
            events: as `archive.events.facts` makes them; `event_id` tells them apart.

        Raises:
            SurroundingsError: the state was made by a newer version.
        """
        made = Deliveries()
        in_a_row = 0
        with closing(open_state(self.state_path)) as state:
            for event in events:
                if not self._claim(state, event["event_id"]):
                    continue
                failure = self._give(state, event)
                in_a_row = in_a_row + 1 if failure else 0
                made.delivered += not failure
                made.failures += filter(None, [failure])
                if in_a_row == FAILURES_IN_A_ROW:
                    made.gave_up = True
                    break
        return made

    def _claim(self, state: Database, event_id: str) -> bool:
        """Takes an event upon us, unless it was given or another process is about to."""
        now = utc_now()
        until = now + timedelta(seconds=self.seconds + _CLAIM_SECONDS_MORE)
        named = {"hook": self.name, "event": event_id, "until": iso(until), "now": iso(now)}
        with state.conn:
            return state.execute(_CLAIM, named).rowcount == 1

    def _give(self, state: Database, event: Mapping[str, Any]) -> str:
        failure = "the call was broken off"
        try:
            failure = run(self.words, _line(event), self.seconds)
        finally:
            named = {"hook": self.name, "event": event["event_id"], "error": failure}
            with state.conn:
                state.execute(_END, named | {"at": "" if failure else iso(utc_now())})
        return failure


def run(words: list[str], given: bytes, seconds: float) -> str:
    """Runs a command with `given` on its standard input; why it failed, empty if it did not.

    What it prints goes to standard error.
    """
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=_stderr(), start_new_session=True
        )
    except (OSError, ValueError) as error:
        return f"{words[0]} cannot be run: {getattr(error, 'strerror', None) or error}"
    try:
        process.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired:
        _kill(process)
        return f"{words[0]} took longer than {seconds:g} s"
    except BaseException:
        _kill(process)
        raise
    status = process.returncode
    return f"{words[0]} ended with status {status}" if status else ""


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process group, and waits for the command itself."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
    process.wait()


def _stderr() -> int:
    """Standard error as a file descriptor; nowhere, where there is none."""
    try:
        return sys.stderr.fileno()
    except (OSError, ValueError, AttributeError):
        return subprocess.DEVNULL


def _line(event: Mapping[str, Any]) -> bytes:
    return (json.dumps(event, ensure_ascii=False) + "\n").encode("utf-8", "replace")
