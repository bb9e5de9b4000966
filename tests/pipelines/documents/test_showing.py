"""The progress bar of text recognition."""

import io

import pytest
from rich.console import Console

from archive import console
from pipelines.ocr import progress
from pipelines.ocr.showing import pages_shown


@pytest.mark.parametrize("terminal", [True, False])
def test_pages_are_counted_on_a_terminal_only(
    terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(console, "stderr", Console(file=shown, force_terminal=terminal, width=90))
    with pages_shown():
        progress.get()(1, 40)
        progress.get()(2, 40)
    assert ("recognising pages" in shown.getvalue()) is terminal
    assert ("2/40" in shown.getvalue()) is terminal


def test_nothing_is_shown_where_no_page_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(console, "stderr", Console(file=shown, force_terminal=True))
    with pages_shown():
        pass
    assert "recognising" not in shown.getvalue()
