"""What all tests share: where the real documents are, and which examples are tried."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
REAL_CASES = ROOT.parent / "shared" / "cases"
NO_BROWSER = "the site and scripted portals are NOT tested in a browser: run make browser"
NO_SCANS = "scans and pictures are NOT tested: run make scans"


# The same examples at every run, so that a change is judged by itself; `thorough` looks for new
# ones, and for more.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("thorough", deadline=None)
settings.load_profile(os.environ.get("GONGKAI_TEST_PROFILE", "same"))


@pytest.fixture(scope="session")
def real_cases() -> Path:
    """The folder of real documents, which are not part of the project."""
    if not REAL_CASES.is_dir():
        pytest.skip("the real documents are absent: no ../shared/cases beside the checkout")
    return REAL_CASES


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says in so many words which kinds of tests were left out, also where workers ran them."""
    skipped = terminalreporter.stats.get("skipped", [])
    for reason in (NO_BROWSER, NO_SCANS):
        if any(reason in str(report.longrepr) for report in skipped):
            terminalreporter.write_line(f"NOTE: {reason}", yellow=True, bold=True)
