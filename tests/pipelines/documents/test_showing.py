"""The progress bar of text recognition."""

import io
import time

import pytest
from rich.console import Console

from archive import console
from pipelines.ocr import progress
from pipelines.ocr.showing import pages_shown
from pipelines.workers import worker_pool


@pytest.mark.parametrize("terminal", [True, False])
def test_pages_are_counted_on_a_terminal_only(
    terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(console, "stderr", Console(file=shown, force_terminal=terminal, width=90))
    with pages_shown():
        for done in range(1, 4):
            progress.get()(done, 40)
    assert ("recognising pages" in shown.getvalue()) is terminal
    assert ("3/40" in shown.getvalue()) is terminal


def test_pages_of_other_processes_count(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(console, "stderr", Console(file=shown, force_terminal=True, width=120))
    with pages_shown(), worker_pool(1) as pool:
        for done in range(1, 100):
            pool.submit(recognise, done, 100).result()
            if "pages a minute" in shown.getvalue():
                break
            time.sleep(0.1)
    assert f"{done}/100" in shown.getvalue()
    assert "pages a minute" in shown.getvalue()


def recognise(done: int, of: int) -> None:
    progress.get()(done, of)


def test_nothing_is_shown_where_no_page_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(console, "stderr", Console(file=shown, force_terminal=True))
    with pages_shown():
        pass
    assert "recognising" not in shown.getvalue()
