"""The versions that the derived rows depend on."""

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version

from parsers.records import LOCATOR_GRAMMAR

SCHEMA_VERSION = 3
EXTRACTORS = (
    "beautifulsoup4",
    "cn2an",
    "lxml",
    "msdoc2docx",
    "ofdkit",
    "opencc",
    "pypdfium2",
    "python-calamine",
    "rapidocr",
    "trafilatura",
)


def versions() -> dict[str, str]:
    """Entries of table `meta`: what a rebuild must share to give the same bytes."""
    installed = {f"version.{name}": _installed(name) for name in ("gongkai", *EXTRACTORS)}
    return {
        "locator_grammar": str(LOCATOR_GRAMMAR),
        "schema_version": str(SCHEMA_VERSION),
        "version.python": platform.python_version(),
        "version.sqlite": sqlite3.sqlite_version,
        **installed,
    }


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
