"""What all tests share: where the real documents are."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REAL_CASES = ROOT.parent / "shared" / "cases"


@pytest.fixture(scope="session")
def real_cases() -> Path:
    """The folder of real documents, which are not part of the project."""
    if not REAL_CASES.is_dir():
        pytest.skip("the real documents are absent: no ../shared/cases beside the checkout")
    return REAL_CASES
