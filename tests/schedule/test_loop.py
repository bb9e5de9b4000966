"""The loop: calls when something is due, sleeps otherwise, ends in order at a signal."""

import os
import signal
import sys
import threading
from collections.abc import Iterator

import pytest

from crawler.schedule.loop import Loop

CHILD = "import signal, sys, time; signal.signal(2, lambda *_: sys.exit(7)); time.sleep({})"


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def _terminate_after(seconds: float) -> None:
    threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGTERM)).start()


def test_nothing_due_sleeps_until_a_signal(capsys: pytest.CaptureFixture[str]) -> None:
    _terminate_after(0.2)
    Loop([sys.executable, "-c", "raise SystemExit(9)"], lambda: 500.0).run()
    told = capsys.readouterr().err
    assert "asleep for 500 s" in told
    assert "the crawl ended" not in told
    assert told.endswith("ended\n")


def test_a_signal_ends_the_crawl_under_way_and_then_the_loop(
    capsys: pytest.CaptureFixture[str],
) -> None:
    left = iter([0.0, 900.0])
    _terminate_after(1.0)
    Loop([sys.executable, "-c", CHILD.format(60)], lambda: next(left)).run()
    told = capsys.readouterr().err
    assert "the crawl ended with 7" in told
    assert told.endswith("ended\n")
